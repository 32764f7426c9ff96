package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import java.util.ArrayList;
import java.util.List;

/// A growing Merkle tree that remembers only the roots of its complete subtrees: one hash for each
/// one bit of its size, largest first. Adding a leaf and asking for the root take O(log n).
final class CompactRange {
    private final List<byte[]> roots = new ArrayList<>();
    private long size;

    void add(byte[] leafHash) {
        byte[] hash = leafHash;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = Merkle.nodeHash(roots.removeLast(), hash);
        }
        roots.add(hash);
        size++;
    }

    long size() {
        return size;
    }

    Digest root() {
        if (roots.isEmpty()) {
            return Digest.of(new byte[0]);
        }
        byte[] hash = roots.getLast();
        for (int i = roots.size() - 2; i >= 0; i--) {
            hash = Merkle.nodeHash(roots.get(i), hash);
        }
        return Merkle.digest(hash);
    }
}
