package dev.bartizan.provenance;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the integrity check says of one artifact when something is wrong with it.
///
/// @param element whose artifact it is
/// @param what its path or URL, as the system file names it
record Words(Element element, String what) {
    private static final Pattern READS_AS_NUMBER = Pattern.compile("[0-9]+(e[0-9]+)?");
    private static final int MAX_QUOTED = 100;
    private static final List<String> SUPPLY_CHAIN = List.of("AML.T0010");

    Observation changed(Digest pinned, ArtifactReading.Read read) {
        Finding finding =
                new Finding(
                        "integrity.changed",
                        Severity.HIGH,
                        what
                                + " is not the file that was pinned: it has "
                                + read.digest()
                                + ", pinned is "
                                + pinned,
                        what,
                        "Find out who changed it. Put the pinned file back; or, when the change was"
                                + " meant, write \""
                                + line(read.digest())
                                + "\" below artifact of element "
                                + element.id()
                                + place()
                                + ".",
                        List.of("CWE-345"),
                        SUPPLY_CHAIN);
        return new Observation(
                IntegrityCheck.SAME_BYTES,
                Outcome.Confirmed.deterministic(),
                what + " has other bytes than those pinned",
                List.of(finding),
                List.of());
    }

    Observation unpinned(Optional<Digest> found) {
        return weakPin("integrity.unpinned", "No digest pins " + what, found);
    }

    Observation malformed(String given, Optional<Digest> found) {
        String quoted = given.length() > MAX_QUOTED ? given.substring(0, MAX_QUOTED) + "…" : given;
        return weakPin(
                "integrity.malformed-pin",
                "The pin of "
                        + what
                        + " is not a SHA-256 digest of 64 hexadecimal characters: \""
                        + quoted
                        + "\"",
                found);
    }

    private Observation weakPin(String rule, String message, Optional<Digest> found) {
        String mend =
                found.map(digest ->
                                "Make sure that this is the file you mean, then write \""
                                        + line(digest)
                                        + "\"")
                        .orElse("Write \"sha256: …\" with the digest its maker publishes");
        Finding finding =
                new Finding(
                        rule,
                        Severity.MEDIUM,
                        message + ": whoever can replace the file goes unnoticed",
                        what,
                        mend + " below artifact of element " + element.id() + place() + ".",
                        List.of("CWE-353"),
                        SUPPLY_CHAIN);
        return new Observation(
                IntegrityCheck.PINNED,
                Outcome.Confirmed.deterministic(),
                message,
                List.of(finding),
                List.of());
    }

    Observation unreadable(String obstacle, String mend) {
        Finding finding =
                new Finding(
                        "integrity.unreadable",
                        Severity.LOW,
                        obstacle,
                        what,
                        mend,
                        List.of(),
                        List.of());
        return new Observation(
                IntegrityCheck.SAME_BYTES,
                new Outcome.CouldNotTell(obstacle),
                what + " could not be compared with its pin: " + obstacle,
                List.of(finding),
                List.of());
    }

    Observation notHere() {
        return Observation.of(
                IntegrityCheck.SAME_BYTES,
                new Outcome.CouldNotTell("The bytes are not on this machine, and are not fetched"),
                what + " is not on this machine");
    }

    /// The line for the system file; quoted where YAML would read a number.
    static String line(Digest digest) {
        return READS_AS_NUMBER.matcher(digest.hex()).matches()
                ? "sha256: '" + digest.hex() + "'"
                : "sha256: " + digest.hex();
    }

    private String place() {
        return element.place().line() == 0 ? "" : " (" + element.place() + ")";
    }
}
