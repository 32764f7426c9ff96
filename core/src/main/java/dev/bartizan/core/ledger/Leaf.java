package dev.bartizan.core.ledger;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.UserError;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What one line of the ledger says, without its place in the chain.
///
/// Kinds other than those of this version are kept and verified like any other; only their meaning
/// is unknown.
///
/// @param kind `evidence`, `run`, `pin`, or a later word
/// @param body canonical JSON of an object
public record Leaf(String kind, String body) {
    private static final String EVIDENCE = "evidence";
    private static final String RUN = "run";
    private static final String PIN = "pin";
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /// @throws IllegalArgumentException when the kind is no lower-case word, or the body not
    ///   canonical
    public Leaf {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("Not a kind of leaf: \"" + kind + "\"");
        }
        if (!body.startsWith("{") || !Jcs.write(StrictJson.parse(body)).equals(body)) {
            throw new IllegalArgumentException("The body of a leaf is a canonical JSON object");
        }
    }

    /// A leaf of any kind; the body is made canonical.
    public static Leaf of(String kind, JsonNode body) {
        return new Leaf(kind, Jcs.write(body));
    }

    /// A leaf that holds evidence.
    public static Leaf of(Evidence evidence) {
        return of(EVIDENCE, EvidenceJson.write(evidence));
    }

    /// A leaf that sums up a run.
    public static Leaf of(RunRecord run) {
        return of(RUN, run.write());
    }

    /// A leaf that pins a file.
    public static Leaf of(PinRecord pin) {
        return of(PIN, pin.write());
    }

    /// The evidence, when it holds some.
    ///
    /// @throws UserError when the body is not evidence
    public Optional<Evidence> evidence() {
        return kind.equals(EVIDENCE)
                ? Optional.of(EvidenceJson.read(StrictJson.parse(body)))
                : Optional.empty();
    }

    /// The run, when it sums one up.
    ///
    /// @throws UserError when the body is not a run
    public Optional<RunRecord> run() {
        return kind.equals(RUN)
                ? Optional.of(RunRecord.read(StrictJson.parse(body)))
                : Optional.empty();
    }

    /// The pin, when it holds one.
    ///
    /// @throws UserError when the body is not a pin
    public Optional<PinRecord> pin() {
        return kind.equals(PIN)
                ? Optional.of(PinRecord.read(StrictJson.parse(body)))
                : Optional.empty();
    }
}
