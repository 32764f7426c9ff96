package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import java.util.List;

/// The proof that a line is in a ledger.
///
/// @param index place of the line, from 0
/// @param leafHash its leaf hash
/// @param path sibling hashes from the leaf to the root, lowest first
/// @param checkpoint the head it leads to
public record InclusionProof(
        long index, Digest leafHash, List<Digest> path, Checkpoint checkpoint) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /// Whether the path leads to the checkpoint's root.
    public boolean isValid() {
        return Merkle.includes(leafHash, index, checkpoint.size(), path, checkpoint.root());
    }
}
