package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.Spool;
import java.io.IOException;
import java.io.InputStream;

/// Files packed as a whole by gzip, zlib (as joblib does), bzip2, xz, lzma, zstd, lz4 or others:
/// what comes out is looked at like a file of its own.
public final class CompressedAnalyser implements FormatAnalyser {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Packing packing;

    /// @param packing one way of packing
    public CompressedAnalyser(Packing packing) {
        this.packing = packing;
    }

    @Override
    public String format() {
        return packing.word();
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return packing.recognises(item);
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        long limit = notes.budget().memberBytes(item.bytes().size());
        try (Spool spool = new Spool(limit)) {
            String problem = unpack(item, spool);
            notes.budget().unpacked(spool.size());
            if (!problem.isEmpty()) {
                notes.broken(
                        ArchiveRules.BROKEN,
                        Severity.MEDIUM,
                        0,
                        "The packed bytes cannot be unpacked whole: " + problem);
            }
            boolean isBomb =
                    spool.size() >= Budget.BOMB_BYTES - BLOCK_BYTES
                            && spool.size() / Math.max(1, item.bytes().size())
                                    >= Budget.BOMB_RATIO / 2;
            if (isBomb) {
                notes.broken(
                        ArchiveRules.BOMB,
                        Severity.MEDIUM,
                        0,
                        "It unpacks from "
                                + item.bytes().size()
                                + " to "
                                + spool.size()
                                + " bytes");
            }
            try (ByteSource inner = spool.toSource()) {
                notes.member(innerName(item.name()), inner, 0, item.bytes().size());
            }
        }
    }

    private static String innerName(String name) {
        int dot = name.lastIndexOf('.');
        boolean isPacking = name.matches(".*\\.(gz|bz2|xz|lzma|z|zlib|zst|zstd|lz4|sz)");
        return dot > 0 && isPacking ? name.substring(0, dot) : name;
    }

    private String unpack(Item item, Spool spool) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        try (InputStream in = packing.open(new SourceStream(item.bytes()))) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                if (!spool.add(block, 0, n)) {
                    return "it unpacks to more than the limit";
                }
            }
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            return "broken data (" + e.getClass().getSimpleName() + ")";
        }
    }
}
