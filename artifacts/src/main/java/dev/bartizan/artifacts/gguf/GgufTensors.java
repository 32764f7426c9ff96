package dev.bartizan.artifacts.gguf;

import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Descriptions of tensors in a GGUF file: shapes, types, and whether their data fit the file and
/// do not overlap.
final class GgufTensors {
    private static final int MOST_AXES = 4;
    private static final int HIGHEST_TYPE = 64;

    /// Values and bytes of a block, by the number of the type (ggml, `ggml.h` and `ggml-common.h`);
    /// none for numbers without a type.
    private static final int[][] BLOCKS = {
        {1, 4},
        {1, 2},
        {32, 18},
        {32, 20},
        {},
        {},
        {32, 22},
        {32, 24},
        {32, 34},
        {32, 36},
        {256, 84},
        {256, 110},
        {256, 144},
        {256, 176},
        {256, 210},
        {256, 292},
        {256, 66},
        {256, 74},
        {256, 98},
        {256, 50},
        {32, 18},
        {256, 110},
        {256, 82},
        {256, 136},
        {1, 1},
        {1, 2},
        {1, 4},
        {1, 8},
        {1, 8},
        {256, 56},
        {1, 2},
        {},
        {},
        {},
        {256, 54},
        {256, 66},
        {},
        {},
        {},
        {32, 17}
    };

    private final GgufInput input;
    private final BiConsumer<Long, String> problems;
    private final List<Tensor> tensors = new ArrayList<>();

    /// Bytes of a name that ggml holds (ggml.h, `GGML_MAX_NAME` less the end).
    private static final int LONGEST_NAME = 63;

    private final Set<String> names = new HashSet<>();
    private long lastAxis = 1;

    /// The description of one tensor.
    ///
    /// @param at where it stands
    /// @param values how many numbers it has
    /// @param rows size of its last axis, the number of entries of a table
    /// @param type number of the type of its values
    /// @param offset where its data start, counted from the start of the data
    /// @param bytes length of its data
    record Tensor(
            String name, long at, long values, long rows, int type, long offset, long bytes) {}

    /// @param problems takes an offset and what is broken there
    GgufTensors(GgufInput input, BiConsumer<Long, String> problems) {
        this.input = input;
        this.problems = problems;
    }

    void read(long count) throws IOException, FormatException {
        ByteReader in = input.reader();
        for (long i = 0; i < count; i++) {
            long at = in.position();
            String name = input.text();
            if (!names.add(name)) {
                problems.accept(at, "Two tensors are called \"" + Shown.text(name) + "\"");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                problems.accept(at, "A tensor's name is longer than readers take");
            }
            long axes = input.u32();
            if (axes > MOST_AXES) {
                throw FormatException.broken(at, "A tensor of " + axes + " axes");
            }
            lastAxis = 1;
            long values = values(axes, at);
            long type = input.u32();
            long offset = input.u64();
            long bytes = bytes(values, type, at);
            tensors.add(new Tensor(name, at, values, lastAxis, (int) type, offset, bytes));
        }
    }

    private long values(long axes, long at) throws IOException, FormatException {
        long values = 1;
        for (long k = 0; k < axes; k++) {
            long axis = input.length();
            if (axis <= 0 || axis > (Long.MAX_VALUE >> 8) / values) {
                throw FormatException.broken(
                        at, "A tensor with an axis of " + Long.toUnsignedString(axis));
            }
            values *= axis;
            lastAxis = axis;
        }
        return values;
    }

    private long bytes(long values, long type, long at) {
        if (type >= BLOCKS.length && type < HIGHEST_TYPE) {
            return 0; // newer than this table: its size is not checked
        }
        if (type < 0 || type >= BLOCKS.length || BLOCKS[(int) type].length == 0) {
            problems.accept(at, "No tensor has type " + Long.toUnsignedString(type));
            return 0;
        }
        int[] block = BLOCKS[(int) type];
        if (values % block[0] != 0) {
            problems.accept(at, "A tensor of " + values + " values in blocks of " + block[0]);
        }
        return values / block[0] * block[1];
    }

    /// @param dataStart where the data of all tensors start
    /// @param size of the file
    void checkPlaces(long dataStart, long alignment, long size) {
        List<Tensor> sorted = new ArrayList<>(tensors);
        sorted.sort((one, other) -> Long.compare(one.offset(), other.offset()));
        long end = 0;
        for (Tensor tensor : sorted) {
            String name = "Tensor \"" + Shown.text(tensor.name()) + "\"";
            boolean isOutside =
                    tensor.offset() < 0
                            || tensor.bytes() > size - dataStart
                            || tensor.offset() > size - dataStart - tensor.bytes();
            if (isOutside) {
                problems.accept(
                        tensor.at(),
                        name
                                + " leads out of the file: "
                                + tensor.bytes()
                                + " bytes at "
                                + Long.toUnsignedString(tensor.offset())
                                + " of "
                                + Math.max(0, size - dataStart));
                continue;
            }
            if (tensor.offset() % alignment != 0) {
                problems.accept(tensor.at(), name + " is not aligned to " + alignment);
            }
            if (tensor.offset() < end) {
                problems.accept(tensor.at(), name + " overlaps another");
            }
            end = Math.max(end, tensor.offset() + tensor.bytes());
        }
    }

    /// The first tensor that does not stand right behind the one described before it, as llama.cpp
    /// wants them; none when the size of one is not known.
    Optional<Tensor> outOfPlace(long alignment) {
        long expected = 0;
        for (Tensor tensor : tensors) {
            if (tensor.bytes() == 0) {
                return Optional.empty();
            }
            if (tensor.offset() != expected) {
                return Optional.of(tensor);
            }
            expected += (tensor.bytes() + alignment - 1) / alignment * alignment;
        }
        return Optional.empty();
    }

    /// What was read.
    List<Tensor> all() {
        return List.copyOf(tensors);
    }

    /// Where the last tensor ends, counted from the start of the data.
    long end() {
        return tensors.stream().mapToLong(t -> t.offset() + t.bytes()).max().orElse(0);
    }
}
