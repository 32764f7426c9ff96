package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fields that Python fills in when a text is formatted: `{name.attribute[item]}` reaches from any
/// value to what its module knows (Python, "Format String Syntax").
final class FormatFields {
    /// A field that goes on to a module, its builtins, the code of a function or other classes.
    private static final Pattern REACHING =
            Pattern.compile(
                    "\\{[\\w.\\[\\]]{0,80}(?:\\.|\\[)__(?:globals|builtins|subclasses|code|closure|mro|bases|loader|spec)__[\\w.\\[\\]!:]{0,80}}");

    private FormatFields() {}

    /// Notes a field that reaches into Python.
    static void look(String key, String value, String place, Notes notes) {
        if (!value.contains("__")) {
            return;
        }
        Matcher field = REACHING.matcher(value);
        if (field.find()) {
            notes.findingAt(
                    TextRules.CODE_IN_METADATA,
                    Severity.MEDIUM,
                    place,
                    "\"" + key + "\" reaches into Python when it is filled in: " + field.group());
        }
    }
}
