package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The loop on the example systems, as its users run it.
class LoopTest {
    @TempDir private Path folder = Path.of("");
    private Path system = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void copyTheExample() throws IOException {
        system = Examples.copy("claims-desk", folder);
        out = system.resolveSibling("bartizan-out");
    }

    @Test
    void thePlantedPickleIsConfirmedAndCleanFilesAreCleared() throws IOException {
        Ended ended = Shell.run("assess", system);
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines().count()).isLessThanOrEqualTo(25);
        assertThat(standings("code-runs-on-load", "settlement-scores"))
                .containsExactly("confirmed");
        assertThat(standings("bytes-are-the-pinned-ones", "fraud-model")).containsOnly("cleared");
        assertThat(standings("code-runs-on-load", "letter-vectors")).containsOnly("cleared");
        assertThat(standings("artifact-is-pinned", "letter-vectors")).contains("confirmed");
        assertThat(out.resolve("report.html")).isRegularFile();
        assertThat(out.resolve("findings.sarif")).isRegularFile();
    }

    @Test
    void theGateFailsUntilTheThreatsAreAccepted() throws IOException {
        assertThat(Shell.run("assess", system, "--fail-on", "high").code()).isEqualTo(1);
        List<String> failing = confirmedFrom("high");
        assertThat(failing).as("the planted file, and the model that can be evaded").hasSize(2);
        accept(failing.getFirst());
        assertThat(Shell.run("assess", system, "--fail-on", "high").code()).isEqualTo(1);
        accept(failing.getLast());
        Ended accepted = Shell.run("assess", system, "--fail-on", "high");
        assertThat(accepted.code()).as(accepted.out()).isZero();
    }

    private void accept(String threat) throws IOException {
        Files.writeString(
                system,
                Files.readString(system)
                        + "  - { threat: %s, do: accept, owner: me, reason: known, until: 2099-01-01 }%n"
                                .formatted(threat));
    }

    @Test
    void theGatePassesOnceThePlantedFileIsRemovedAndTheEvasionAccepted() throws IOException {
        assertThat(Shell.run("assess", system, "--fail-on", "high").code()).isEqualTo(1);
        Files.delete(system.resolveSibling("models").resolve("scoring.pkl"));
        Shell.run("assess", system);
        assertThat(standings("linf-evasion-within-budget", "fraud-model"))
                .containsOnly("confirmed");
        List<String> left = confirmedFrom("high");
        assertThat(left).hasSize(1);
        accept(left.getFirst());
        Ended removed = Shell.run("assess", system, "--fail-on", "high");
        assertThat(removed.code()).as(removed.out()).isZero();
    }

    @Test
    void theFraudModelIsEvadedAndTheReportShowsHow() throws IOException {
        Ended ended = Shell.run("assess", system, "--only", "evasion");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("rows evade the model for at most 100 EUR");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("What it looks like", "from fraud to honest", "<mark>12</mark>");
    }

    @Test
    void aSecondRunReusesTheEvidenceAndAFreshOneDoesNot() throws IOException {
        Shell.run("assess", system);
        int first = evidenceCount();
        Shell.run("assess", system);
        int second = evidenceCount();
        Shell.run("assess", system, "--fresh");
        assertThat(evidenceCount()).isGreaterThan(second);
        assertThat(second - first).as("only what had no answer runs again").isLessThan(first / 2);
    }

    @Test
    void oneChangedByteMakesTheEvidenceOfAModelStale() throws IOException {
        Shell.run("assess", system);
        assertThat(standings("clean-accuracy-holds", "fraud-model")).containsOnly("withstood");
        Path model = system.resolveSibling("models").resolve("fraud.onnx");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length / 2] ^= 1;
        Files.write(model, bytes);
        String list = Shell.run("evidence", "list", system, "--element", "fraud-model").out();
        assertThat(list).contains("stale: the target has changed since").doesNotContain("fresh)");
        Shell.run("assess", system, "--only", "endpoint-exposure");
        assertThat(standings("clean-accuracy-holds", "fraud-model")).containsOnly("stale");
        Shell.run("assess", system);
        assertThat(standings("bytes-are-the-pinned-ones", "fraud-model")).contains("confirmed");
    }

    @Test
    void anElementThatVanishesIsSaid() throws IOException {
        Shell.run("assess", system);
        String text = Files.readString(system);
        String without =
                text.replaceAll("(?m)^  settlement-scores[^\\n]*\\n(?:    [^\\n]*\\n)*", "");
        assertThat(without).isNotEqualTo(text);
        Files.writeString(system, without.replaceAll("(?m)^.*settlement-scores ->.*\\n", ""));
        Ended ended = Shell.run("assess", system);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("is no longer in the system file");
        assertThat(ended.err()).contains("no longer in the system file");
    }

    @Test
    void tamperingWithTheLedgerIsFound() throws IOException {
        Shell.run("assess", system);
        String anchor = anchor();
        assertThat(Shell.run("log", "verify", out, "--anchor", anchor).code()).isZero();
        assertThat(Shell.run("log", "verify", folder.resolve("claims-desk")).code()).isZero();
        Path ledger = out.resolve("evidence").resolve("ledger.jsonl");
        List<String> lines = Files.readAllLines(ledger);
        List<String> edited = new ArrayList<>(lines);
        edited.set(1, lines.get(1).replace("fraud", "fruad").replace("cleared", "clearde"));
        List<String> dropped = new ArrayList<>(lines);
        dropped.remove(2);
        List<String> swapped = new ArrayList<>(lines);
        swapped.set(0, lines.get(1));
        swapped.set(1, lines.get(0));
        List<String> cut = new ArrayList<>(lines.subList(0, lines.size() - 1));
        for (List<String> bad : List.of(edited, dropped, swapped, cut)) {
            Files.write(ledger, bad);
            assertThat(Shell.run("log", "verify", out, "--anchor", anchor).code()).isEqualTo(1);
        }
        Files.write(ledger, lines);
        assertThat(Shell.run("log", "verify", out).code()).isZero();
    }

    @Test
    void aManualTestCountsWithItsOwnMark() throws IOException {
        Shell.run("assess", system);
        Ended added =
                Shell.run(
                        "evidence",
                        "add",
                        system,
                        "--element",
                        "assistant",
                        "--claim",
                        "prompt-leaks",
                        "--outcome",
                        "withstood",
                        "--trials",
                        "40",
                        "--owner",
                        "red-team",
                        "--expires",
                        "2099-01-01",
                        "--summary",
                        "nothing leaked");
        assertThat(added.code()).as(added.err()).isZero();
        Shell.run("assess", system);
        assertThat(standings("prompt-leaks", "assistant")).containsOnly("withstood");
        assertThat(Files.readString(out.resolve("report.html"))).contains("red-team");
    }

    @Test
    void theCleanExampleIsQuiet() throws IOException {
        Path clean = Examples.copy("clean-desk", folder);
        Ended ended = Shell.run("assess", clean, "--fail-on", "low");
        assertThat(ended.code()).as(ended.out()).isZero();
        JsonNode sarif =
                JsonMapper.shared()
                        .readTree(clean.resolveSibling("bartizan-out").resolve("findings.sarif"));
        for (JsonNode result : sarif.at("/runs/0/results")) {
            assertThat(result.path("level").asString()).isIn("note", "none");
        }
    }

    @Test
    void severalSystemsGiveAPortfolio() throws IOException {
        Path clean = Examples.copy("clean-desk", folder);
        Path reports = folder.resolve("reports");
        Ended ended = Shell.run("assess", system, clean, "--out", reports);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Files.readString(reports.resolve("portfolio.html"))).contains("Claims desk");
    }

    @Test
    void systemsOfTheSameNameKeepFoldersOfTheirOwn() throws IOException {
        Path other = Examples.copy("claims-desk", folder.resolve("other"));
        Path reports = folder.resolve("reports");
        Shell.run("assess", system, other, "--only", "integrity", "--out", reports);
        try (Stream<Path> folders = Files.list(reports)) {
            assertThat(folders.filter(Files::isDirectory)).hasSize(2);
        }
    }

    @Test
    void aDecisionAboutNothingIsSaid() throws IOException {
        Examples.edit(system, "T-AAXMXBKTA2OW", "T-AAAAAAAAAAAA");
        assertThat(Shell.run("assess", system, "--only", "integrity").err())
                .contains("T-AAAAAAAAAAAA", "no such threat applies");
    }

    @Test
    void threatsThatNoLongerApplyAreSaid() throws IOException {
        Shell.run("assess", system, "--only", "integrity");
        Examples.edit(system, "returns: scores, ", "");
        assertThat(Shell.run("assess", system, "--only", "integrity").err())
                .contains("No longer there since the last run", "intake-api");
    }

    private JsonNode assessment() throws IOException {
        return JsonMapper.shared().readTree(out.resolve("assessment.json"));
    }

    private List<String> standings(String claim, String elementStart) throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonNode threat : assessment().path("threats")) {
            boolean isAbout = threat.path("confirmedBy").toString().contains('"' + claim + '"');
            if (isAbout && threat.path("at").asString().startsWith(elementStart)) {
                found.add(threat.path("standing").asString());
            }
        }
        return found;
    }

    private List<String> confirmedFrom(String severity) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode threat : assessment().path("threats")) {
            boolean isBad =
                    threat.path("severity").asString().equals(severity)
                            || threat.path("severity").asString().equals("critical");
            if (isBad && threat.path("standing").asString().equals("confirmed")) {
                ids.add(threat.path("id").asString());
            }
        }
        return ids;
    }

    private int evidenceCount() {
        return (int) Shell.run("evidence", "list", system).out().lines().count();
    }

    private String anchor() {
        String verified = Shell.run("log", "verify", out).out();
        return verified.lines()
                .filter(line -> line.startsWith("Anchor: "))
                .map(line -> line.substring("Anchor: ".length()))
                .findFirst()
                .orElseThrow();
    }
}
