package dev.bartizan.core.run;

import dev.bartizan.core.Digest;
import dev.bartizan.core.TargetDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the checks would look at now, by check and element, and the bytes that elements name.
///
/// @param ofChecks target by check id and element id; a missing entry could not be computed
/// @param ofArtifacts digest of the file that an element names, by element id
public record Targets(Map<Key, TargetDigest> ofChecks, Map<String, Digest> ofArtifacts) {
    public Targets {
        ofChecks = Map.copyOf(ofChecks);
        ofArtifacts = Map.copyOf(ofArtifacts);
    }

    /// A check at an element.
    public record Key(String check, String element) {}

    /// Nothing known.
    public static final Targets UNKNOWN = new Targets(Map.of(), Map.of());

    /// What the check would look at.
    public Optional<TargetDigest> ofCheck(String check, String element) {
        return Optional.ofNullable(ofChecks.get(new Key(check, element)));
    }

    /// The bytes of the element's file.
    public Optional<Digest> ofArtifact(String element) {
        return Optional.ofNullable(ofArtifacts.get(element));
    }

    /// The same with one more target.
    public Targets with(Key key, TargetDigest target) {
        Map<Key, TargetDigest> more = new HashMap<>(ofChecks);
        more.put(key, target);
        return new Targets(more, ofArtifacts);
    }
}
