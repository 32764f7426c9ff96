package dev.bartizan.provenance;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Check;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Context;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.TargetDigest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares an artifact with the digest that the system file pins it to.
///
/// Unpinned and changed are different outcomes: where nothing pins the bytes, that is the weakness,
/// and whether they are the right ones cannot be told.
public final class IntegrityCheck implements Check {
    static final Claim SAME_BYTES = new Claim("bytes-are-the-pinned-ones");
    static final Claim PINNED = new Claim("artifact-is-pinned");
    private static final Duration FRESH_FOR = Duration.ofDays(90);
    private static final List<String> NOT_COVERED =
            List.of("who made the file, and whether it was sound when it was pinned");

    private static final CheckCard CARD =
            new CheckCard(
                    "integrity",
                    "The file is the one that was pinned",
                    "1",
                    List.of(SAME_BYTES, PINNED),
                    CheckCard.Cost.SECONDS,
                    CheckCard.Effects.NONE,
                    FRESH_FOR,
                    Optional.of(
                            "Exact: SHA-256 over every byte. A change goes unseen only with two"
                                    + " contents of one SHA-256 digest, of which none are known."),
                    Optional.empty());

    /// For `ServiceLoader`.
    public IntegrityCheck() {}

    @Override
    public CheckCard card() {
        return CARD;
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        Attributes artifact = element.attributes().map("artifact");
        return artifact.text("path").isPresent() || artifact.text("url").isPresent();
    }

    /// The digest of the bytes when they are the pinned ones; otherwise a composite of bytes and
    /// pin, so that changing either makes earlier evidence stale.
    @Override
    public Optional<TargetDigest> target(AiSystem system, Element element)
            throws InterruptedException {
        Attributes artifact = element.attributes().map("artifact");
        Pin pin = Pin.of(artifact);
        Optional<String> path = artifact.text("path");
        if (path.isEmpty()) {
            return artifact.text("url").map(url -> remote(url, artifact, pin));
        }
        return switch (read(system, path.get())) {
            case ArtifactReading.Read(Digest digest, _, _, _) ->
                    Optional.of(TargetDigest.pinned(identity(digest, pin), path.get()));
            case ArtifactReading.Unreadable _ -> Optional.empty();
        };
    }

    private static Digest identity(Digest bytes, Pin pin) {
        return pin.pinnedTo().filter(bytes::equals).isPresent()
                ? bytes
                : Digest.composite(Map.of("bytes", bytes.hex(), "pin", pin.identity()));
    }

    private static TargetDigest remote(String url, Attributes artifact, Pin pin) {
        Digest digest =
                Digest.composite(
                        Map.of(
                                "url",
                                url,
                                "revision",
                                artifact.text("revision").orElse(""),
                                "pin",
                                pin.identity()));
        return new TargetDigest(digest, url, List.of("the bytes, which are not on this machine"));
    }

    private static ArtifactReading read(AiSystem system, String path) throws InterruptedException {
        Path file;
        try {
            file = system.resolve(path);
        } catch (InvalidPathException e) {
            return new ArtifactReading.Unreadable(
                    "\"" + path + "\" is not a path: " + e.getReason(), "Correct artifact.path.");
        }
        return ArtifactReader.read(file);
    }

    @Override
    public List<Observation> run(AiSystem system, Element element, Context context)
            throws InterruptedException {
        Attributes artifact = element.attributes().map("artifact");
        Pin pin = Pin.of(artifact);
        Optional<String> path = artifact.text("path");
        Words words = new Words(element, path.or(() -> artifact.text("url")).orElse(""));
        if (path.isEmpty()) {
            return List.of(words.notHere(), pinned(words, pin, Optional.empty()));
        }
        context.progress().at(0, 1, "reading " + path.get());
        ArtifactReading reading = read(system, path.get());
        context.progress().at(1, 1, "read " + path.get());
        return switch (reading) {
            case ArtifactReading.Read read ->
                    List.of(
                            compared(words, pin, read),
                            pinned(words, pin, Optional.of(read.digest())));
            case ArtifactReading.Unreadable(String what, String mend) ->
                    List.of(words.unreadable(what, mend), pinned(words, pin, Optional.empty()));
        };
    }

    private static Observation compared(Words words, Pin pin, ArtifactReading.Read read) {
        return switch (pin) {
            case Pin.Sha256(Digest digest) when digest.equals(read.digest()) ->
                    Observation.of(
                            SAME_BYTES,
                            new Outcome.Cleared(
                                    "all " + read.size() + " of " + words.what(), NOT_COVERED),
                            words.what() + " is the pinned one: " + read.digest());
            case Pin.Sha256(Digest digest) -> words.changed(digest, read);
            case Pin.Absent() ->
                    Observation.of(
                            SAME_BYTES,
                            new Outcome.CouldNotTell("No digest pins it; it has " + read.digest()),
                            words.what() + " is not pinned, so nothing says which bytes are right");
            case Pin.Malformed _ ->
                    Observation.of(
                            SAME_BYTES,
                            new Outcome.CouldNotTell("The pin is not a SHA-256 digest"),
                            words.what() + " has a pin that is not a SHA-256 digest");
        };
    }

    private static Observation pinned(Words words, Pin pin, Optional<Digest> found) {
        return switch (pin) {
            case Pin.Sha256(Digest digest) ->
                    Observation.of(
                            PINNED,
                            new Outcome.Cleared("the pin of " + words.what(), NOT_COVERED),
                            words.what() + " is pinned to " + digest);
            case Pin.Absent() -> words.unpinned(found);
            case Pin.Malformed(String given) -> words.malformed(given, found);
        };
    }
}
