package dev.bartizan.core.run;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Check;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.ledger.Jcs;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// One check at one element, with everything that makes its result what it is.
///
/// @param check the check
/// @param element where
/// @param target what it would look at now; empty when that could not be computed
/// @param parameters what the system file says for it
/// @param parameterDigest of the parameters and of what the user asked for
/// @param seed derived from system, element and check
record CheckRun(
        Check check,
        Element element,
        Optional<TargetDigest> target,
        Attributes parameters,
        Digest parameterDigest,
        long seed) {
    /// Hexadecimal digits of a seed: 52 bits, so that JSON carries it exactly.
    private static final int SEED_DIGITS = 13;

    static CheckRun of(
            AiSystem system,
            Check check,
            Element element,
            Optional<TargetDigest> target,
            boolean isThorough) {
        String id = check.card().id();
        Attributes parameters = system.checkParameters().getOrDefault(id, Attributes.NONE);
        Digest digest =
                Digest.composite(
                        Map.of(
                                "parameters",
                                        Jcs.write(
                                                JsonMapper.shared()
                                                        .valueToTree(parameters.values())),
                                "thorough", String.valueOf(isThorough)));
        Digest seed =
                Digest.composite(
                        Map.of("system", system.name(), "element", element.id(), "check", id));
        return new CheckRun(
                check,
                element,
                target,
                parameters,
                digest,
                Long.parseUnsignedLong(seed.hex().substring(0, SEED_DIGITS), 16));
    }

    CheckCard card() {
        return check.card();
    }

    Targets.Key key() {
        return new Targets.Key(card().id(), element.id());
    }
}
