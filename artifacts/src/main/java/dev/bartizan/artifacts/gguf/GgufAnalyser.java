package dev.bartizan.artifacts.gguf;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.template.TemplateAnalysis;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// GGUF (ggml, `docs/gguf.md`): keys with values, descriptions of tensors, tensors. Cannot run code
/// by itself; the chat template in it is rendered by whoever loads it.
public final class GgufAnalyser implements FormatAnalyser {
    static final long MOST_PAIRS = 1_000_000;
    static final long MOST_TENSORS = 10_000_000;
    static final int DEEPEST_LIST = 4;
    private static final int SHORTEST_IN_VOCABULARY = 32;
    static final int TRUTH = 7;
    static final int STRING = 8;
    static final int ARRAY = 9;
    static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    private static final Rule BROKEN =
            Rule.structure("gguf-structure", "Download the file again.", "CWE-1284");

    private static final Rule TRAILING =
            Rule.structure("gguf-trailing-bytes", "Find out what the bytes are for.", "CWE-1288");

    /// Keys whose values llama.cpp takes in one type alone (ggml, `docs/gguf.md`, "Standardized
    /// key-value pairs").
    private static final Map<String, Integer> TYPES_OF_KEYS =
            Map.of(
                    "general.architecture", STRING,
                    "general.name", STRING,
                    "general.alignment", 4,
                    "tokenizer.ggml.model", STRING,
                    "tokenizer.chat_template", STRING,
                    "tokenizer.ggml.tokens", ARRAY,
                    "tokenizer.ggml.scores", ARRAY,
                    "tokenizer.ggml.token_type", ARRAY,
                    "tokenizer.ggml.merges", ARRAY);

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
        Pairs keys = new Pairs(input, notes);
        keys.read(pairs);
        long alignment = keys.alignment;
        if (alignment <= 0 || (alignment & 7) != 0 || alignment > 1 << 20) {
            throw FormatException.broken(input.reader().position(), "An alignment of " + alignment);
        }
        GgufTensors tensors =
                new GgufTensors(
                        input, (at, message) -> notes.broken(BROKEN, Severity.MEDIUM, at, message));
        tensors.read(tensorCount);
        long end = input.reader().position();
        notes.cover(0, end);
        long dataStart = (end + alignment - 1) / alignment * alignment;
        tensors.checkPlaces(dataStart, alignment, item.bytes().size());
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

    /// Keys with their values.
    private static final class Pairs {
        private final GgufInput input;
        private final Notes notes;
        private final Set<String> seen = new HashSet<>();
        private long alignment = 32;

        Pairs(GgufInput input, Notes notes) {
            this.input = input;
            this.notes = notes;
        }

        void read(long pairs) throws IOException, FormatException {
            for (long i = 0; i < pairs; i++) {
                long at = input.reader().position();
                String key = input.text();
                if (key.isEmpty()) {
                    notes.broken(BROKEN, Severity.LOW, at, "A key without a name");
                }
                if (!seen.add(key)) {
                    notes.broken(
                            BROKEN, Severity.MEDIUM, at, "The key \"" + key + "\" stands twice");
                }
                long type = input.u32();
                int expected = TYPES_OF_KEYS.getOrDefault(key, (int) type);
                if (type != expected) {
                    notes.broken(
                            BROKEN,
                            Severity.LOW,
                            at,
                            "The value of \""
                                    + key
                                    + "\" is of type "
                                    + type
                                    + ", readers take type "
                                    + expected
                                    + " alone");
                }
                if (key.equals("general.alignment") && type == 4) {
                    alignment = input.u32();
                } else {
                    value(key, type, at);
                }
            }
        }

        private void value(String key, long type, long at) throws IOException, FormatException {
            if (type == STRING) {
                look(key, input.text(), notes);
            } else if (type == ARRAY) {
                list(key, at, 0);
            } else if (type == TRUTH) {
                int truth = input.reader().u8();
                if (truth > 1) {
                    notes.broken(BROKEN, Severity.LOW, at, "A truth value of " + truth);
                }
            } else if (type >= 0 && type < SIZES.length) {
                input.reader().skip(SIZES[(int) type]);
            } else {
                throw FormatException.broken(at, "A value of type " + type);
            }
        }

        private void list(String key, long at, int depth) throws IOException, FormatException {
            long itemType = input.u32();
            long count = input.length();
            if (count < 0 || count > input.reader().remaining()) {
                throw FormatException.truncated(
                        at,
                        "A list of "
                                + Long.toUnsignedString(count)
                                + " values, "
                                + input.reader().remaining()
                                + " bytes present");
            }
            if (itemType == STRING) {
                texts(key, count);
            } else if (itemType == ARRAY && depth < DEEPEST_LIST) {
                for (long i = 0; i < count; i++) {
                    list(key, at, depth + 1);
                }
            } else if (itemType >= 0 && itemType < SIZES.length && SIZES[(int) itemType] > 0) {
                input.reader().skip(count * SIZES[(int) itemType]);
            } else {
                throw FormatException.broken(at, "A list of values of type " + itemType);
            }
        }

        /// Tokens of a vocabulary are many and short; only longer texts are looked at.
        private void texts(String key, long count) throws IOException, FormatException {
            boolean isVocabulary = key.startsWith("tokenizer.ggml");
            for (long i = 0; i < count; i++) {
                long length = input.length();
                if (isVocabulary && length < SHORTEST_IN_VOCABULARY) {
                    input.reader().skip(length);
                } else {
                    look(key, input.text(length), notes);
                }
            }
        }
    }

    private static void look(String key, String value, Notes notes) throws IOException {
        if (key.startsWith("tokenizer.chat_template")) {
            TemplateAnalysis.look(value, key, true, notes);
        } else {
            String what = "value of \"" + key + "\"";
            MetadataText.look(what, Severity.MEDIUM, value, notes);
            if (!key.startsWith("tokenizer.ggml.")) {
                Instructions.look(value, Instructions.Use.READ, "#" + what, notes);
            }
        }
    }
}
