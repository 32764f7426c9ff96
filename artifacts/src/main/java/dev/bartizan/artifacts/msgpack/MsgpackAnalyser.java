package dev.bartizan.artifacts.msgpack;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.Set;

/// MessagePack (msgpack specification), as Flax and JAX write it: maps of names to arrays. Reading
/// it runs nothing; keys that rebuild objects and programs in its texts do not belong there.
public final class MsgpackAnalyser implements FormatAnalyser {
    private static final int DEEPEST = 64;
    private static final int FLAX_ARRAY = 1;
    private static final int LONGEST_TEXT_BYTES = 1 << 20;
    private static final Rule BROKEN =
            Rule.structure("msgpack-structure", "Have the file saved again.", "CWE-20");
    private static final Rule OBJECT =
            Rule.code(
                    "msgpack-rebuilds-objects",
                    "Do not load it with a reader that rebuilds objects.",
                    "CWE-502");

    /// What readers that rebuild objects look for; no tree of parameters has a layer of that name.
    private static final Set<String> REBUILDING =
            Set.of(
                    "__reduce__",
                    "__reduce_ex__",
                    "__setstate__",
                    "__class__",
                    "__module__",
                    "__code__",
                    "__globals__",
                    "__builtins__",
                    "__import__",
                    "py/object",
                    "py/reduce");

    /// Made for the list of formats.
    public MsgpackAnalyser() {}

    @Override
    public String format() {
        return "msgpack";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        boolean isClaimed = item.hasEnding(".msgpack", ".flax", ".jax", ".orbax");
        byte[] head = item.head(5);
        if (head.length == 0) {
            return false;
        }
        int first = head[0] & 0xff;
        boolean isMap = (first >= 0x81 && first <= 0x8f) || first == 0xde || first == 0xdf;
        if (isClaimed) {
            return true;
        }
        if (!isMap || head.length < 4) {
            return false;
        }
        int key = (first == 0xde ? head[3] : first == 0xdf ? 0xa1 : head[1]) & 0xff;
        return ((key >= 0xa1 && key <= 0xbf) || key == 0xd9) && parses(item);
    }

    private static boolean parses(Item item) throws IOException {
        try {
            ByteReader in = new ByteReader(item.bytes());
            new Walk(in, null).value(0);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        ByteReader in = new ByteReader(item.bytes());
        new Walk(in, notes).value(0);
        notes.cover(0, in.position());
        if (in.remaining() > 0) {
            notes.broken(
                    BROKEN,
                    Severity.MEDIUM,
                    in.position(),
                    in.remaining() + " bytes stand behind the document");
        }
    }

    private record Walk(ByteReader in, @org.jspecify.annotations.Nullable Notes notes) {
        void value(int depth) throws IOException, FormatException {
            long at = in.position();
            if (depth > DEEPEST) {
                throw FormatException.limit(at, "Values nested deeper than " + DEEPEST);
            }
            int b = in.u8();
            if (b < 0x80 || b >= 0xe0 || b == 0xc0 || b == 0xc2 || b == 0xc3) {
                return;
            }
            if (b < 0x90) {
                values((b & 0x0f) * 2L, depth, at);
            } else if (b < 0xa0) {
                values(b & 0x0f, depth, at);
            } else if (b < 0xc0) {
                text(b & 0x1f, at);
            } else {
                sized(b, depth, at);
            }
        }

        private void sized(int b, int depth, long at) throws IOException, FormatException {
            switch (b) {
                case 0xc4 -> binary(in.u8());
                case 0xc5 -> binary(big16());
                case 0xc6 -> binary(in.u32BigEndian());
                case 0xc7 -> extension(in.u8(), depth, at);
                case 0xc8 -> extension(big16(), depth, at);
                case 0xc9 -> extension(in.u32BigEndian(), depth, at);
                case 0xcc, 0xd0 -> in.skip(1);
                case 0xcd, 0xd1, 0xd4 -> in.skip(2);
                case 0xca, 0xce, 0xd2 -> in.skip(4);
                case 0xd5 -> in.skip(3);
                case 0xd6 -> in.skip(5);
                case 0xcb, 0xcf, 0xd3 -> in.skip(8);
                case 0xd7 -> in.skip(9);
                case 0xd8 -> in.skip(17);
                case 0xd9 -> text(in.u8(), at);
                case 0xda -> text(big16(), at);
                case 0xdb -> text(in.u32BigEndian(), at);
                case 0xdc -> values(big16(), depth, at);
                case 0xdd -> values(in.u32BigEndian(), depth, at);
                case 0xde -> values(big16() * 2L, depth, at);
                case 0xdf -> values(in.u32BigEndian() * 2, depth, at);
                default -> throw FormatException.broken(at, "No value starts with 0xc1");
            }
        }

        /// Bytes: a pickle among them is found by whoever reads them as one.
        private void binary(long length) throws IOException, FormatException {
            long from = in.position();
            in.skip(length);
            if (notes != null) {
                ByteSource bytes = notes.item().bytes().slice(from, length);
                if (PickleAnalyser.isPickleAmongNumbers(bytes)) {
                    notes.member("bytes-at-" + from, bytes, from, from + length);
                } else {
                    HiddenFiles.look(bytes, from, notes);
                }
            }
        }

        /// Flax packs an array as an extension of kind 1 with a document of its own in it: shape,
        /// type, bytes (flax, `serialization.py`); 2 is a complex number, 3 a single value.
        private void extension(long length, int depth, long at)
                throws IOException, FormatException {
            int kind = in.u8();
            long from = in.position();
            if (kind != FLAX_ARRAY || notes == null) {
                binary(length);
                return;
            }
            if (length > in.remaining()) {
                throw FormatException.truncated(at, "An array leads out of the file");
            }
            ByteReader inner = new ByteReader(notes.item().bytes().slice(0, from + length), from);
            new Walk(inner, notes).value(depth + 1);
            String problem =
                    FlaxArray.problem(
                            new ByteReader(notes.item().bytes().slice(0, from + length), from));
            if (!problem.isEmpty()) {
                notes.broken(BROKEN, Severity.LOW, at, problem);
            }
            if (inner.remaining() > 0) {
                notes.broken(
                        BROKEN,
                        Severity.MEDIUM,
                        inner.position(),
                        inner.remaining() + " bytes stand behind an array in its extension");
            }
            in.skip(length);
        }

        private int big16() throws IOException, FormatException {
            return in.u8() << 8 | in.u8();
        }

        private void values(long count, int depth, long at) throws IOException, FormatException {
            if (count > in.remaining()) {
                throw FormatException.truncated(
                        at, count + " values promised, " + in.remaining() + " bytes present");
            }
            for (long i = 0; i < count; i++) {
                value(depth + 1);
            }
        }

        private void text(long length, long at) throws IOException, FormatException {
            if (notes == null || length > LONGEST_TEXT_BYTES) {
                in.skip(length);
                return;
            }
            String text = in.utf8((int) length);
            if (REBUILDING.contains(text)) {
                notes.finding(
                        OBJECT,
                        Severity.HIGH,
                        at,
                        "A key asks a reader to rebuild an object: " + text);
            } else {
                MetadataText.look("text at " + at, Severity.HIGH, text, notes);
            }
        }
    }
}
