package dev.bartizan.artifacts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes FlatBuffers. Objects are made from the leaves to the root and laid out from the root to
/// the leaves, so that all references point forward.
final class FlatBuilder {
    private final ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Runnable> objects = new ArrayList<>();
    private final List<int[]> references = new ArrayList<>();
    private int[] places = {};

    FlatBuilder() {}

    /// A field of a table: its number, its value or the object it points to, its width; width 0
    /// marks a reference.
    record Field(int number, long value, int width) {}

    Field number(int number, long value, int width) {
        return new Field(number, value, width);
    }

    Field reference(int number, int object) {
        return new Field(number, object, 0);
    }

    private int object(Runnable writer) {
        objects.add(writer);
        return objects.size() - 1;
    }

    int bytes(byte[] content) {
        int self = objects.size();
        return object(() -> {
            places[self] = out.position();
            out.putInt(content.length).put(content).put((byte) 0);
        });
    }

    int ints(int... values) {
        int self = objects.size();
        return object(() -> {
            places[self] = out.position();
            out.putInt(values.length);
            Arrays.stream(values).forEach(out::putInt);
        });
    }

    /// A list of structures.
    ///
    /// @param itemBytes bytes of one
    int structs(byte[] content, int itemBytes) {
        int self = objects.size();
        return object(() -> {
            out.position(out.position() + 4); // items start at a multiple of eight
            places[self] = out.position();
            out.putInt(content.length / itemBytes).put(content);
        });
    }

    int references(int... others) {
        int self = objects.size();
        return object(() -> {
            places[self] = out.position();
            out.putInt(others.length);
            Arrays.stream(others).forEach(this::point);
        });
    }

    private void point(int object) {
        references.add(new int[] {out.position(), object});
        out.putInt(0);
    }

    int table(Field... fields) {
        int self = objects.size();
        return object(() -> writeTable(self, fields));
    }

    private void writeTable(int self, Field... fields) {
        int slots = Arrays.stream(fields).mapToInt(Field::number).max().orElse(-1) + 1;
        int list = out.position();
        out.putShort((short) (4 + 2 * slots)).putShort((short) (4 + 8 * fields.length));
        out.position((list + 4 + 2 * slots + 7) / 8 * 8);
        int start = out.position();
        places[self] = start;
        out.putInt(start - list);
        for (Field field : fields) {
            out.position((out.position() + 3) / 4 * 4);
            out.putShort(list + 4 + 2 * field.number(), (short) (out.position() - start));
            switch (field.width()) {
                case 0 -> point((int) field.value());
                case 1 -> out.put((byte) field.value());
                case 8 -> out.putLong(field.value());
                default -> out.putInt((int) field.value());
            }
        }
    }

    byte[] done(int root, String identifier) {
        places = new int[objects.size()];
        out.position(8);
        for (Runnable object : objects.reversed()) {
            out.position((out.position() + 7) / 8 * 8);
            object.run();
        }
        out.put(4, identifier.getBytes(StandardCharsets.US_ASCII));
        out.putInt(0, places[root]);
        for (int[] reference : references) {
            out.putInt(reference[0], places[reference[1]] - reference[0]);
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
