package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.archive.BlockUnpacking;
import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.parquet.Codec;
import dev.bartizan.formats.parquet.ParquetFooter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Parquet tables, the usual form of a data set: what their values say to a model, files among
/// them, and what readers do with what stands beside them.
public final class ParquetAnalyser implements FormatAnalyser {
    /// Made for the list of formats.
    public ParquetAnalyser() {}

    @Override
    public String format() {
        return "parquet";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return item.bytes().has(0, "PAR1")
                || item.bytes().has(0, "PARE")
                || ParquetFooter.endsFile(item.bytes());
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        ByteSource bytes = item.bytes();
        ParquetFooter footer;
        try {
            footer = ParquetFooter.read(bytes);
        } catch (FormatException e) {
            RawSearch.look(item, notes);
            throw e;
        }
        if (bytes.has(0, "PAR1")) {
            notes.cover(0, ParquetFooter.MAGIC_BYTES);
        } else {
            notes.broken(
                    TableRules.PARQUET,
                    Severity.MEDIUM,
                    0,
                    "The file ends as a Parquet table and starts as something else");
        }
        notes.cover(footer.from(), bytes.size());
        HiddenFiles.look(
                bytes.slice(footer.from(), bytes.size() - footer.from()), footer.from(), notes);
        TableMetadata metadata = new TableMetadata(notes);
        for (ParquetFooter.KeyValue entry : footer.metadata()) {
            metadata.look(entry.key(), entry.value(), entry.at());
        }
        byte[] createdBy = footer.createdBy().getBytes(StandardCharsets.UTF_8);
        metadata.look("created_by", ByteSource.of(createdBy), footer.from());
        new ParquetRows(footer, notes).look();
    }

    static BlockUnpacking unpacking(Codec codec) throws FormatException {
        return switch (codec) {
            case SNAPPY -> BlockUnpacking.SNAPPY;
            case GZIP -> BlockUnpacking.GZIP;
            case ZSTD -> BlockUnpacking.ZSTD;
            case LZ4 -> BlockUnpacking.LZ4_OF_HADOOP;
            case LZ4_RAW -> BlockUnpacking.LZ4_BLOCK;
            case LZO, BROTLI, UNCOMPRESSED ->
                    throw FormatException.unsupported(0, "pages packed by " + codec.word());
        };
    }
}
