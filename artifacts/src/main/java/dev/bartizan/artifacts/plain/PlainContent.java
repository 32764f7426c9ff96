package dev.bartizan.artifacts.plain;

import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.pickle.Embedded;
import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextContent;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What no analyser recognises.
public final class PlainContent {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final LazyPattern CLAIMS_A_MODEL =
            LazyPattern.of(
                    ".*\\.(pkl|pickle|pck|joblib|dill|pt|pth|ckpt|pt2|ptl|pte|safetensors|onnx|h5|hdf5"
                            + "|keras|npy|npz|gguf|ggml|tflite|pb|meta|zip|tar|gz|bz2|xz|7z|mar|nemo|mlmodel"
                            + "|pdparams|pdmodel|engine|plan|trt|msgpack|bst|ubj|cbm|skops|pmml"
                            + "|rds|rda|rdata|t7|rknn|llamafile|params|dnn|cntk|bin|manifest|lgb|model|zst|zstd|lz4|lzma|sz)");
    private static final LazyPattern BINARY =
            LazyPattern.of(
                    ".*\\.(bin|pkl|pickle|pck|joblib|dill|pt|pth|ckpt|pt2|ptl|pte|safetensors|onnx|h5|hdf5|keras|npy|npz"
                            + "|gguf|ggml|tflite|zip|tar|gz|bz2|xz|7z|mar|nemo|pdparams|pdmodel|engine|plan|trt|msgpack|cbm"
                            + "|skops|rds|rda|t7|rknn|zst|zstd|lz4|lzma|sz)");
    private static final LazyPattern PROSE =
            LazyPattern.of(
                    "[^.]*|.*\\.(md|markdown|rst|txt|text|adoc|tex|debian|old|csv|tsv|tab|srt|bib|properties|log|ini|cfg|po|sub|lst|dat)");

    /// Of a hundred signs of a text in a Western language, so many at least are of ASCII.
    private static final int LEAST_ASCII = 95;

    private static final Rule MISMATCH =
            Rule.structure(
                    "content-is-not-what-the-name-says",
                    "Download the file again, or rename it to what it is.",
                    "CWE-434");

    private PlainContent() {}

    /// Notes that a text has the name of a binary format: a framework would try to load it, so that
    /// it is not clean, whatever the text is.
    public static void named(Item item, Notes notes) {
        if (BINARY.matcher(item.name()).matches()) {
            notes.finding(
                    MISMATCH,
                    Severity.LOW,
                    0,
                    "The name claims a binary model file, the content is text");
            notes.notCovered("a name that claims a binary model file on text");
        }
    }

    /// Notes that a script has the name of a model file, which nobody would read as one.
    public static void script(Item item, Notes notes) throws IOException {
        if (item.bytes().has(0, "#!") && CLAIMS_A_MODEL.matcher(item.name()).matches()) {
            notes.finding(
                    TextRules.CODE_BESIDE,
                    Severity.MEDIUM,
                    0,
                    "The name claims a model file, the content is a script");
        }
    }

    /// Notes that what has a format's name, and does not read as it, is a program.
    public static void program(Item item, Notes notes) throws IOException {
        if (Executables.kind(item.bytes()).isPresent()) {
            Executables.look(item, true, notes);
        }
    }

    /// Notes whether it is text, empty, or unknown, and searches it for pickles.
    public static void look(Item item, Notes notes) throws IOException {
        if (notes.budget().hasBomb() && item.bytes().size() > Budget.BOMB_BYTES) {
            search(item.start(Budget.BOMB_BYTES), notes);
            notes.notCovered("what a bomb holds behind its first " + Budget.BOMB_BYTES + " bytes");
        } else {
            search(item, notes);
        }
    }

