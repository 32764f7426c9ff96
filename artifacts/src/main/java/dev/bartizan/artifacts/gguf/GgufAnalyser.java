package dev.bartizan.artifacts.gguf;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// GGUF (ggml, `docs/gguf.md`): keys with values, descriptions of tensors, tensors. Cannot run code
/// by itself; the chat template in it is rendered by whoever loads it.
public final class GgufAnalyser implements FormatAnalyser {
    static final long MOST_PAIRS = 1_000_000;
    static final long MOST_TENSORS = 10_000_000;
    static final int TRUTH = 7;
    static final int STRING = 8;
    static final int ARRAY = 9;
    static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    private static final Rule BROKEN =
            Rule.structure("gguf-structure", "Download the file again.", "CWE-1284");

    private static final Rule TRAILING =
            Rule.structure("gguf-trailing-bytes", "Find out what the bytes are for.", "CWE-1288");

    /// Made for the list of formats.
    public GgufAnalyser() {}

    @Override
    public String format() {
        return "gguf";
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return item.bytes().has(0, "GGUF");
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        GgufInput input = input(item.bytes());
        long tensorCount = input.length();
        long pairs = input.length();
        if (pairs < 0 || pairs > MOST_PAIRS || tensorCount < 0 || tensorCount > MOST_TENSORS) {
            throw FormatException.limit(
                    8,
                    "It promises "
                            + Long.toUnsignedString(tensorCount)
                            + " tensors and "
                            + Long.toUnsignedString(pairs)
                            + " keys");
        }
        GgufPairs keys = new GgufPairs(input, BROKEN, notes);
        keys.read(pairs);
        long alignment = keys.alignment();
        if (alignment <= 0 || (alignment & 7) != 0 || alignment > 1 << 20) {
            throw FormatException.broken(input.reader().position(), "An alignment of " + alignment);
        }
        if (Long.bitCount(alignment) != 1) {
            notes.broken(BROKEN, Severity.LOW, 0, "An alignment of " + alignment);
        }
        GgufTensors tensors =
                new GgufTensors(
                        input, (at, message) -> notes.broken(BROKEN, Severity.MEDIUM, at, message));
        tensors.read(tensorCount);
        long end = input.reader().position();
        notes.cover(0, end);
        long dataStart = (end + alignment - 1) / alignment * alignment;
        tensors.checkPlaces(dataStart, alignment, item.bytes().size());
        tensors.outOfPlace(alignment)
                .ifPresent(tensor ->
                        notes.broken(
                                BROKEN,
                                Severity.LOW,
                                tensor.at(),
                                "Tensor \""
                                        + Shown.text(tensor.name())
                                        + "\" does not start where the one before it ends"));
        long dataEnd = tensorCount == 0 ? end : dataStart + tensors.end();
        notes.cover(0, Math.min(item.bytes().size(), dataEnd));
        HiddenFiles.look(item.bytes().slice(end, dataEnd - end), end, notes);
        behind(item, dataEnd, alignment, notes);
    }

    /// Zeros up to the next multiple of the alignment are usual.
    private static void behind(Item item, long dataEnd, long alignment, Notes notes)
            throws IOException {
        long padded = (dataEnd + alignment - 1) / alignment * alignment;
        long size = item.bytes().size();
        if (size <= padded) {
            notes.cover(dataEnd, size);
            return;
        }
        notes.finding(
                TRAILING,
                Severity.LOW,
                padded,
                (size - padded) + " bytes stand behind the tensors");
        notes.cover(dataEnd, padded);
        notes.member("behind-the-tensors", item.bytes().slice(padded, size), padded, size);
    }

    /// Files for big-endian machines carry their version the other way round.
    static GgufInput input(ByteSource bytes) throws IOException, FormatException {
        long version = new ByteReader(bytes, 4).u32();
        boolean isBigEndian = version > 0xffff;
        long plain = isBigEndian ? new ByteReader(bytes, 4).u32BigEndian() : version;
        if (plain < 1 || plain > 3) {
            throw FormatException.broken(4, "No GGUF has version " + plain);
        }
        return new GgufInput(new ByteReader(bytes, 8), isBigEndian, (int) plain);
    }
}
