package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Version 1 B-trees (section III.A.1): of groups, whose leaves are symbol tables, and of chunks.
final class BTree1 {
    private static final int DEEPEST = 32;

    private final Hdf5Input input;
    private final int keyBytes;
    private final int nodeType;
    private final Set<Long> seen = new HashSet<>();
    private final List<Leaf> leaves = new ArrayList<>();

    /// What a lowest node points to.
    ///
    /// @param keyAt where the key before it stands
    /// @param address where it lies
    record Leaf(long keyAt, long address) {}

    private BTree1(Hdf5Input input, int nodeType, int keyBytes) {
        this.input = input;
        this.nodeType = nodeType;
        this.keyBytes = keyBytes;
    }

    static List<Leaf> ofGroup(Hdf5Input input, long address) throws IOException, FormatException {
        BTree1 tree = new BTree1(input, 0, input.lengthBytes());
        tree.node(address, 0);
        return tree.leaves;
    }

    /// @param axes of the chunks, the one for the element size included
    static List<Leaf> ofChunks(Hdf5Input input, long address, int axes)
            throws IOException, FormatException {
        BTree1 tree = new BTree1(input, 1, 8 + 8 * axes);
        tree.node(address, 0);
        return tree.leaves;
    }

    private void node(long address, int depth) throws IOException, FormatException {
        if (depth > DEEPEST || !seen.add(address)) {
            throw FormatException.broken(
                    Math.max(0, address), "An index leads in a circle or is too deep");
        }
        ByteReader in = input.at(address, "TREE");
        int type = in.u8();
        int level = in.u8();
        int entries = in.u16();
        if (type != nodeType) {
            throw FormatException.broken(address, "An index of the wrong kind: " + type);
        }
        input.offset(in);
        input.offset(in);
        List<Long> children = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            input.take(in.position());
            long keyAt = in.position();
            in.skip(keyBytes);
            long child = input.offset(in);
            if (level == 0) {
                leaves.add(new Leaf(keyAt, child));
            } else {
                children.add(child);
            }
        }
        in.skip(Math.min(keyBytes, in.remaining()));
        input.structure(address, in.position());
        for (long child : children) {
            node(child, depth + 1);
        }
    }
}
