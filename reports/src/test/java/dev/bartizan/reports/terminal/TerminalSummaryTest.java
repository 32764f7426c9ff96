package dev.bartizan.reports.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Assessment;
import dev.bartizan.core.Severity;
import dev.bartizan.reports.ComparableAssessment;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Fixture;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.RandomAssessment;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.TestSystems;
import dev.bartizan.reports.terminal.TerminalSummary.Colour;
import dev.bartizan.reports.terminal.TerminalSummary.Style;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalSummaryTest {
    @Test
    void neverMoreThanTwentyFiveLinesNorWiderThanAsked() {
        for (long seed = 0; seed < 300; seed++) {
            Assessment now = RandomAssessment.of(seed);
            Comparison comparison =
                    Comparison.between(
                            ComparableAssessment.of(RandomAssessment.of(seed + 1)),
                            ComparableAssessment.of(now));
            Gate gate = Gate.of(now, Optional.of(Severity.LOW), Optional.of(Severity.LOW));
            ReportInput input =
                    new ReportInput(now, Optional.of(comparison), gate, Fixture.offers());
            for (int width : new int[] {40, 80, 100, 200}) {
                String text = TerminalSummary.write(input, new Style(width, Colour.NEVER));

                assertThat(text.lines()).as("seed " + seed).hasSizeLessThanOrEqualTo(25);
                assertThat(text.lines().filter(line -> !line.startsWith("      ")))
                        .allSatisfy(
                                line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(width));
                assertThat(
                                text.codePoints()
                                        .filter(c -> c != '\n')
                                        .noneMatch(Character::isISOControl))
                        .isTrue();
            }
        }
    }

    @Test
    void everySectionShowsSomethingEvenWhenThereIsMuch() {
        String text = TerminalSummary.write(Fixture.compared(), Style.PLAIN);

        assertThat(text)
                .contains("Confirmed 2", "models/score.pkl offset 42", "The path that matters")
                .contains("cut it at intake-api → scorer", "Held 3", "Nobody tested 3")
                .contains("--only evasion", "accepted until 2027-01-31", "Gate failed")
                .contains("Since 2026-10-25", "only because 1 threat vanished", "would be 20");
    }

    @Test
    void simulatedIsSaidOnEveryLineThatReportsOnIt() {
        assertThat(TerminalSummary.write(Fixture.input(), Style.PLAIN).lines())
                .filteredOn(line -> line.contains("· assistant") && !line.contains("declared"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("[simulated]"));
    }

    @Test
    void colourOnlyWhenAsked() {
        assertThat(TerminalSummary.write(Fixture.input(), Style.PLAIN)).doesNotContain("\u001b");
        assertThat(TerminalSummary.write(Fixture.input(), new Style(100, Colour.ALWAYS)))
                .contains("\u001b[1;31m")
                .contains("\u001b[0m");
    }

    @Test
    void quietSystemIsQuiet() {
        String text = TerminalSummary.write(ReportInput.of(TestSystems.bare(3, 2, 1)), Style.PLAIN);

        assertThat(text.lines()).hasSize(3);
        assertThat(text).contains("Gate: none set");
    }

    @Test
    void passedGateSaysWhatItWasSetTo() {
        Assessment quiet = TestSystems.bare(3, 2, 1);
        Gate gate = Gate.of(quiet, Optional.of(Severity.HIGH), Optional.of(Severity.CRITICAL));
        ReportInput input = new ReportInput(quiet, Optional.empty(), gate, List.of());

        assertThat(TerminalSummary.write(input, Style.PLAIN))
                .contains("Gate passed (confirmed at high, untested at critical)");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(Columns.of("漢a\u0301")).isEqualTo(3);
        assertThat(Columns.cut("漢字漢字", 5)).isEqualTo("漢字…");
        assertThat(Columns.cut("漢字", 4)).isEqualTo("漢字");
    }
}
