package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// A dataspace message (section IV.A.2.b): how many elements there are.
final class DataSpace {
    private static final int MOST_AXES = 32;
    private static final int NULL_SPACE = 2;

    private DataSpace() {}

    /// Product of the axes; 1 for a single value, 0 for none.
    static long elements(Hdf5Input input, ByteReader in) throws IOException, FormatException {
        long at = in.position();
        int version = in.u8();
        int axes = in.u8();
        in.u8();
        if (version < 1 || version > 2 || axes > MOST_AXES) {
            throw FormatException.broken(
                    at, "A dataspace of version " + version + " with " + axes + " axes");
        }
        if (version == 1) {
            in.skip(5);
        } else if (in.u8() == NULL_SPACE) {
            return 0;
        }
        long product = 1;
        for (int i = 0; i < axes; i++) {
            long axis = input.length(in);
            if (axis < 0 || (axis > 0 && product > Long.MAX_VALUE / axis)) {
                throw FormatException.broken(at, "A dataspace larger than any file");
            }
            product *= axis;
        }
        return product;
    }
}
