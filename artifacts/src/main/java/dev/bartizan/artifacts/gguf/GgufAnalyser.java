package dev.bartizan.artifacts.gguf;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.template.TemplateAnalysis;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// GGUF (ggml, `docs/gguf.md`): keys with values, descriptions of tensors, tensors. Cannot run code
/// by itself; the chat template in it is rendered by whoever loads it.
public final class GgufAnalyser implements FormatAnalyser {
    private static final long MOST_PAIRS = 1_000_000;
    private static final long MOST_TENSORS = 10_000_000;
    private static final int MOST_AXES = 4;
    private static final long MOST_TEXT_BYTES = 16 << 20;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    private static final Rule BROKEN =
            Rule.structure("gguf-structure", "Download the file again.", "CWE-1284");

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
        ByteReader in = new ByteReader(item.bytes(), 4);
        long version = in.u32();
        if (version < 2 || version > 3) {
            throw FormatException.unsupported(4, "GGUF version " + version);
        }
        long tensors = in.i64();
        long pairs = in.i64();
        if (pairs < 0 || pairs > MOST_PAIRS || tensors < 0 || tensors > MOST_TENSORS) {
            throw FormatException.limit(
                    8,
                    "It promises "
                            + Long.toUnsignedString(tensors)
                            + " tensors and "
                            + Long.toUnsignedString(pairs)
                            + " keys");
        }
        long alignment = 32;
        for (long i = 0; i < pairs; i++) {
            String key = text(in);
            long type = in.u32();
            if (key.equals("general.alignment") && type == 4) {
                alignment = in.u32();
            } else {
                value(in, key, type, notes);
            }
        }
        if (alignment == 0 || (alignment & 7) != 0) {
            throw FormatException.broken(in.position(), "An alignment of " + alignment);
        }
        long dataEnd = tensorInfos(in, tensors, notes);
        long dataStart = (in.position() + alignment - 1) / alignment * alignment;
        if (tensors > 0 && dataStart + dataEnd > item.bytes().size()) {
            throw FormatException.truncated(
                    dataStart, "A tensor starts behind the end of the file");
        }
        notes.coverAll();
    }

    private static String text(ByteReader in) throws IOException, FormatException {
        long at = in.position();
        long length = in.i64();
        if (length < 0 || length > MOST_TEXT_BYTES) {
            throw FormatException.limit(
                    at, "A text of " + Long.toUnsignedString(length) + " bytes");
        }
        return in.utf8((int) length);
    }

    private static void value(ByteReader in, String key, long type, Notes notes)
            throws IOException, FormatException {
        long at = in.position();
        if (type == STRING) {
            look(key, text(in), notes);
        } else if (type == ARRAY) {
            long itemType = in.u32();
            long count = in.i64();
            if (count < 0 || (count > in.remaining() && itemType != ARRAY)) {
                throw FormatException.truncated(
                        at,
                        "A list of "
                                + Long.toUnsignedString(count)
                                + " values, "
                                + in.remaining()
                                + " bytes present");
            }
            if (itemType == STRING) {
                for (long i = 0; i < count; i++) {
                    long length = in.i64();
                    in.skip(length);
                }
            } else if (itemType < SIZES.length && SIZES[(int) itemType] > 0) {
                in.skip(Math.multiplyExact(count, (long) SIZES[(int) itemType]));
            } else {
                throw FormatException.unsupported(at, "A list of values of type " + itemType);
            }
        } else if (type < SIZES.length) {
            in.skip(SIZES[(int) type]);
        } else {
            throw FormatException.broken(at, "A value of type " + type);
        }
    }

    private static void look(String key, String value, Notes notes) {
        boolean isTemplate = key.startsWith("tokenizer.chat_template");
        if (isTemplate || TemplateAnalysis.isTemplate(value)) {
            TemplateAnalysis.look(value, key, isTemplate, notes);
        } else if (!key.startsWith("tokenizer.")) {
            CodeInText.call(value)
                    .ifPresent(call ->
                            notes.findingAt(
                                    TextRules.CODE_IN_METADATA,
                                    Severity.MEDIUM,
                                    notes.item().path() + "#" + key,
                                    "The value of \"" + key + "\" holds a program: " + call));
        }
    }

    private static long tensorInfos(ByteReader in, long tensors, Notes notes)
            throws IOException, FormatException {
        long furthest = 0;
        for (long i = 0; i < tensors; i++) {
            long at = in.position();
            text(in);
            long axes = in.u32();
            if (axes > MOST_AXES) {
                throw FormatException.broken(at, "A tensor of " + axes + " axes");
            }
            long items = 1;
            for (long k = 0; k < axes; k++) {
                long axis = in.i64();
                if (axis <= 0 || axis > Long.MAX_VALUE / Math.max(1, items)) {
                    throw FormatException.broken(
                            at, "A tensor with an axis of " + Long.toUnsignedString(axis));
                }
                items *= axis;
            }
            in.u32();
            long offset = in.i64();
            if (offset < 0) {
                notes.broken(BROKEN, Severity.MEDIUM, at, "A tensor at a negative place");
            }
            furthest = Math.max(furthest, offset);
        }
        return furthest;
    }
}
