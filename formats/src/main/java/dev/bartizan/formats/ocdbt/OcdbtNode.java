package dev.bartizan.formats.ocdbt;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What stands in a manifest or node: the files it names, and values with their keys.
///
/// @param files paths, relative to the folder of the manifest
/// @param links where other nodes lie
/// @param values keys with what stands under them
public record OcdbtNode(List<String> files, List<Place> links, List<Value> values) {
    private static final int MOST_ENTRIES = 1 << 20;
    private static final int LONGEST_PATH = 65_535;
    private static final int UUID_BYTES = 16;

    /// Keys repeat one another; all together are not longer than this.
    private static final long MOST_KEY_BYTES = 64L << 20;

    public OcdbtNode {
        files = List.copyOf(files);
        links = List.copyOf(links);
        values = List.copyOf(values);
    }

    /// A part of a file.
    ///
    /// @param file its index among the files
    public record Place(int file, long offset, long length) {}

    /// A value, which stands in the node or lies in a file.
    public sealed interface Value {
        /// The key, without the part that the nodes above share.
        String key();

        /// It stands in the node.
        record Here(String key, ByteSource bytes) implements Value {}

        /// It lies in a file.
        record Elsewhere(String key, Place place) implements Value {}
    }

    /// Reads an unpacked body.
    ///
    /// @throws FormatException when it is broken; offsets are those in the body
    public static OcdbtNode parse(OcdbtFrame.Kind kind, ByteSource body)
            throws IOException, FormatException {
        Reading in = new Reading(new ByteReader(body));
        OcdbtNode node =
                switch (kind) {
                    case MANIFEST -> in.manifest();
                    case VERSIONS -> in.versions();
                    case TREE -> in.tree();
                };
        if (in.in.remaining() > 0) {
            throw FormatException.broken(
                    in.in.position(), in.in.remaining() + " bytes stand behind a node's entries");
        }
        return node;
    }

    /// A number of seven bits a byte, lowest first; never negative.
    static long varint(ByteReader in) throws IOException, FormatException {
        long at = in.position();
        long value = any(in);
        if (value < 0) {
            throw FormatException.broken(at, "A number is longer than 63 bits");
        }
        return value;
    }

    /// The same of up to 64 bits; negative when it needs all of them, as places that are none do.
    private static long any(ByteReader in) throws IOException, FormatException {
        long at = in.position();
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = in.u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw FormatException.broken(at, "A number is longer than 64 bits");
    }

    private static final class Reading {
        private final ByteReader in;
        private List<String> files = List.of();
        private final List<Place> links = new ArrayList<>();
        private final List<Value> values = new ArrayList<>();

        Reading(ByteReader in) {
            this.in = in;
        }

        /// The second kind keeps its versions in files of their own.
        OcdbtNode manifest() throws IOException, FormatException {
            in.skip(UUID_BYTES);
            long kind = varint(in);
            varint(in);
            varint(in);
            in.u8();
            if (varint(in) == 1) {
                in.skip(Integer.BYTES);
            }
            if (kind == 0) {
                files();
                leaf();
                inner(true);
            }
            return node();
        }

        OcdbtNode versions() throws IOException, FormatException {
            in.u8();
            int height = in.u8();
            files();
            if (height == 0) {
                leaf();
            } else {
                inner(false);
            }
            return node();
        }

        OcdbtNode tree() throws IOException, FormatException {
            int height = in.u8();
            files();
            int count = count();
            if (height == 0) {
                values(count);
            } else {
                children(count);
            }
            return node();
        }

        private OcdbtNode node() {
            return new OcdbtNode(files, links, values);
        }

        private int count() throws IOException, FormatException {
            long at = in.position();
            long count = varint(in);
            if (count > MOST_ENTRIES || count > in.remaining()) {
                throw FormatException.limit(at, "A node of " + count + " entries");
            }
            return (int) count;
        }

        private long[] numbers(int count) throws IOException, FormatException {
            long[] numbers = new long[Math.max(0, count)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = any(in);
            }
            return numbers;
        }

