package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The files that a virtual dataset is put together from (appendix III of the file format: "Virtual
/// Dataset Layout", and the serialized selections of section VIII). Behind each name of a file
/// stand the name of a dataset and two selections, whose sizes differ.
final class VirtualSources {
    private static final int MOST_FILES = 10_000;
    private static final int LONGEST_NAME = 1 << 16;
    private static final int NONE = 0;
    private static final int POINTS = 1;
    private static final int SLABS = 2;
    private static final int ALL = 3;
    private static final int MOST_AXES = 32;

    private VirtualSources() {}

    /// The names, each once; `.` stands for the file itself. What cannot be read is noted as
    /// unread.
    static List<String> files(Hdf5Input input, ByteSource block) throws IOException {
        Set<String> files = new LinkedHashSet<>();
        try {
            read(input, new ByteReader(block), files);
        } catch (FormatException e) {
            input.unread("sources of a virtual dataset: " + e.what());
        }
        return List.copyOf(files);
    }

    private static void read(Hdf5Input input, ByteReader in, Set<String> files)
            throws IOException, FormatException {
        int version = in.u8();
        if (version != 0) {
            throw FormatException.unsupported(0, "a list of version " + version);
        }
        long count = input.length(in);
        for (long i = 0; i != count; i++) {
            input.take(in.position());
            if (files.size() < MOST_FILES) {
                files.add(name(in));
            } else {
                name(in);
            }
            name(in); // of the dataset
            selection(in);
            selection(in);
        }
    }

    private static String name(ByteReader in) throws IOException, FormatException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int next = in.u8(); next != 0; next = in.u8()) {
            if (name.size() < LONGEST_NAME) {
                name.write(next);
            }
        }
        return name.toString(StandardCharsets.UTF_8);
    }

    /// Moves behind a selection.
    private static void selection(ByteReader in) throws IOException, FormatException {
        int type = (int) in.u32();
        int version = (int) in.u32();
        switch (type) {
            case NONE, ALL -> in.skip(8);
            case POINTS -> points(in, version);
            case SLABS -> slabs(in, version);
            default ->
                    throw FormatException.broken(in.position(), "No selection is of type " + type);
        }
    }

    private static void points(ByteReader in, int version) throws IOException, FormatException {
        int width = startWidth(in, version);
        long axes = axes(in);
        skip(in, Hdf5Input.number(in, width), axes * width);
    }

    private static void slabs(ByteReader in, int version) throws IOException, FormatException {
        boolean isRegular = version > 1 && (in.u8() & 1) != 0;
        int width = version == 2 ? 8 : startWidth(in, version == 3 ? 2 : version);
        in.skip(version == 2 ? 4 : 0); // length
        long axes = axes(in);
        if (isRegular) {
            skip(in, 4, axes * width);
        } else {
            skip(in, Hdf5Input.number(in, width), 2 * axes * width);
        }
    }

    /// How wide numbers are: four bytes of old, told since. The library passes over the length that
    /// the old form tells, whatever it is.
    private static int startWidth(ByteReader in, int version) throws IOException, FormatException {
        return switch (version) {
            case 1 -> {
                in.skip(8);
                yield 4;
            }
            case 2 -> width(in);
            default ->
                    throw FormatException.unsupported(
                            in.position(), "a selection of version " + version);
        };
    }

    private static int width(ByteReader in) throws IOException, FormatException {
        int width = in.u8();
        if (width != 2 && width != 4 && width != 8) {
            throw FormatException.broken(in.position(), "Numbers of " + width + " bytes");
        }
        return width;
    }

    private static long axes(ByteReader in) throws IOException, FormatException {
        long axes = in.u32();
        if (axes == 0 || axes > MOST_AXES) {
            throw FormatException.broken(in.position(), "A selection of " + axes + " axes");
        }
        return axes;
    }

    private static void skip(ByteReader in, long count, long each)
            throws IOException, FormatException {
        if (count < 0 || count > in.remaining() / each) {
            throw FormatException.truncated(in.position(), "A selection ends early");
        }
        in.skip(count * each);
    }
}
