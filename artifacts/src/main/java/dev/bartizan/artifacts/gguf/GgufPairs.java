package dev.bartizan.artifacts.gguf;

import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.template.TemplateAnalysis;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keys of a GGUF file with their values.
final class GgufPairs {
    /// Keys whose values llama.cpp takes in one type alone (ggml, `docs/gguf.md`, "Standardized
    /// key-value pairs").
    private static final Map<String, Integer> TYPES_OF_KEYS =
            Map.of(
                    "general.architecture", GgufAnalyser.STRING,
                    "general.name", GgufAnalyser.STRING,
                    "general.alignment", 4,
                    "tokenizer.ggml.model", GgufAnalyser.STRING,
                    "tokenizer.chat_template", GgufAnalyser.STRING,
                    "tokenizer.ggml.tokens", GgufAnalyser.ARRAY,
                    "tokenizer.ggml.scores", GgufAnalyser.ARRAY,
                    "tokenizer.ggml.token_type", GgufAnalyser.ARRAY,
                    "tokenizer.ggml.merges", GgufAnalyser.ARRAY);

    /// Types of the items of keys that are lists.
    private static final Map<String, Integer> TYPES_OF_ITEMS =
            Map.of(
                    "tokenizer.ggml.tokens",
                    GgufAnalyser.STRING,
                    "tokenizer.ggml.scores",
                    6,
                    "tokenizer.ggml.token_type",
                    5,
                    "tokenizer.ggml.merges",
                    GgufAnalyser.STRING);

    private static final int SHORT = 2;
    private static final int SHORTEST_IN_VOCABULARY = 32;
    static final int DEEPEST_LIST = 4;

    private final GgufInput input;
    private final Rule rule;
    private final Notes notes;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private long alignment = 32;

    /// @param rule what is broken is noted under it
    GgufPairs(GgufInput input, Rule rule, Notes notes) {
        this.input = input;
        this.rule = rule;
        this.notes = notes;
    }

    long alignment() {
        return alignment;
    }

    void read(long pairs) throws IOException, FormatException {
        for (long i = 0; i < pairs; i++) {
            long at = input.reader().position();
            String key = text("A key", at);
            if (key.isEmpty()) {
                broken(at, "A key without a name");
            }
            if (!seen.add(key)) {
                notes.broken(rule, Severity.MEDIUM, at, "The key \"" + key + "\" stands twice");
            }
            long type = input.u32();
            requireType("The value", key, type, TYPES_OF_KEYS, at);
            if (key.equals("general.alignment") && type == 4) {
                alignment = input.u32();
            } else {
                value(key, type, at);
            }
        }
        checkSplit();
        checkVocabulary();
    }

    private void requireType(
            String what, String key, long type, Map<String, Integer> types, long at) {
        int expected = types.getOrDefault(key, (int) type);
        if (type != expected) {
            broken(
                    at,
                    what
                            + " of \""
                            + key
                            + "\" is of type "
                            + type
                            + ", readers take type "
                            + expected
                            + " alone");
        }
    }

    /// A part of a model says which (llama.cpp, `gguf-split`).
    private void checkSplit() {
        long parts = numbers.getOrDefault("split.count", 0L);
        long part = numbers.getOrDefault("split.no", parts);
        if (parts > 1 && part >= parts) {
            broken(
                    input.reader().position(),
                    "The file is one of " + parts + " parts, and does not say which of them");
        }
    }

    private void checkVocabulary() {
        long tokens = counts.getOrDefault("tokenizer.ggml.tokens", -1L);
        for (String key : List.of("tokenizer.ggml.scores", "tokenizer.ggml.token_type")) {
            long count = counts.getOrDefault(key, tokens);
            if (count != tokens) {
                broken(
                        input.reader().position(),
                        "\"" + key + "\" is of " + count + " values, the tokens are " + tokens);
            }
        }
    }

    /// Keys and values are UTF-8; tokens of a vocabulary may be any bytes.
    private String text(String what, long at) throws IOException, FormatException {
        byte[] bytes = input.bytes(input.length());
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            broken(at, what + " is not UTF-8: \"" + Shown.text(text) + "\"");
        }
        return text;
    }

    private void broken(long at, String message) {
        notes.broken(rule, Severity.LOW, at, message);
    }

    private void value(String key, long type, long at) throws IOException, FormatException {
        if (type == GgufAnalyser.STRING) {
            look(key, text("The value of \"" + key + "\"", at), notes);
        } else if (type == GgufAnalyser.ARRAY) {
            list(key, at, 0);
        } else if (type == GgufAnalyser.TRUTH) {
            int truth = input.reader().u8();
            if (truth > 1) {
                broken(at, "A truth value of " + truth);
            }
        } else if (key.startsWith("split.") && type == SHORT) {
            byte[] number = input.bytes(2);
            int first = number[input.isBigEndian() ? 1 : 0] & 0xff;
            numbers.put(key, first | (number[input.isBigEndian() ? 0 : 1] & 0xffL) << 8);
        } else if (type >= 0 && type < GgufAnalyser.SIZES.length) {
            input.reader().skip(GgufAnalyser.SIZES[(int) type]);
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
        requireType("A value in the list", key, itemType, TYPES_OF_ITEMS, at);
        counts.put(key, count);
        if (itemType == GgufAnalyser.STRING) {
            texts(key, count);
        } else if (itemType == GgufAnalyser.ARRAY && depth < DEEPEST_LIST) {
            for (long i = 0; i < count; i++) {
                list(key, at, depth + 1);
            }
        } else if (itemType >= 0
                && itemType < GgufAnalyser.SIZES.length
                && GgufAnalyser.SIZES[(int) itemType] > 0) {
            input.reader().skip(count * GgufAnalyser.SIZES[(int) itemType]);
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
