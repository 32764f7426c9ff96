package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.artifacts.spi.TimeLimit;
import dev.bartizan.core.Finding;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that takes too long is said to, and the scan goes on. Time is counted in questions for
/// it, so that nothing here depends on the machine.
class TimeLimitTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir Path folder;

    /// Time is up after so many questions.
    private static LongFunction<TimeLimit> after(int questions) {
        return size -> {
            AtomicLong asked = new AtomicLong(-1);
            long limit =
                    TimeLimit.LEAST
                            .plus(TimeLimit.PER_MEGABYTE.multipliedBy(size / 1_000_000))
                            .toNanos();
            AtomicLong used = new AtomicLong();
            return TimeLimit.forFile(
                    size,
                    new TimeLimit.Clocks(
                            () -> {
                                long late = asked.incrementAndGet() - questions;
                                return late < 0 ? 0 : limit + 1 + late * 2_000_000;
                            },
                            () -> used.getAndAdd(limit + 1)));
        };
    }

    private static Scanner stopping(int questions) {
        return new Scanner(ScanSettings.USUAL, Optional.empty(), after(questions));
    }

    private static FileReport scan(String name, byte[] bytes, int questions) throws IOException {
        return stopping(questions).scan(name, ByteSource.of(bytes));
    }

    @Test
    void aFileThatTakesTooLongIsUnreadableAndTheScanGoesOn() throws IOException {
        Files.write(folder.resolve("a.pkl"), longPickle());
        Files.write(folder.resolve("b.pkl"), new byte[] {(byte) 0x80, 2, 'N', '.'});

        LongFunction<TimeLimit> forLargeOnes =
                size -> size > 1_000 ? after(30).apply(size) : TimeLimit.forFile(size);
        Scanner scanner = new Scanner(ScanSettings.USUAL, Optional.empty(), forLargeOnes);

        List<FileReport> files = scanner.scan(folder).files();

        assertThat(files.getFirst().verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(files.getFirst().findings())
                .anySatisfy(finding -> {
                    assertThat(finding.rule()).isEqualTo("time-limit");
                    assertThat(finding.message()).contains("takes longer than 10 s");
                    assertThat(finding.mend()).isNotEmpty();
                });
        assertThat(files.getFirst().notCovered()).isNotEmpty();
        assertThat(files.getLast().verdict()).isEqualTo(Verdict.CLEAN);
    }

    private static byte[] longPickle() {
        return ("(" + "I1\n".repeat(200_000) + "l.").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatWasFoundBeforeStays() throws IOException {
        byte[] archive = FormatScanTest.tar("a.pkl", '0', "", Pickles.calling("os", "system"));
        int needed = 1;
        while (scan("m.tar", archive, needed).verdict() != Verdict.MALICIOUS) {
            needed++;
        }
        assertThat(scan("m.tar", archive, needed).findings())
                .extracting(Finding::rule)
                .contains("time-limit");
    }

    @Test
    void wheneverTimeIsUpNothingIsClean() throws IOException {
        for (Path seed : seeds()) {
            byte[] bytes = Files.readAllBytes(seed);
            String name = seed.getFileName().toString();
            for (int questions = 1; questions < 4_000; questions = questions * 3 / 2 + 1) {
                FileReport report = scan(name, bytes, questions);
                boolean isStopped =
                        report.findings().stream()
                                .anyMatch(finding -> finding.rule().equals("time-limit"));
                if (!isStopped) {
                    break;
                }
                assertThat(report.verdict())
                        .as("%s after %s questions", name, questions)
                        .isNotIn(Verdict.CLEAN, Verdict.NOT_COVERED);
            }
        }
    }

    private List<Path> seeds() throws IOException {
        return List.of(
                Files.write(
                        folder.resolve("m.tar"),
                        FormatScanTest.tar("a.pkl", '0', "", longPickle())),
                Files.writeString(folder.resolve("c.json"), "{\"a\":[1,2,{\"_target_\":\"x.y\"}]}"),
                Files.writeString(folder.resolve("c.yaml"), "a: [1, 2]\nb: {c: d}\n"),
                Files.writeString(folder.resolve("s.py"), "import os\nprint(os.name)\n"),
                Files.writeString(folder.resolve("n.md"), "A line.\n"),
                Files.write(folder.resolve("w.bin"), new byte[300_000]));
    }

    @Test
    void aMachineThatIsBusyStopsNothing() {
        AtomicLong wall = new AtomicLong();
        AtomicLong processor = new AtomicLong();
        TimeLimit limit =
                TimeLimit.forFile(
                        5_000_000,
                        new TimeLimit.Clocks(() -> wall.addAndGet(SECOND), processor::get));
        for (int i = 0; i < 1_000; i++) {
            limit.check();
        }
        processor.set(16 * SECOND);

        assertThatThrownBy(limit::check).hasMessageContaining("15 s");
    }
}
