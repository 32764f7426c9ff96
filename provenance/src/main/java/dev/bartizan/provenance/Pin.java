package dev.bartizan.provenance;

import dev.bartizan.core.Attributes;
import dev.bartizan.core.Digest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the system file pins an artifact to.
sealed interface Pin {
    Pattern SHAPE = Pattern.compile("(?:sha256:)?([0-9a-fA-F]{64})");

    /// Nothing.
    record Absent() implements Pin {}

    /// A digest.
    record Sha256(Digest digest) implements Pin {}

    /// Something that is no SHA-256 digest.
    record Malformed(String given) implements Pin {}

    /// Reads `sha256` of an element's `artifact`.
    static Pin of(Attributes artifact) {
        if (!artifact.has("sha256")) {
            return new Absent();
        }
        String given = artifact.text("sha256").orElse("").strip();
        var matcher = SHAPE.matcher(given);
        return matcher.matches()
                ? new Sha256(new Digest(matcher.group(1).toLowerCase(Locale.ROOT)))
                : new Malformed(given);
    }

    /// The digest, when there is a valid one.
    default Optional<Digest> pinnedTo() {
        return switch (this) {
            case Sha256(Digest digest) -> Optional.of(digest);
            case Absent(), Malformed _ -> Optional.empty();
        };
    }

    /// What tells this pin from another.
    default String identity() {
        return switch (this) {
            case Absent() -> "absent";
            case Sha256(Digest digest) -> digest.toString();
            case Malformed(String given) -> "malformed " + given;
        };
    }
}
