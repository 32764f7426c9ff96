package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.pickle.Embedded;
import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Range;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.parquet.Codec;
import dev.bartizan.formats.parquet.ColumnChunk;
import dev.bartizan.formats.parquet.ColumnReader;
import dev.bartizan.formats.parquet.ColumnSink;
import dev.bartizan.formats.parquet.ParquetColumn;
import dev.bartizan.formats.parquet.ParquetFooter;
import dev.bartizan.formats.parquet.RowGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// The rows of a Parquet table: every column of every row group, and what lies between them.
final class ParquetRows {
    private static final int MOST_GAPS = 100;
    private static final int MOST_BROKEN = 50;

    /// Alignment that writers leave.
    private static final int PADDING_BYTES = 64;

    /// Pages of numbers that are unpacked to be searched; as much as is searched of one file.
    private static final long NUMBERS_BYTES = Budget.SEARCHED_BYTES;

    private static final Pattern OUTSIDE =
            Pattern.compile(
                    "(^|.*[\\\\/])\\.\\.([\\\\/].*|$)|[\\\\/].*|[A-Za-z]:.*|[a-z0-9+.-]+://.*");

    private final ParquetFooter footer;
    private final Notes notes;
    private final Item item;
    private long numbers;
    private int broken;
    private boolean isWhole = true;

    ParquetRows(ParquetFooter footer, Notes notes) {
        this.footer = footer;
        this.notes = notes;
        this.item = notes.item();
    }

    /// A column of a row group.
    private record Column(int group, long firstRow, ParquetColumn column, ColumnChunk chunk) {
        Place place(long row) {
            return new Place(column.name(), "row group " + group, row < 0 ? row : firstRow + row);
        }
    }

    void look() throws IOException {
        for (ParquetFooter.Place index : footer.indexes()) {
            notes.cover(index.from(), index.from() + index.bytes());
            HiddenFiles.look(item.bytes().slice(index.from(), index.bytes()), index.from(), notes);
        }
        for (Column column : apart(columns())) {
            column(column);
        }
        gaps();
    }

    private List<Column> columns() {
        List<Column> all = new ArrayList<>();
        long row = 0;
        for (int g = 0; g < footer.groups().size(); g++) {
            RowGroup group = footer.groups().get(g);
            for (int c = 0; c < group.chunks().size(); c++) {
                Column column = new Column(g, row, footer.columns().get(c), group.chunks().get(c));
                if (isHere(column, group)) {
                    all.add(column);
                }
            }
            row += group.rows();
        }
        all.sort(Comparator.comparingLong(each -> each.chunk().from()));
        return all;
    }

    private boolean isHere(Column column, RowGroup group) {
        ColumnChunk chunk = column.chunk();
        if (!chunk.file().isEmpty()) {
            if (OUTSIDE.matcher(chunk.file()).matches()) {
                notes.finding(
                        TextRules.PATH,
                        Severity.HIGH,
                        footer.from(),
                        "Values of \""
                                + column.column().name()
                                + "\" lie in a file outside the folder: "
                                + chunk.file());
            }
            return false;
        }
        if (chunk.isEncrypted()) {
            skipped("column \"" + column.column().name() + "\", which is encrypted");
            return false;
        }
        boolean isFlat = column.column().levels().repetition() == 0;
        if (isFlat && chunk.values() != group.rows()) {
            broken(
                    footer.from(),
                    column.place(-1).column()
                            + ": "
                            + chunk.values()
                            + " values in a row group of "
                            + group.rows());
        }
        return true;
    }

    /// Columns that lie in one another would be read over and over; the first of them is.
    private List<Column> apart(List<Column> columns) {
        List<Column> apart = new ArrayList<>();
        long end = 0;
        for (Column column : columns) {
            if (column.chunk().from() < end) {
                broken(
                        column.chunk().from(),
                        "Column \""
                                + column.column().name()
                                + "\" starts within another one that ends at "
                                + end);
                isWhole = false;
            } else {
                apart.add(column);
                end = column.chunk().to();
            }
        }
        return apart;
    }

    private void column(Column column) throws IOException {
        ColumnChunk chunk = column.chunk();
        Codec codec = chunk.codec();
        if (codec == Codec.BROTLI || codec == Codec.LZO) {
            skipped("column \"" + column.column().name() + "\", packed by " + codec.word());
            return;
        }
        Cells cells = new Cells(notes);
        ColumnReader reader = new ColumnReader(item.bytes(), column.column(), chunk, this::unpack);
        try {
            reader.read(new Sink(column, cells));
            cells.finish();
            notes.cover(chunk.from(), chunk.to());
        } catch (FormatException e) {
            cells.finish();
            notes.cover(chunk.from(), reader.position());
            Embedded.report(item.bytes().slice(0, chunk.to()), reader.position(), notes);
            refused(column, e);
        }
    }

    private void refused(Column column, FormatException e) {
        String what = column.place(-1).column() + ", row group " + column.group() + ": " + e.what();
        if (e.kind() == FormatException.Kind.UNSUPPORTED) {
            skipped(what);
            return;
        }
        isWhole = false;
        boolean isBomb = e.kind() == FormatException.Kind.LIMIT;
        if (broken++ < MOST_BROKEN) {
            notes.broken(
                    isBomb ? TableRules.BOMB : TableRules.PARQUET,
                    Severity.MEDIUM,
                    e.offset(),
                    what);
        }
    }

    private void broken(long at, String what) {
        if (broken++ < MOST_BROKEN) {
            notes.broken(TableRules.PARQUET, Severity.MEDIUM, at, what);
        }
    }

    private void skipped(String what) {
        isWhole = false;
        notes.notCovered(what);
    }

    private ByteSource unpack(Codec codec, ByteSource packed, long promised)
            throws IOException, FormatException {
        ByteSource page =
                ParquetAnalyser.unpacking(codec)
                        .unpack(packed, promised, notes.budget().memberBytes(packed.size()));
        notes.budget().unpacked(page.size());
        return page;
    }

    /// Bytes that no column has.
    private void gaps() throws IOException {
        if (!isWhole) {
            return;
        }
        List<Range> gaps = notes.gaps();
        for (Range gap : gaps.subList(0, Math.min(MOST_GAPS, gaps.size()))) {
            ByteSource bytes = item.bytes().slice(gap.from(), gap.length());
            boolean isPadding =
                    gap.length() <= PADDING_BYTES && bytes.has(0, new byte[(int) gap.length()]);
            if (isPadding) {
                notes.cover(gap.from(), gap.to());
                continue;
            }
            broken(gap.from(), gap.length() + " bytes stand where no column has any");
            notes.member("bytes at " + gap.from(), bytes, gap.from(), gap.to());
        }
    }

    private final class Sink implements ColumnSink {
        private final Column column;
        private final Cells cells;

        Sink(Column column, Cells cells) {
            this.column = column;
            this.cells = cells;
        }

        @Override
        public void cell(long row, ByteSource bytes) throws IOException {
            cells.take(column.place(row), bytes, column.column().isText());
        }

        @Override
        public void numbers(ByteSource page, long at) throws IOException {
            numbers += page.size();
            HiddenFiles.look(page, at, notes);
        }

        @Override
        public boolean wantsNumbers() {
            return numbers < NUMBERS_BYTES;
        }

        @Override
        public void defect(long at, String what) {
            broken(at, column.place(-1).column() + ": " + what);
        }
    }
}
