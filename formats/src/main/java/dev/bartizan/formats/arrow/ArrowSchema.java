package dev.bartizan.formats.arrow;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.flatbuffer.FlatTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The columns of a table (`Schema.fbs`).
///
/// @param columns at the top
/// @param metadata what the writer adds
/// @param isBigEndian whether numbers are written that way
public record ArrowSchema(List<Column> columns, List<KeyValue> metadata, boolean isBigEndian) {
    private static final int MOST_COLUMNS = 100_000;
    private static final int MOST_KEYS = 100_000;
    private static final int DEEPEST = 64;
    private static final int LONGEST_NAME = 1000;
    private static final String EXTENSION = "ARROW:extension:name";

    public ArrowSchema {
        columns = List.copyOf(columns);
        metadata = List.copyOf(metadata);
    }

    /// A key and its value, which may be text or bytes.
    public record KeyValue(String key, ByteSource value) {
        /// The value as text; broken sequences become U+FFFD.
        ///
        /// @param limit most bytes of it
        public String text(int limit) {
            try {
                return new String(value.bytes(0, limit), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // its bytes lie in memory
            }
        }
    }

    /// A column.
    ///
    /// @param name names from the top on, joined by dots
    /// @param type of its values; those of its dictionary where it has one
    /// @param size bytes of one value, items of one list, or the mode of a union
    /// @param dictionary its number; negative where it has none
    /// @param children columns within it
    /// @param metadata what the writer adds
    public record Column(
            String name,
            ArrowType type,
            long size,
            long dictionary,
            List<Column> children,
            List<KeyValue> metadata) {
        public Column {
            children = List.copyOf(children);
            metadata = List.copyOf(metadata);
        }

        /// The name of its extension type; empty when it has none.
        public String extension() {
            return metadata.stream()
                    .filter(entry -> entry.key().equals(EXTENSION))
                    .findFirst()
                    .map(entry -> entry.text(LONGEST_NAME))
                    .orElse("");
        }

        /// The values of its dictionary as a column.
        Column values() {
            return new Column(name, type, size, -1, children, metadata);
        }
    }

    /// The schema that a message holds.
    ///
    /// @throws FormatException when it is broken, or the message is of another kind
    public static ArrowSchema of(ArrowMessage message) throws IOException, FormatException {
        if (message.kind() != ArrowMessage.Kind.SCHEMA) {
            throw FormatException.broken(message.from(), "The first message is no schema");
        }
        return of(message.header());
    }

    /// The schema that a table holds.
    static ArrowSchema of(FlatTable schema) throws IOException, FormatException {
        Walk walk = new Walk();
        return new ArrowSchema(
                walk.columns(schema.vector(1, Integer.BYTES), "", 0),
                walk.metadata(schema, 2),
                schema.number(0, 2, 0) == 1);
    }

    /// The keys and values that a field of a table holds.
    static List<KeyValue> metadata(FlatTable table, int field) throws IOException, FormatException {
        return new Walk().metadata(table, field);
    }

    /// All columns, those within others too.
    public List<Column> allColumns() {
        List<Column> all = new ArrayList<>();
        columns.forEach(column -> add(column, all));
        return all;
    }

    private static void add(Column column, List<Column> all) {
        all.add(column);
        column.children().forEach(child -> add(child, all));
    }

    /// Tables may share others, so what is walked is counted.
    private static final class Walk {
        private int columns;
        private int keys;

        List<Column> columns(FlatTable.Vector fields, String above, int depth)
                throws IOException, FormatException {
            if (depth > DEEPEST) {
                throw FormatException.limit(0, "Columns within one another, over " + DEEPEST);
            }
            List<Column> all = new ArrayList<>();
            for (long i = 0; i < fields.count(); i++) {
                if (++columns > MOST_COLUMNS) {
                    throw FormatException.limit(0, "More than " + MOST_COLUMNS + " columns");
                }
                all.add(column(fields.table(i), above, depth));
            }
            return all;
        }

        private Column column(FlatTable field, String above, int depth)
                throws IOException, FormatException {
            ArrowType type = ArrowType.of(field.number(2, 1, 0));
            String own = field.text(0);
            String name = above.isEmpty() || above.length() > 200 ? own : above + "." + own;
            Optional<FlatTable> dictionary = field.table(4);
            return new Column(
                    name,
                    type,
                    size(type, field.table(3)),
                    dictionary.isPresent() ? dictionary.get().number(0, Long.BYTES, 0) : -1,
                    columns(field.vector(5, Integer.BYTES), name, depth + 1),
                    metadata(field, 6));
        }

        private static long size(ArrowType type, Optional<FlatTable> described)
                throws IOException, FormatException {
            return switch (type) {
                case FIXED_SIZE_BINARY, FIXED_SIZE_LIST ->
                        described.isPresent() ? described.get().number(0, Integer.BYTES, 0) : 0;
                case UNION -> described.isPresent() ? described.get().number(0, 2, 0) : 0;
                default -> 0;
            };
        }

        List<KeyValue> metadata(FlatTable table, int field) throws IOException, FormatException {
            FlatTable.Vector entries = table.vector(field, Integer.BYTES);
            List<KeyValue> all = new ArrayList<>();
            for (long i = 0; i < entries.count(); i++) {
                if (++keys > MOST_KEYS) {
                    throw FormatException.limit(0, "More than " + MOST_KEYS + " keys");
                }
                FlatTable entry = entries.table(i);
                FlatTable.Vector value = entry.vector(1, 1);
                all.add(new KeyValue(entry.text(0), value.bytes()));
            }
            return all;
        }
    }
}
