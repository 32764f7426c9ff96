package dev.bartizan.reports.page;

import dev.bartizan.core.Assessment;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.knowledge.ClaimCard;
import dev.bartizan.knowledge.Claims;
import dev.bartizan.reports.Commands;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One piece of evidence with everything that is needed to weigh it and to make it again.
final class EvidenceBlock {
    private static final int MOST_FINDINGS = 200;

    private final Markup markup;
    private final Parts parts;
    private final Assessment assessment;
    private final Claims claims = Claims.bundled();

    EvidenceBlock(Markup markup, Parts parts, Assessment assessment) {
        this.markup = markup;
        this.parts = parts;
        this.assessment = assessment;
    }

    void write(Evidence evidence, Optional<Double> tolerance) {
        markup.element("section", () -> content(evidence, tolerance), "class", "evidence").line();
    }

    private void content(Evidence evidence, Optional<Double> tolerance) {
        markup.element(
                        "p",
                        () -> {
                            parts.outcome(evidence.outcome());
                            markup.text(" ");
                            markup.text("strong", evidence.summary());
                            if (evidence.isSimulated()) {
                                markup.text(" ");
                                parts.simulated();
                            }
                        })
                .line();
        markup.element("dl", () -> entries(evidence, tolerance), "class", "facts").line();
        findings(evidence);
    }

    private void entries(Evidence evidence, Optional<Double> tolerance) {
        parts.entry(
                "Seen",
                () -> {
                    markup.text(Words.capital(Words.outcome(evidence.outcome())));
                    new RateBar(markup).draw(evidence.outcome(), tolerance);
                });
        parts.entry("Claim", evidence.claim().name() + meaning(evidence));
        evidence.target().ifPresent(this::target);
        parts.entry("By", Words.source(evidence.source()));
        parts.entry(
                "When",
                Words.minute(evidence.started())
                        + ", took "
                        + Words.duration(evidence.took())
                        + ", fresh until "
                        + Words.day(evidence.freshUntil()));
        parts.entry("Parameters", () -> markup.text("code", evidence.parameters().toString()));
        parts.entry("Seed", String.valueOf(evidence.seed()));
        raw(evidence);
        parts.entry(
                evidence.source() instanceof Evidence.Source.OfCheck
                        ? "Make it again"
                        : "Answer it",
                () -> parts.command(Commands.reproduce(assessment.system(), evidence)));
    }

    private String meaning(Evidence evidence) {
        return claims.card(evidence.claim())
                .map(card -> ": " + said(card, evidence.outcome()))
                .orElse("");
    }

    private static String said(ClaimCard card, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Confirmed _ -> card.confirmed();
            case Outcome.Withstood _, Outcome.Cleared _, Outcome.Proved _ -> card.refuted();
            case Outcome.NotApplicable _, Outcome.CouldNotTell _, Outcome.Failed _ ->
                    card.weakness();
        };
    }

    private void target(TargetDigest target) {
        parts.entry(
                "Target",
                () -> {
                    markup.text(target.what() + " ");
                    markup.text("code", target.digest().toString());
                });
        parts.entry("Not pinned", String.join(", ", target.unpinned()));
    }

    private void raw(Evidence evidence) {
        if (evidence.raw().isEmpty()) {
            return;
        }
        parts.entry(
                "Raw material",
                () ->
                        markup.element(
                                "ul",
                                () ->
                                        evidence.raw()
                                                .forEach(each ->
                                                        markup.element("li", () -> link(each)))));
    }

    private void link(Evidence.Attachment attachment) {
        List<String> steps = Arrays.asList(attachment.path().split("/", -1));
        boolean isBelow = steps.stream().noneMatch(step -> step.isEmpty() || step.startsWith("."));
        if (isBelow) {
            String address =
                    steps.stream()
                            .map(step ->
                                    URLEncoder.encode(step, StandardCharsets.UTF_8)
                                            .replace("+", "%20"))
                            .collect(Collectors.joining("/", "evidence/", ""));
            markup.text("a", attachment.path(), "href", address);
        } else {
            markup.text(attachment.path());
        }
        markup.text(" ");
        markup.text("code", attachment.digest().toString());
    }

    private void findings(Evidence evidence) {
        if (evidence.findings().isEmpty()) {
            return;
        }
        int left = evidence.findings().size() - MOST_FINDINGS;
        parts.table(
                left > 0 ? "Findings, the first " + MOST_FINDINGS : "Findings",
                List.of("Severity", "Where", "What", "How to mend it", "References"),
                evidence.findings().stream().limit(MOST_FINDINGS).map(this::row).toList());
    }

    private List<Markup.Content> row(Finding finding) {
        List<String> references = new ArrayList<>(List.of(finding.rule()));
        references.addAll(finding.cwe());
        references.addAll(finding.atlas());
        return List.of(
                () -> parts.severity(finding.severity()),
                () -> markup.text("code", finding.location()),
                parts.words(finding.message()),
                parts.words(finding.mend()),
                parts.words(String.join(", ", references)));
    }
}
