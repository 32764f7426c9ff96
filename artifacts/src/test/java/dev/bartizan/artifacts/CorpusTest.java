package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Severity;
import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The scanner on cases that others wrote. Their labels are opinions; where ours differ, the reason
/// stands beside the case.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusTest {
    /// Labelled malicious or suspicious; we do not flag them.
    private static final Map<String, String> NOT_FLAGGED =
            Map.of(
                    "mixed_malicious_model/config.json",
                    "a setting named api_endpoint and one named exfil_key; no loader reads either",
                    "scan_valid_json_manifest_with_malicious_pickle-image.manifest",
                    "the layer it names is not in the corpus; said as not covered",
                    "nested_pickle_detection-inner.pkl",
                    "the pickle inside the data holds {'a': 1} and calls nothing",
                    "tensorrt_scanner_detects_suspicious_pattern-malicious.engine",
                    "the sixteen bytes \"some python code\"; no engine, said as not covered");

    /// Labelled malicious; we call them suspicious.
    private static final Map<String, String> SUSPICIOUS_TO_US =
            Map.of(
                    "unsafe_builtins_still_flagged-fe91cc.pkl",
                    "its strings have no line ends, so that Python raises before the call");

    /// Labelled malformed; we call them clean.
    private static final Map<String, String> NOT_MALFORMED =
            Map.of(
                    "oversized_template/tokenizer_config.json",
                    "a template of sixty thousand characters that parses and does nothing",
                    "zip_bomb_detection-inner.zip",
                    "300 kB of the letter A; exhausts nothing",
                    "zip_bomb_detection-tmpr_6e1lf6_suspicious.txt",
                    "300 kB of the letter A as plain text");

    private final List<Case> cases = new ArrayList<>();

    private record Case(String path, String label, FileSummary seen) {
        boolean isOneOf(Map<String, String> known) {
            return known.keySet().stream().anyMatch(path::endsWith);
        }

        boolean isBad() {
            return label.equals("malicious") || label.equals("suspicious");
        }

        String family() {
            String name = path.toLowerCase(Locale.ROOT);
            int dot = name.lastIndexOf('.');
            return dot < 0 || name.indexOf('/', dot) > 0 ? "folder" : name.substring(dot + 1);
        }
    }

    private record FileSummary(Verdict verdict, Severity worst) {
        boolean isFlagged() {
            return verdict == Verdict.MALICIOUS || verdict == Verdict.SUSPICIOUS;
        }
    }

    @BeforeAll
    void scanEverything() throws IOException {
        Path root = Corpora.folder("artifacts");
        Scanner scanner = new Scanner();
        for (String line : Files.readAllLines(root.resolve("manifest.csv"))) {
            String[] fields = line.split(",", 3);
            if (!fields[0].equals("path")) {
                ScanReport report = scanner.scan(root.resolve(fields[0]));
                Severity worst =
                        report.files().stream()
                                .map(file -> file.worst().orElse(Severity.INFO))
                                .max(java.util.Comparator.naturalOrder())
                                .orElse(Severity.INFO);
                cases.add(new Case(fields[0], fields[1], new FileSummary(report.worst(), worst)));
            }
        }
        print();
    }

    private void print() {
        Map<String, Map<Verdict, Integer>> table = new TreeMap<>();
        for (Case one : cases) {
            table.computeIfAbsent(
                            one.family() + " " + one.label(),
                            _ -> new java.util.EnumMap<>(Verdict.class))
                    .merge(one.seen().verdict(), 1, Integer::sum);
        }
        table.forEach((name, row) -> System.out.println(name + ": " + row));
    }

    @Test
    void everyBadCaseIsFlaggedExceptThoseWhoseLabelIsWrong() {
        assertThat(cases.stream().filter(Case::isBad).filter(one -> !one.seen().isFlagged()))
                .allMatch(one -> one.isOneOf(NOT_FLAGGED), "has a reason");
    }

    @Test
    void everyMaliciousPickleIsCalledMalicious() {
        assertThat(
                        cases.stream()
                                .filter(one -> one.label().equals("malicious"))
                                .filter(one ->
                                        one.path()
                                                .matches(".*\\.(pkl|pickle|pt|pth|joblib|npy|npz)"))
                                .filter(one -> !one.isOneOf(NOT_FLAGGED))
                                .filter(one -> !one.isOneOf(SUSPICIOUS_TO_US))
                                .filter(one -> one.seen().verdict() != Verdict.MALICIOUS)
                                .map(Case::path))
                .isEmpty();
    }

    @Test
    void noBenignCaseHasAFindingAboveLow() {
        assertThat(
                        cases.stream()
                                .filter(one -> one.label().equals("benign"))
                                .filter(one -> one.seen().worst().isAtLeast(Severity.MEDIUM))
                                .map(Case::path))
                .isEmpty();
    }

    @Test
    void noMalformedCaseIsCleanExceptThoseWhoseLabelIsWrong() {
        assertThat(
                        cases.stream()
                                .filter(one -> one.label().equals("malformed"))
                                .filter(one -> one.seen().verdict() == Verdict.CLEAN)
                                .filter(one -> !one.isOneOf(NOT_MALFORMED))
                                .map(Case::path))
                .isEmpty();
    }

    @Test
    void recallIsThatOfTheCheckCard() {
        long bad = cases.stream().filter(Case::isBad).count();
        long flagged =
                cases.stream().filter(Case::isBad).filter(one -> one.seen().isFlagged()).count();
        assertThat(ArtifactScanCheck.RECALL).contains(flagged + " of " + bad);
    }
}