    private static void search(Item item, Notes notes) throws IOException {
        boolean claims = CLAIMS_A_MODEL.matcher(item.name()).matches();
        Embedded.report(item.bytes(), 0, notes);
        if (item.bytes().size() == 0) {
            if (claims) {
                notes.broken(MISMATCH, Severity.LOW, 0, "The file is empty");
            }
            return;
        }
        if (isText(item) || isWide(item)) {
            notes.format("text", false);
            notes.coverAll();
            if (claims) {
                text(item, notes);
            }
            return;
        }
        if (PROSE.matcher(item.name()).matches() && isWestern(item)) {
            prose(item, notes);
            return;
        }
        Executables.look(item, claims, notes);
        BinaryStrings.look(item, notes);
        Optional<String> known = KnownContent.format(item.bytes());
        if (known.isPresent()) {
            notes.format(known.get(), false);
            notes.notCovered("files of the format " + known.get() + " are searched, not read");
            return;
        }
        notes.notCovered(
                claims
                        ? "the content is not of the format its name claims, nor of any known one"
                        : "no reader knows this content");
    }

    private static void text(Item item, Notes notes) throws IOException {
        notes.finding(
                MISMATCH, Severity.LOW, 0, "The name claims a model file, the content is text");
        notes.notCovered("a name that claims a model file on text");
        String start = new String(item.head(1 << 20), StandardCharsets.UTF_8);
        CodeInText.call(start)
                .ifPresent(call ->
                        notes.finding(
                                TextRules.CODE_IN_METADATA,
                                Severity.HIGH,
                                0,
                                "The model file is text with a program in it: " + call));
    }

    /// A document of before UTF-8. What only an attacker writes counts, as in any other.
    private static void prose(Item item, Notes notes) throws IOException {
        notes.format("text", false);
        notes.coverAll();
        String start = new String(item.head(1 << 20), StandardCharsets.ISO_8859_1);
        Instructions.lookAtText(start, notes);
        CodeInText.attack(start)
                .ifPresent(found ->
                        notes.finding(
                                TextRules.CODE_BESIDE,
                                Severity.HIGH,
                                0,
                                "The document holds what models never need: " + found));
    }

    /// Whether all of it is text of one byte a sign, nearly all of it ASCII.
    private static boolean isWestern(Item item) throws IOException {
        long ascii = 0;
        for (long at = 0; at < item.bytes().size(); at += BLOCK_BYTES) {
            for (byte b : item.bytes().bytes(at, BLOCK_BYTES)) {
                if (b >= 0 && isControl(b)) {
                    return false;
                }
                ascii += b >= 0 ? 1 : 0;
            }
        }
        return ascii * 100 >= item.bytes().size() * LEAST_ASCII;
    }

    /// Whether it is text of two bytes a sign.
    private static boolean isWide(Item item) throws IOException {
        for (byte b : item.head(4)) {
            if (b == 0) {
                return TextContent.of(item).isPresent();
            }
        }
        return false;
    }

    /// Whether all of it is UTF-8 without control characters.
    private static boolean isText(Item item) throws IOException {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        int block = (int) Math.min(item.bytes().size(), BLOCK_BYTES);
        ByteBuffer in = ByteBuffer.allocate(block);
        CharBuffer out = CharBuffer.allocate(block);
        long at = 0;
        while (at < item.bytes().size()) {
            byte[] read = item.bytes().bytes(at, in.remaining());
            at += read.length;
            if (in.position() == 0 && isPlain(read)) {
                continue;
            }
            in.put(read).flip();
            CoderResult result = decoder.decode(in, out, at >= item.bytes().size());
            out.flip();
            if (result.isError() || hasControl(out)) {
                return false;
            }
            out.clear();
            in.compact();
        }
        return true;
    }

    /// Whether all of it is ASCII without control characters, as most text is.
    private static boolean isPlain(byte[] block) {
        for (byte b : block) {
            if (b < 0 || isControl(b)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasControl(CharBuffer text) {
        for (int i = text.position(); i < text.limit(); i++) {
            if (isControl(text.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isControl(int c) {
        return (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b)
                || c == 0x7f;
    }
}
