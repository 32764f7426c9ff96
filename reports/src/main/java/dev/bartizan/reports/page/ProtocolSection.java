package dev.bartizan.reports.page;

import dev.bartizan.core.Assessment;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Oracle;
import dev.bartizan.core.Protocol;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.util.List;
import java.util.Optional;

/// What the team promises of the system, and what was seen of each promise.
final class ProtocolSection {
    private final Markup markup;
    private final Parts parts;
    private final Assessment assessment;

    ProtocolSection(Markup markup, Parts parts, Assessment assessment) {
        this.markup = markup;
        this.parts = parts;
        this.assessment = assessment;
    }

    void write() {
        List<Protocol> protocols = assessment.system().protocols();
        if (protocols.isEmpty()) {
            return;
        }
        parts.section(
                "protocols",
                "Promises",
                () ->
                        parts.table(
                                "Safety protocols and what was seen of them",
                                List.of("Promise", "At", "A machine tells by", "Tolerated", "Seen"),
                                protocols.stream().map(this::row).toList()));
    }

    private List<Markup.Content> row(Protocol protocol) {
        return List.of(
                parts.words(protocol.claim()),
                parts.words(protocol.at()),
                parts.words(protocol.oracle().map(ProtocolSection::oracle).orElse("nothing")),
                parts.words(Words.upper(protocol.tolerance())),
                () -> seen(protocol));
    }

    private static String oracle(Oracle oracle) {
        return switch (oracle) {
            case Oracle.SeededSecret(String owner, String store, String forbidden) ->
                    "a secret planted as "
                            + owner
                            + " in "
                            + store
                            + " must not reach "
                            + forbidden;
            case Oracle.NeverCalls calls ->
                    calls.tool()
                            + " is never called"
                            + calls.unless().map(unless -> " unless " + unless).orElse("");
        };
    }

    private void seen(Protocol protocol) {
        Optional<Evidence> newest =
                assessment.evidence().stream()
                        .filter(evidence -> evidence.element().equals(protocol.at()))
                        .filter(evidence -> evidence.claim().name().endsWith("/" + protocol.id()))
                        .findFirst();
        if (newest.isEmpty()) {
            markup.text(
                    protocol.oracle().isEmpty() ? "untested: prose without an oracle" : "untested");
            return;
        }
        Evidence evidence = newest.get();
        parts.outcome(evidence.outcome());
        markup.text(" " + Words.outcome(evidence.outcome()));
        if (!evidence.freshUntil().isAfter(assessment.at())) {
            markup.text(", too old since " + Words.day(evidence.freshUntil()));
        }
        if (evidence.isSimulated()) {
            markup.text(" ");
            parts.simulated();
        }
    }
}
