package dev.bartizan.reports.page;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Coverage;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What an executive reads in a minute: what is at stake, what was confirmed, what nobody tested,
/// what to do first, and how much is known.
final class MinuteSection {
    private static final int MOST = 4;

    private final Markup markup;
    private final Parts parts;
    private final ReportInput input;
    private final Overview overview;

    MinuteSection(Markup markup, Parts parts, ReportInput input, Overview overview) {
        this.markup = markup;
        this.parts = parts;
        this.input = input;
        this.overview = overview;
    }

    void write() {
        parts.section(
                "minute",
                "In one minute",
                () -> {
                    markup.element(
                                    "div",
                                    () -> {
                                        card("card wide", "At stake", this::stake);
                                        card(
                                                "card",
                                                "Confirmed",
                                                () ->
                                                        threats(
                                                                overview.confirmed(),
                                                                "No check saw a weakness."));
                                        card(
                                                "card",
                                                "Nobody tested",
                                                () ->
                                                        threats(
                                                                overview.open(),
                                                                "Every threat has an answer."));
                                        card("card", "Do first", this::first);
                                        card("card", "Stale or accepted", this::ageing);
                                    },
                                    "class",
                                    "cards")
                            .line();
                    markup.element("div", this::coverage, "class", "numbers").line();
                });
    }

    private void card(String style, String title, Markup.Content content) {
        markup.element(
                        "section",
                        () -> {
                            markup.text("h3", title);
                            content.write();
                        },
                        "class",
                        style)
                .line();
    }

    private void stake() {
        Assessment assessment = input.assessment();
        List<AssessedThreat> worst = new ArrayList<>(overview.confirmed());
        overview.open().stream()
                .filter(threat -> threat.threat().severity().isAtLeast(Severity.HIGH))
                .forEach(worst::add);
        Set<String> reasons = new LinkedHashSet<>();
        worst.forEach(threat -> reasons.add(threat.threat().why()));
        if (reasons.isEmpty()) {
            markup.text(
                    "p",
                    "No threat of this system is confirmed, and none that is high or critical is"
                            + " unanswered.");
            return;
        }
        markup.text(
                "p",
                Words.count(assessment.threats().size(), "threat applies", "threats apply")
                        + " to "
                        + assessment.system().name()
                        + ".");
        markup.element(
                "ul", () -> reasons.stream().limit(3).forEach(reason -> markup.text("li", reason)));
    }

    private void threats(List<AssessedThreat> threats, String none) {
        if (threats.isEmpty()) {
            markup.text("p", none);
            return;
        }
        markup.text("p", String.valueOf(threats.size()), "class", "figure");
        markup.element(
                "ul",
                () -> threats.stream().limit(MOST).forEach(threat -> item(threat, said(threat))));
        more(threats);
    }

    private static String said(AssessedThreat threat) {
        return switch (threat.standing()) {
            case UNDETERMINED, DECLARED -> ", only " + threat.standing().word();
            case ACCEPTED, CONFIRMED, STALE, WITHSTOOD, CLEARED, PROVED, UNTESTED -> "";
        };
    }

    private void more(List<AssessedThreat> threats) {
        if (threats.size() > MOST) {
            String left = "and " + (threats.size() - MOST) + " more";
            markup.element("p", () -> markup.text("a", left, "href", "#threats"));
        }
    }

    private void item(AssessedThreat threat, String said) {
        markup.element(
                "li",
                () -> {
                    parts.severity(threat.threat().severity());
                    markup.text(" ");
                    markup.text("a", threat.threat().title(), "href", "#" + threat.threat().id());
                    markup.text(" at " + threat.threat().at() + said);
                    if (Overview.isSimulated(threat)) {
                        markup.text(" ");
                        parts.simulated();
                    }
                });
    }

    private void ageing() {
        if (overview.ageing().isEmpty()) {
            markup.text("p", "Nothing is stale, and nothing was accepted.");
            return;
        }
        markup.text("p", String.valueOf(overview.ageing().size()), "class", "figure");
        markup.element(
                "ul",
                () ->
                        overview.ageing().stream()
                                .limit(MOST)
                                .forEach(threat -> item(threat, until(threat))));
        more(overview.ageing());
    }

    private static String until(AssessedThreat threat) {
        return threat.decision()
                .filter(_ -> threat.standing() == Standing.ACCEPTED)
                .map(each -> ", accepted until " + each.until() + " by " + each.owner())
                .orElse(", " + threat.standing().word());
    }

    private void first() {
        if (overview.confirmed().isEmpty() && overview.next().isEmpty()) {
            markup.text("p", "Nothing is urgent. Run the assessment again when something changes.");
            return;
        }
        markup.element(
                "ol",
                () -> {
                    Set<String> mends = new LinkedHashSet<>();
                    overview.confirmed().forEach(threat -> mends.add(threat.threat().mend()));
                    mends.stream().limit(3).forEach(mend -> markup.text("li", mend));
                    overview.path()
                            .filter(path -> !path.cut().isEmpty())
                            .ifPresent(path ->
                                    markup.text(
                                            "li",
                                            "Until that is done, " + path.cutInWords() + "."));
                    overview.next()
                            .ifPresent(next ->
                                    markup.element(
                                            "li",
                                            () -> {
                                                markup.text(
                                                        "Test what nobody tested: "
                                                                + next.threat().threat().title()
                                                                + " at "
                                                                + next.threat().threat().at());
                                                parts.command(next.command());
                                            }));
                });
    }

    private static String share(Coverage coverage, double share) {
        return coverage.threats() == 0 ? "nothing to cover" : Words.percent(share);
    }

    private void coverage() {
        Coverage coverage = input.assessment().coverage();
        number(
                "Adequate coverage",
                share(coverage, coverage.adequateShare()),
                coverage.adequate()
                        + " of "
                        + Words.count(coverage.threats(), "threat", "threats")
                        + " have evidence that is fresh and strong.");
        number(
                "Risk-weighted coverage",
                share(coverage, coverage.riskWeightedShare()),
                "The same, each threat counted by its severity.");
        number(
                "Model completeness",
                coverage.completeness()
                        .map(each -> each.declared() + " of " + each.discovered())
                        .orElse("unknown"),
                coverage.completeness().isPresent()
                        ? "Elements that were discovered and are declared in the system file."
                        : "Nothing was discovered to compare the system file with.");
    }

    private void number(String name, String value, String meaning) {
        markup.element(
                        "div",
                        () -> {
                            markup.text("h3", name);
                            markup.text("p", value, "class", "figure");
                            markup.text("p", meaning);
                        },
                        "class",
                        "number")
                .line();
    }
}
