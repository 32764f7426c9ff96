package dev.bartizan.cli;

import dev.bartizan.core.Severity;
import dev.bartizan.core.UserError;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the word of a severity.
final class SeverityConverter implements ITypeConverter<Severity> {
    @Override
    public Severity convert(String word) {
        try {
            return Severity.parse(word);
        } catch (UserError e) {
            throw new TypeConversionException(e.what() + ". " + e.mend());
        }
    }
}
