package dev.bartizan.artifacts.onnx;

import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.core.Severity;
import java.io.IOException;

/// Texts of a model: descriptions, metadata, attributes. Programs have no place in them.
final class OnnxTexts {
    private static final int SHORTEST = 6;
    private static final int LONGEST = 1 << 20;
    private static final int MOST_LOOKED = 100_000;

    /// Where in its sources PyTorch's exporter met a node, line by line.
    private static final LazyPattern TRACE =
            LazyPattern.of(
                    "(?:[^\\n:*?\"<>|(]{1,300}+(?<=\\.py)\\([0-9]{1,7}+\\): [^\\n]{1,200}+(?:\\n|$))++");

    private final Notes notes;
    private int looked;

    OnnxTexts(Notes notes) {
        this.notes = notes;
    }

    /// The texts of an attribute: `s` and `strings`.
    void attribute(Wire attribute) throws IOException {
        for (Field field : attribute.fields()) {
            boolean isText = field.isBytes() && (field.number() == 4 || field.number() == 9);
            if (isText && field.value() >= SHORTEST && field.value() <= LONGEST) {
                look("attribute \"" + Shown.text(attribute.text(1)) + "\"", field.text());
            }
        }
    }

    void look(String what, String text) throws IOException {
        boolean isLong = text.length() >= SHORTEST && looked++ < MOST_LOOKED;
        if (isLong && !TRACE.matcher(text).matches()) {
            MetadataText.look(what, Severity.MEDIUM, text, notes);
            Instructions.look(text, Instructions.Use.READ, "#" + what, notes);
        }
    }
}
