package dev.bartizan.core.ledger;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.UserError;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one line of the ledger says, without its place in the chain.
///
/// Kinds other than those of this version are kept and verified like any other; only their meaning
/// is unknown.
public final class Leaf {
    private static final String EVIDENCE = "evidence";
    private static final String RUN = "run";
    private static final String PIN = "pin";
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final String kind;
    private final String body;
    private final JsonNode node;

    private Leaf(String kind, String body, JsonNode node) {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("Not a kind of leaf: \"" + kind + "\"");
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("The body of a leaf is an object");
        }
        this.kind = kind;
        this.body = body;
        this.node = node;
    }

    /// A leaf of any kind; the body is made canonical.
    ///
    /// @throws IllegalArgumentException when the kind is no lower-case word, or the body no object
    public static Leaf of(String kind, JsonNode body) {
        return new Leaf(kind, Jcs.write(body), body.deepCopy());
    }

    /// A leaf whose body was read from canonical text and is nobody else's.
    static Leaf read(String kind, String body, JsonNode node) {
        return new Leaf(kind, body, node);
    }

    /// `evidence`, `run`, `pin`, or a later word.
    public String kind() {
        return kind;
    }

    /// Canonical JSON of an object.
    public String body() {
        return body;
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
        return kind.equals(EVIDENCE) ? Optional.of(EvidenceJson.read(node)) : Optional.empty();
    }

    /// The run, when it sums one up.
    ///
    /// @throws UserError when the body is not a run
    public Optional<RunRecord> run() {
        return kind.equals(RUN) ? Optional.of(RunRecord.read(node)) : Optional.empty();
    }

    /// The pin, when it holds one.
    ///
    /// @throws UserError when the body is not a pin
    public Optional<PinRecord> pin() {
        return kind.equals(PIN) ? Optional.of(PinRecord.read(node)) : Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Leaf leaf && kind.equals(leaf.kind) && body.equals(leaf.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, body);
    }

    @Override
    public String toString() {
        return kind + " " + body;
    }
}
