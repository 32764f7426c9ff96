package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.archive.BlockUnpacking;
import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.arrow.ArrowMessage;
import dev.bartizan.formats.arrow.ArrowSchema;
import dev.bartizan.formats.arrow.BatchReader;
import dev.bartizan.formats.arrow.BatchSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The messages of a table of Arrow, one after another.
final class ArrowRows {
    private static final int LZ4 = 0;
    private static final int ZSTD = 1;
    private static final int MOST_BROKEN = 50;

    private final Notes notes;
    private final Item item;
    private @Nullable ArrowSchema schema;
    private @Nullable ArrowSchema promised;
    private long rows;
    private int batches;
    private int broken;

    ArrowRows(Notes notes) {
        this.notes = notes;
        this.item = notes.item();
    }

    /// Takes the columns that a footer names: writers in JavaScript leave the first message out.
    void promise(ArrowSchema columns) {
        promised = columns;
    }

    /// Looks at a message.
    ///
    /// @throws FormatException when nothing behind it can be read
    void look(ArrowMessage message) throws IOException, FormatException {
        HiddenFiles.look(message.description(), message.from(), notes);
        switch (message.kind()) {
            case SCHEMA -> {
                schema(ArrowSchema.of(message), message);
                notes.cover(message.from(), message.to());
            }
            case DICTIONARY, BATCH -> batch(message);
            case NONE, TENSOR, SPARSE_TENSOR -> {
                HiddenFiles.look(message.body(), message.from(), notes);
                notes.cover(message.from(), message.to());
            }
        }
    }

    private void schema(ArrowSchema read, ArrowMessage message)
            throws IOException, FormatException {
        if (schema != null) {
            throw FormatException.broken(message.from(), "The table has two schemas");
        }
        schema = read;
        new TableMetadata(notes).types(read, message.from());
        if (read.isBigEndian()) {
            throw FormatException.unsupported(message.from(), "numbers written big end first");
        }
    }

    private void batch(ArrowMessage message) throws IOException, FormatException {
        ArrowSchema known = schema == null ? promised : schema;
        if (known == null) {
            throw FormatException.broken(message.from(), "Rows stand before the schema");
        }
        boolean isRows = message.kind() == ArrowMessage.Kind.BATCH;
        Cells cells = new Cells(notes);
        Sink sink = new Sink(cells, isRows ? "batch " + batches++ : "dictionary", rows);
        try {
            if (isRows) {
                rows += BatchReader.rows(message, known, sink, this::unpack);
            } else {
                BatchReader.dictionary(message, known, sink, this::unpack);
            }
            notes.cover(message.from(), message.to());
        } catch (FormatException e) {
            refused(message, e);
        }
        cells.finish();
    }

    private void refused(ArrowMessage message, FormatException e) throws IOException {
        HiddenFiles.look(message.body(), message.from(), notes);
        if (e.kind() == FormatException.Kind.UNSUPPORTED) {
            notes.notCovered(e.what());
            return;
        }
        boolean isBomb = e.kind() == FormatException.Kind.LIMIT;
        broken(isBomb ? TableRules.BOMB : TableRules.ARROW, message.from(), e.what());
    }

    private void broken(Rule rule, long at, String what) {
        if (broken++ < MOST_BROKEN) {
            notes.broken(rule, Severity.MEDIUM, at, what);
        }
    }

    /// The messages end without the mark that ends them.
    void unended(long at) {
        notes.broken(
                TableRules.ARROW, Severity.LOW, at, "The table ends without the mark that ends it");
    }

    void covered(long from, long to) {
        notes.cover(from, to);
    }

    /// Searches bytes that are described by others.
    void raw(long from, long to) throws IOException {
        HiddenFiles.look(item.bytes().slice(from, to - from), from, notes);
    }

    /// A batch that only the footer names.
    void hidden(ArrowMessage message) throws IOException, FormatException {
        if (message.kind() != ArrowMessage.Kind.SCHEMA) {
            look(message);
        }
    }

    /// Notes when the footer's columns are others than those of the messages.
    void sameColumns(ArrowSchema other, long at) {
        List<String> one = names(Optional.ofNullable(schema));
        if (schema != null && !one.equals(names(Optional.of(other)))) {
            broken(
                    TableRules.ARROW,
                    at,
                    "The footer has other columns than the messages: readers see different tables");
        }
    }

    private static List<String> names(Optional<ArrowSchema> schema) {
        return schema.stream()
                .flatMap(each -> each.allColumns().stream())
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    private ByteSource unpack(int codec, ByteSource packed, long promised)
            throws IOException, FormatException {
        BlockUnpacking unpacking =
                switch (codec) {
                    case LZ4 -> BlockUnpacking.LZ4_FRAME;
                    case ZSTD -> BlockUnpacking.ZSTD;
                    default ->
                            throw FormatException.unsupported(
                                    0, "buffers packed in the way of number " + codec);
                };
        ByteSource made =
                unpacking.unpack(packed, promised, notes.budget().memberBytes(packed.size()));
        notes.budget().unpacked(made.size());
        return made;
    }

    private final class Sink implements BatchSink {
        private final Cells cells;
        private final String group;
        private final long firstRow;

        Sink(Cells cells, String group, long firstRow) {
            this.cells = cells;
            this.group = group;
            this.firstRow = firstRow;
        }

        @Override
        public void cell(ArrowSchema.Column column, long row, ByteSource bytes) throws IOException {
            Place place = new Place(column.name(), group, row < 0 ? row : firstRow + row);
            cells.take(place, bytes, column.type().isText());
        }

        @Override
        public void numbers(ByteSource buffer, long at) throws IOException {
            HiddenFiles.look(buffer, at, notes);
        }
    }
}
