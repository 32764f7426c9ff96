package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.artifacts.text.TextContent;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.arrow.ArrowMessage;
import dev.bartizan.formats.arrow.ArrowSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What writers put into a table beside its values: keys with texts or bytes, the schema of Arrow
/// with its extension types. Some readers unpickle what stands there.
final class TableMetadata {
    private static final int LONGEST_SCHEMA_BYTES = 32 << 20;
    private static final String ARROW_SCHEMA = "ARROW:schema";
    private static final String PYTHON_TYPE = "arrow.py_extension_type";
    private static final String TYPE_BYTES = "ARROW:extension:metadata";

    /// Types whose values, or whose description, their library unpickles.
    private static final Set<String> OBJECT_TYPES = Set.of("ray.data.arrow_pickled_object");

    /// What descriptions of pandas and others say of columns whose values are objects.
    private static final Pattern PICKLED =
            Pattern.compile(
                    "\"(encoding|object_encoding|serializer|serialization|codec|format)\"\\s*:\\s*\"(cloud)?pickle\"");

    private final Notes notes;

    TableMetadata(Notes notes) {
        this.notes = notes;
    }

    /// Looks at a key and its value.
    ///
    /// @param at where it stands in the file
    void look(String key, ByteSource value, long at) throws IOException {
        if (key.equals(ARROW_SCHEMA)) {
            arrow(value, at);
        }
        Notes own = notes.member("metadata " + key, value, at, at);
        Optional<String> text = TextContent.of(own.item());
        if (text.isPresent()) {
            MetadataText.look("metadata \"" + key + "\"", Severity.HIGH, text.get(), notes);
            if (PICKLED.matcher(text.get()).find()) {
                notes.finding(
                        TableRules.OBJECTS,
                        Severity.LOW,
                        at,
                        "The metadata \"" + key + "\" says that values are pickled objects");
            }
        }
        MetadataText.look("key of metadata", Severity.HIGH, key, notes);
    }

    private void arrow(ByteSource base64, long at) throws IOException {
        try {
            byte[] bytes = base64.bytes(0, LONGEST_SCHEMA_BYTES);
            String letters = new String(bytes, StandardCharsets.ISO_8859_1).strip();
            ByteSource message = ByteSource.of(Base64.getDecoder().decode(letters));
            Optional<ArrowMessage> schema = ArrowMessage.read(message, 0);
            if (schema.isPresent()) {
                types(ArrowSchema.of(schema.get()), at);
                return;
            }
            notes.broken(TableRules.ARROW, Severity.LOW, at, "The schema of Arrow is empty");
        } catch (IllegalArgumentException e) {
            notes.broken(TableRules.ARROW, Severity.LOW, at, "The schema of Arrow is no base64");
        } catch (FormatException e) {
            notes.broken(TableRules.ARROW, Severity.LOW, at, "The schema of Arrow: " + e.what());
        }
    }

    /// Looks at the types of a schema, and at what is kept beside its columns.
    void types(ArrowSchema schema, long at) throws IOException {
        for (ArrowSchema.KeyValue entry : schema.metadata()) {
            if (!entry.key().equals(ARROW_SCHEMA)) {
                look(entry.key(), entry.value(), at);
            }
        }
        for (ArrowSchema.Column column : schema.allColumns()) {
            column(column, at);
        }
    }

    private void column(ArrowSchema.Column column, long at) throws IOException {
        String type = column.extension();
        if (type.equals(PYTHON_TYPE)) {
            notes.finding(
                    TableRules.UNPICKLES,
                    Severity.HIGH,
                    at,
                    "Column \""
                            + column.name()
                            + "\" has a type of Python that older readers unpickle when they open"
                            + " the table (CVE-2023-47248)");
        } else if (OBJECT_TYPES.contains(type)) {
            notes.finding(
                    TableRules.OBJECTS,
                    Severity.LOW,
                    at,
                    "Column \"" + column.name() + "\" holds objects that " + type + " unpickles");
        }
        for (ArrowSchema.KeyValue entry : column.metadata()) {
            boolean isType = entry.key().equals(TYPE_BYTES);
            look(column.name() + (isType ? " type" : " " + entry.key()), entry.value(), at);
        }
    }
}
