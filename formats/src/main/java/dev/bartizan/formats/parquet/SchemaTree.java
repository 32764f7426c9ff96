package dev.bartizan.formats.parquet;

import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The schema, which a file keeps as a list of its elements from the root on, depth first; each
/// says how many of the next are its children.
final class SchemaTree {
    private static final int MOST_ELEMENTS = 100_000;
    private static final int DEEPEST = 100;
    private static final int REQUIRED = 0;
    private static final int REPEATED = 2;
    private static final int LONGEST_NAME = 200;

    private final List<Element> elements = new ArrayList<>();
    private int next;

    /// What `converted_type` says of texts: UTF8, ENUM, JSON; and the fields of `LogicalType`.
    private static final Set<Integer> CONVERTED_TEXTS = Set.of(0, 4, 19);

    private static final Set<Integer> LOGICAL_TEXTS = Set.of(1, 4, 12);

    private record Element(
            String name, int type, int valueBytes, int repetition, int children, boolean isText) {}

    private static final class Fields {
        private String name = "";
        private int type = -1;
        private int valueBytes;
        private int repetition = REQUIRED;
        private int children;
        private boolean isText;
    }

    void read(ThriftReader in) throws IOException, FormatException {
        Fields fields = new Fields();
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> fields.type = in.small(type);
                case 2 -> fields.valueBytes = in.small(type);
                case 3 -> fields.repetition = in.small(type);
                case 4 -> fields.name = in.text(type);
                case 5 -> fields.children = in.small(type);
                case 6 -> fields.isText |= CONVERTED_TEXTS.contains(in.small(type));
                case 10 -> logical(in, fields);
                default -> in.skip(type);
            }
        });
        if (elements.size() >= MOST_ELEMENTS) {
            throw FormatException.limit(
                    in.position(), "A schema of more than " + MOST_ELEMENTS + " elements");
        }
        if (fields.children < 0) {
            throw FormatException.broken(
                    in.position(), "\"" + fields.name + "\" has " + fields.children + " children");
        }
        elements.add(
                new Element(
                        fields.name,
                        fields.type,
                        fields.valueBytes,
                        fields.repetition,
                        fields.children,
                        fields.isText));
    }

    private static void logical(ThriftReader in, Fields fields)
            throws IOException, FormatException {
        in.struct((id, type) -> {
            fields.isText |= LOGICAL_TEXTS.contains(id);
            in.skip(type);
        });
    }

    /// The leaves.
    ///
    /// @param at where the footer starts, for errors
    List<ParquetColumn> columns(long at) throws FormatException {
        if (elements.isEmpty()) {
            throw FormatException.broken(at, "The footer has no schema");
        }
        List<ParquetColumn> columns = new ArrayList<>();
        Element root = elements.get(next++);
        for (int i = 0; i < root.children(); i++) {
            add(new Parent("", new ParquetColumn.Levels(0, 0), 1), columns, at);
        }
        if (next < elements.size()) {
            throw FormatException.broken(
                    at, (elements.size() - next) + " elements of the schema have no parent");
        }
        return columns;
    }

    /// What lies above an element.
    private record Parent(String path, ParquetColumn.Levels levels, int depth) {}

    private void add(Parent above, List<ParquetColumn> columns, long at) throws FormatException {
        if (next >= elements.size()) {
            throw FormatException.truncated(at, "The schema promises more elements than it has");
        }
        if (above.depth() > DEEPEST) {
            throw FormatException.limit(at, "A schema deeper than " + DEEPEST);
        }
        Element element = elements.get(next++);
        ParquetColumn.Levels levels = below(above.levels(), element.repetition());
        String path = joined(above.path(), element.name());
        if (element.children() == 0 && element.type() >= 0) {
            columns.add(leaf(element, path, levels, at));
            return;
        }
        Parent parent = new Parent(path, levels, above.depth() + 1);
        for (int i = 0; i < element.children(); i++) {
            add(parent, columns, at);
        }
    }

    private static ParquetColumn leaf(
            Element element, String path, ParquetColumn.Levels levels, long at)
            throws FormatException {
        PhysicalType type = PhysicalType.of(element.type(), at);
        boolean isFixed = type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
        if (isFixed && element.valueBytes() <= 0) {
            throw FormatException.broken(
                    at, "Values of \"" + path + "\" have " + element.valueBytes() + " bytes");
        }
        return new ParquetColumn(
                path, type, isFixed ? element.valueBytes() : 0, element.isText(), levels);
    }

    /// Columns of lists share the names above them, which deep schemas would repeat without end.
    private static String joined(String above, String name) {
        String path = above.isEmpty() ? name : above + "." + name;
        return path.length() <= LONGEST_NAME
                ? path
                : "…" + path.substring(path.length() - LONGEST_NAME);
    }

    private static ParquetColumn.Levels below(ParquetColumn.Levels above, int repetition) {
        return new ParquetColumn.Levels(
                above.definition() + (repetition == REQUIRED ? 0 : 1),
                above.repetition() + (repetition == REPEATED ? 1 : 0));
    }
}
