package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.pickle.Embedded;
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
    private static final long TAIL_BYTES = 4L << 20;

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
            Unpacked unpacked = unpack(item, spool);
            String problem = unpacked.problem();
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
                notes.budget().bomb();
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
            long size = item.bytes().size();
            long end = unpacked.end() > 0 && unpacked.end() < size ? unpacked.end() : size;
            try (ByteSource inner = spool.toSource()) {
                notes.member(innerName(item.name()), inner, 0, end);
            }
            if (end < size) {
                notes.broken(
                        ArchiveRules.BROKEN,
                        Severity.LOW,
                        end,
                        (size - end) + " bytes stand behind the packed ones");
                notes.member("behind", item.bytes().slice(end, size - end), end, size);
            } else if (!problem.isEmpty()) {
                long tail = Math.max(0, size - TAIL_BYTES);
                Embedded.report(item.bytes(), tail, notes);
            }
        }
    }

    private static String innerName(String name) {
        int dot = name.lastIndexOf('.');
        boolean isPacking = name.matches(".*\\.(gz|bz2|xz|lzma|z|zlib|zst|zstd|lz4|sz)");
        return dot > 0 && isPacking ? name.substring(0, dot) : name;
    }

    /// What became of unpacking.
    ///
    /// @param problem empty when all went well
    /// @param end where the packed bytes end, 0 when that is not known
    private record Unpacked(String problem, long end) {}

    private Unpacked unpack(Item item, Spool spool) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        SourceStream source = new SourceStream(item.bytes());
        try (InputStream in = packing.open(source)) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                if (!spool.add(block, 0, n)) {
                    return new Unpacked("it unpacks to more than the limit", 0);
                }
            }
            return new Unpacked("", packing.end(in, source));
        } catch (IOException e) {
            lastBytes(item, spool);
            return new Unpacked(String.valueOf(e.getMessage()), 0);
        } catch (RuntimeException e) {
            lastBytes(item, spool);
            return new Unpacked("broken data (" + e.getClass().getSimpleName() + ")", 0);
        }
    }

    /// What came out before the packed bytes broke, beyond the last whole block: decoders give
    /// nothing of a block in which they fail, and one who reads less at a time gets more.
    private void lastBytes(Item item, Spool spool) throws IOException {
        byte[] one = new byte[1];
        try (InputStream in = packing.open(new SourceStream(item.bytes()))) {
            in.skipNBytes(spool.size());
            for (int left = BLOCK_BYTES; left > 0 && in.read(one, 0, 1) > 0; left--) {
                if (!spool.add(one, 0, 1)) {
                    return;
                }
            }
        } catch (IOException | RuntimeException _) {
            // where it breaks, as the first time
        }
    }
}
