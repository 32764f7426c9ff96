package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Tree.Problem;
import dev.bartizan.formats.hdf5.Hdf5Tree.Range;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The bytes behind the superblock, with the widths of addresses and lengths that it states, and
/// what is noted while they are read.
final class Hdf5Input {
    /// An address that leads nowhere, whatever its width.
    static final long UNDEFINED = -1;

    private static final int CHECKSUM_BYTES = 4;
    private static final int LONGEST_NAME = 1 << 16;

    private final ByteSource bytes;
    private final int offsetBytes;
    private final int lengthBytes;
    private final List<Range> structure = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private final long most;
    private int records;
    private long summable;

    /// @param bytes from the superblock on, from where addresses count
    Hdf5Input(ByteSource bytes, int offsetBytes, int lengthBytes) {
        this.bytes = bytes;
        this.offsetBytes = offsetBytes;
        this.lengthBytes = lengthBytes;
        this.summable = Math.min(bytes.size(), Integer.MAX_VALUE);
        this.most = Math.min(Hdf5Limits.RECORDS, Hdf5Limits.FEWEST_RECORDS + bytes.size());
    }

    ByteSource bytes() {
        return bytes;
    }

    int offsetBytes() {
        return offsetBytes;
    }

    int lengthBytes() {
        return lengthBytes;
    }

    ByteReader at(long address) throws FormatException {
        if (address < 0 || address >= bytes.size()) {
            throw FormatException.broken(
                    0, "An address leads out of the file: " + Long.toUnsignedString(address));
        }
        return new ByteReader(bytes, address);
    }

    /// At an address where four letters must stand.
    ByteReader at(long address, String signature) throws IOException, FormatException {
        ByteReader in = at(address);
        if (!bytes.has(address, signature)) {
            throw FormatException.broken(address, "\"" + signature + "\" does not stand there");
        }
        in.skip(4);
        return in;
    }

    long offset(ByteReader in) throws IOException, FormatException {
        long value = number(in, offsetBytes);
        boolean isUndefined = offsetBytes < 8 && value == (1L << (8 * offsetBytes)) - 1;
        return isUndefined ? UNDEFINED : value;
    }

    long length(ByteReader in) throws IOException, FormatException {
        return number(in, lengthBytes);
    }

    /// A little-endian number of 1 to 8 bytes; negative when over 2^63 - 1.
    static long number(ByteReader in, int width) throws IOException, FormatException {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (long) in.u8() << (8 * i);
        }
        return value;
    }

    /// Text up to a zero byte.
    static String zeroEnded(ByteSource bytes, long from) throws IOException {
        byte[] part = bytes.bytes(from, LONGEST_NAME);
        int end = 0;
        while (end < part.length && part[end] != 0) {
            end++;
        }
        return new String(part, 0, end, StandardCharsets.UTF_8);
    }

    /// Compares the checksum behind some bytes; a library that finds another refuses the file. As
    /// many bytes are added up as the file has, for blocks may lie in one another.
    void checksum(String what, long from, long to) throws IOException, FormatException {
        long length = to - from;
        if (length <= 0 || to > bytes.size() - CHECKSUM_BYTES || length > summable) {
            return; // that it leads out of the file is said elsewhere
        }
        summable -= length;
        if (Lookup3.of(bytes, from, (int) length) != (int) at(to).u32()) {
            problem(from, "The checksum of " + what + " is not the right one");
        }
    }

    void structure(long from, long to) {
        structure.add(new Range(from, Math.min(to, bytes.size())));
    }

    void problem(FormatException e) {
        if (e.kind() == FormatException.Kind.UNSUPPORTED) {
            unread(e.what());
        } else {
            problem(e.offset(), e.what());
        }
    }

    void problem(long offset, String message) {
        if (problems.size() < Hdf5Limits.LISTED) {
            problems.add(new Problem(offset, message));
        }
    }

    void unread(String what) {
        if (unread.size() < Hdf5Limits.LISTED) {
            unread.add(what);
        }
    }

    /// Counts one record that is read.
    void take(long at) throws FormatException {
        if (++records > most) {
            throw FormatException.limit(at, "The tree has more than " + most + " records");
        }
    }

    List<Range> structure() {
        return structure;
    }

    List<Problem> problems() {
        return problems;
    }

    List<String> unread() {
        return List.copyOf(unread);
    }
}
