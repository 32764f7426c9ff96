package dev.bartizan.core;

import java.util.List;

/// What a piece of evidence speaks of: the exact bytes of a file, or a composite of what can be
/// pinned of a hosted target.
///
/// @param digest identity of the target; evidence for another digest is stale
/// @param what in words, such as `models/fraud.onnx` or `endpoint https://…`
/// @param unpinned what could not be pinned (a hosted model's weights, say); such evidence ages
///   faster
public record TargetDigest(Digest digest, String what, List<String> unpinned) {
    public TargetDigest {
        unpinned = List.copyOf(unpinned);
    }

    /// A target whose bytes are all known.
    public static TargetDigest pinned(Digest digest, String what) {
        return new TargetDigest(digest, what, List.of());
    }
}
