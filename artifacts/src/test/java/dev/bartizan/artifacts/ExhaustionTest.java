package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.spi.TextWatcher;
import dev.bartizan.core.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that takes more than there is becomes a finding; the files beside it are scanned.
class ExhaustionTest {
    @TempDir Path folder;

    @Test
    void memoryThatRunsOutIsAFindingAndTheScanGoesOn() throws IOException {
        check((_, _) -> {
            throw new OutOfMemoryError("none left");
        });
    }

    @Test
    void aStackThatRunsOutIsAFindingAndTheScanGoesOn() throws IOException {
        check((_, _) -> deeper(1));
    }

    @Test
    void deepNestingInYamlIsToldOfAtOnce() {
        byte[] deep = ("a: " + "[".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
        FileReport report =
                Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> Scans.scan("deep.yaml", deep));
        assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(report.findings()).extracting(Finding::rule).contains("yaml-bomb");
    }

    private void check(TextWatcher exhausting) throws IOException {
        Files.writeString(folder.resolve("a.txt"), "One line.\n");
        Files.writeString(folder.resolve("b.txt"), "One line that exhausts.\n");
        Files.write(folder.resolve("c.pkl"), Pickles.calling("os", "system"));
        TextWatcher watcher =
                (text, notes) -> {
                    if (text.contains("exhausts")) {
                        exhausting.look(text, notes);
                    }
                };
        ScanSettings settings =
                new ScanSettings(ScanSettings.Reading.EVERY_BYTE, (_, _) -> {}, List.of(watcher));

        List<FileReport> files = new Scanner(settings).scan(folder).files();

        assertThat(files)
                .extracting(FileReport::verdict)
                .containsExactly(Verdict.CLEAN, Verdict.UNREADABLE, Verdict.MALICIOUS);
        FileReport exhausted = files.get(1);
        assertThat(exhausted.findings()).extracting(Finding::rule).contains("resource-limit");
        assertThat(exhausted.notCovered()).isNotEmpty();
        assertThat(exhausted.sha256()).isPresent();
    }

    private static int deeper(int depth) {
        return depth < 0 ? depth : deeper(depth + 1) + 1;
    }
}
