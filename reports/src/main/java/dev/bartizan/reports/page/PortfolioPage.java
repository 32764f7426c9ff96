package dev.bartizan.reports.page;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The page of several systems: the worst first, what changed, what expires.
public final class PortfolioPage {
    private static final int DAYS_AHEAD = 90;

    private final List<Entry> entries;
    private final Markup markup = new Markup();
    private final Parts parts = new Parts(markup);

    private PortfolioPage(List<Entry> entries) {
        this.entries =
                entries.stream()
                        .sorted(Comparator.comparingDouble(Entry::rank).reversed())
                        .toList();
    }

    /// One system.
    ///
    /// @param input what its report was made from
    /// @param link address of its report, relative to the portfolio page
    public record Entry(ReportInput input, String link) {
        private List<AssessedThreat> confirmed() {
            return input.assessment().standing(Standing.CONFIRMED).stream()
                    .sorted(Overview.WORST_FIRST)
                    .toList();
        }

        private long unanswered() {
            return input.assessment().threats().stream()
                    .filter(threat -> threat.threat().severity().isAtLeast(Severity.HIGH))
                    .filter(threat ->
                            threat.standing() == Standing.UNTESTED
                                    || threat.standing() == Standing.UNDETERMINED
                                    || threat.standing() == Standing.STALE)
                    .count();
        }

        /// Any confirmed threat outweighs every unanswered one.
        private double rank() {
            double weight =
                    confirmed().stream()
                            .mapToInt(each -> 1 + each.threat().severity().weight())
                            .sum();
            return weight * 1e6 + unanswered();
        }
    }

    /// The page.
    public static String write(List<Entry> entries) {
        return new PortfolioPage(entries).page();
    }

    private String page() {
        return PageFrame.write(
                markup,
                "Portfolio · Bartizan assessment",
                () -> {
                    markup.text("a", "Skip to the portfolio", "class", "skip", "href", "#main")
                            .line();
                    markup.element("header", this::header).line();
                    markup.element("main", this::main, "id", "main").line();
                });
    }

    private void header() {
        markup.text("p", "Bartizan assessment", "class", "kicker").line();
        markup.text("h1", "Portfolio of " + Words.count(entries.size(), "system", "systems"))
                .line();
    }

    private void main() {
        markup.line();
        parts.section("worst", "Worst first", this::worst);
        parts.section("changes", "What changed", this::changes);
        parts.section("expires", "What expires", this::expires);
    }

    private void worst() {
        parts.table(
                "Systems",
                List.of(
                        "System",
                        "Gate",
                        "Confirmed",
                        "Worst",
                        "High or critical, unanswered",
                        "Adequate coverage",
                        "Assessed"),
                entries.stream().map(this::row).toList());
    }

    private List<Markup.Content> row(Entry entry) {
        Assessment assessment = entry.input().assessment();
        return List.of(
                () -> markup.text("a", assessment.system().name(), "href", entry.link()),
                parts.words(gate(entry.input().gate())),
                parts.words(String.valueOf(entry.confirmed().size())),
                () -> worst(entry),
                parts.words(String.valueOf(entry.unanswered())),
                parts.words(Words.percent(assessment.coverage().adequateShare())),
                parts.words(Words.minute(assessment.at())));
    }

    private static String gate(Gate gate) {
        if (!gate.isSet()) {
            return "none";
        }
        return gate.hasPassed() ? "passed" : "failed";
    }

    private void worst(Entry entry) {
        Optional<AssessedThreat> worst = entry.confirmed().stream().findFirst();
        if (worst.isEmpty()) {
            markup.text("nothing confirmed");
            return;
        }
        parts.severity(worst.get().threat().severity());
        markup.text(" " + worst.get().threat().title() + " at " + worst.get().threat().at());
        if (Overview.isSimulated(worst.get())) {
            markup.text(" ");
            parts.simulated();
        }
    }

    private void changes() {
        List<Entry> compared =
                entries.stream().filter(each -> each.input().comparison().isPresent()).toList();
        if (compared.isEmpty()) {
            markup.text("p", "No earlier assessment was given to compare with (--baseline).");
            return;
        }
        markup.element("ul", () -> compared.forEach(this::change)).line();
    }

    private void change(Entry entry) {
        entry.input()
                .comparison()
                .ifPresent(comparison ->
                        markup.element(
                                        "li",
                                        () -> {
                                            markup.text("strong", comparison.now().system());
                                            markup.text(": " + counts(comparison));
                                            comparison
                                                    .coverageCaution()
                                                    .ifPresent(caution ->
                                                            markup.text(
                                                                    "p", caution, "class",
                                                                    "caution"));
                                        })
                                .line());
    }

    private static String counts(Comparison comparison) {
        return comparison.appeared().size()
                + " new, "
                + comparison.changed().size()
                + " changed, "
                + comparison.gone().size()
                + " gone since "
                + Words.minute(comparison.before().at())
                + "; adequate coverage "
                + Words.percent(comparison.before().coverage().adequateShare())
                + " before, "
                + Words.percent(comparison.now().coverage().adequateShare())
                + " now";
    }

    private void expires() {
        List<Expiry> expiries =
                entries.stream()
                        .flatMap(entry ->
                                Expiry.within(DAYS_AHEAD, entry.input().assessment()).stream())
                        .sorted(Comparator.comparing(Expiry::day).thenComparing(Expiry::system))
                        .toList();
        if (expiries.isEmpty()) {
            markup.text("p", "No decision or evidence runs out within " + DAYS_AHEAD + " days.");
            return;
        }
        parts.table(
                "Decisions and evidence that run out within " + DAYS_AHEAD + " days",
                List.of("Day", "System", "What"),
                expiries.stream()
                        .map(expiry ->
                                List.of(
                                        parts.words(expiry.day().toString()),
                                        parts.words(expiry.system()),
                                        parts.words(expiry.what())))
                        .toList());
    }
}