        private void files() throws IOException, FormatException {
            int count = count();
            long[] prefixes = numbers(count - 1);
            long[] suffixes = numbers(count);
            numbers(count); // how much of each path its children share
            files = texts(prefixes, suffixes);
        }

        private List<String> texts(long[] prefixes, long[] suffixes)
                throws IOException, FormatException {
            List<String> texts = new ArrayList<>();
            byte[] before = {};
            long all = 0;
            for (int i = 0; i < suffixes.length; i++) {
                long prefix = i == 0 ? 0 : prefixes[i - 1];
                long length = prefix + suffixes[i];
                all += length;
                boolean isNegative = prefix < 0 || suffixes[i] < 0;
                if (isNegative
                        || prefix > before.length
                        || length > LONGEST_PATH
                        || all > MOST_KEY_BYTES) {
                    throw FormatException.broken(
                            in.position(), "A key repeats " + prefix + " bytes and has " + length);
                }
                byte[] text = java.util.Arrays.copyOf(before, (int) length);
                byte[] suffix = in.bytes((int) suffixes[i]);
                System.arraycopy(suffix, 0, text, (int) prefix, suffix.length);
                texts.add(new String(text, StandardCharsets.UTF_8));
                before = java.util.Arrays.copyOf(text, text.length);
            }
            return texts;
        }

        private Place place(long file, long offset, long length) throws FormatException {
            if (file < 0 || file >= files.size()) {
                throw FormatException.broken(in.position(), "File " + file + " of " + files.size());
            }
            return new Place((int) file, offset, length);
        }

        private void places(int count) throws IOException, FormatException {
            long[] ids = numbers(count);
            long[] offsets = numbers(count);
            long[] lengths = numbers(count);
            for (int i = 0; i < count; i++) {
                if (lengths[i] > 0) { // an empty tree has no node
                    links.add(place(ids[i], offsets[i], lengths[i]));
                }
            }
        }

        /// Entries of a leaf of the tree of versions.
        private void leaf() throws IOException, FormatException {
            int count = count();
            numbers(count);
            in.skip(count);
            placesOrNone(count);
            numbers(3 * count);
            in.skip((long) Long.BYTES * count);
        }

        /// A tree that was never written to names no file.
        private void placesOrNone(int count) throws IOException, FormatException {
            if (!files.isEmpty() || count == 0) {
                places(count);
                return;
            }
            numbers(3 * count);
        }

        private void inner(boolean hasHeights) throws IOException, FormatException {
            int count = count();
            numbers(count);
            places(count);
            numbers(count);
            in.skip((long) Long.BYTES * count);
            if (hasHeights) {
                in.skip(count);
            }
        }

        private void children(int count) throws IOException, FormatException {
            long[] prefixes = numbers(count - 1);
            long[] suffixes = numbers(count);
            numbers(count);
            texts(prefixes, suffixes);
            places(count);
            numbers(3 * count);
        }

        private void values(int count) throws IOException, FormatException {
            long[] prefixes = numbers(count - 1);
            long[] suffixes = numbers(count);
            List<String> keys = texts(prefixes, suffixes);
            long[] lengths = numbers(count);
            long[] kinds = numbers(count);
            int outside = 0;
            for (long kind : kinds) {
                if (kind < 0 || kind > 1) {
                    throw FormatException.broken(in.position(), "A value of the kind " + kind);
                }
                outside += (int) kind;
            }
            long[] ids = numbers(outside);
            long[] offsets = numbers(outside);
            int next = 0;
            for (int i = 0; i < count; i++) {
                if (kinds[i] == 1) {
                    values.add(
                            new Value.Elsewhere(
                                    keys.get(i), place(ids[next], offsets[next], lengths[i])));
                    next++;
                } else {
                    long from = in.position();
                    in.skip(lengths[i]);
                    values.add(new Value.Here(keys.get(i), in.source().slice(from, lengths[i])));
                }
            }
        }
    }
}
