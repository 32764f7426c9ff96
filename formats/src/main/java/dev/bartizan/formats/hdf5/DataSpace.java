package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A dataspace message (section IV.A.2.b): how many elements there are.
///
/// @param axes elements along each axis; none for a single value
/// @param most elements along each axis that there may once be; negative for any number
/// @param isNull whether there are none at all
record DataSpace(List<Long> axes, List<Long> most, boolean isNull) {
    private static final int MOST_AXES = 32;
    private static final int NULL_SPACE = 2;
    private static final int HAS_MOST = 1;

    /// A single value.
    static final DataSpace SCALAR = new DataSpace(List.of(), List.of(), false);

    static DataSpace read(Hdf5Input input, ByteReader in) throws IOException, FormatException {
        long at = in.position();
        int version = in.u8();
        int count = in.u8();
        int flags = in.u8();
        if (version < 1 || version > 2 || count > MOST_AXES) {
            throw FormatException.broken(
                    at, "A dataspace of version " + version + " with " + count + " axes");
        }
        if (version == 1) {
            in.skip(5);
        } else if (in.u8() == NULL_SPACE) {
            return new DataSpace(List.of(), List.of(), true);
        }
        List<Long> axes = lengths(input, in, count);
        DataSpace space = new DataSpace(axes, axes, false);
        space.elements(at);
        return (flags & HAS_MOST) == 0
                ? space
                : new DataSpace(axes, lengths(input, in, count), false);
    }

    private static List<Long> lengths(Hdf5Input input, ByteReader in, int count)
            throws IOException, FormatException {
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lengths.add(input.length(in));
        }
        return lengths;
    }

    /// Product of the axes; 1 for a single value, 0 for none.
    static long elements(Hdf5Input input, ByteReader in) throws IOException, FormatException {
        long at = in.position();
        return read(input, in).elements(at);
    }

    private long elements(long at) throws FormatException {
        long product = isNull ? 0 : 1;
        for (long axis : axes) {
            if (axis < 0 || (axis > 0 && product > Long.MAX_VALUE / axis)) {
                throw FormatException.broken(at, "A dataspace larger than any file");
            }
            product *= axis;
        }
        return product;
    }

    /// How many chunks of that size hold all elements that there may be; at most 2^62.
    long chunks(List<Long> sizes) {
        long product = isNull ? 0 : 1;
        for (int i = 0; i < Math.min(sizes.size(), axes.size()); i++) {
            long axis = most.get(i) < 0 ? axes.get(i) : most.get(i);
            long along = axis / sizes.get(i) + (axis % sizes.get(i) == 0 ? 0 : 1);
            product = along == 0 ? 0 : product > (1L << 62) / along ? 1L << 62 : product * along;
        }
        return product;
    }
}
