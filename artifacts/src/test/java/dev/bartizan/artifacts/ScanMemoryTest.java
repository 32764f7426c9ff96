package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is known of earlier scans never speaks of a file that changed.
class ScanMemoryTest {
    private static final InstantSource LATER =
            () -> Instant.now().plus(ScanMemory.SETTLED_AFTER).plus(Duration.ofSeconds(5));
    private static final byte[] PLAIN = {(byte) 0x80, 2, 'N', '.'};
    private static final byte[] CALLS = Pickles.calling("os", "system");

    @TempDir Path world;
    private Path models;
    private Path results;

    @BeforeEach
    void layOut() throws IOException {
        models = Files.createDirectories(world.resolve("models"));
        results = world.resolve("results");
    }

    /// @param recalled how many files were not looked at
    private record Run(List<FileReport> files, int recalled) {
        Verdict verdict() {
            return files.getFirst().verdict();
        }
    }

    private Run settled(Path path) throws IOException {
        return run(path, "build", LATER);
    }

    private Run fresh(Path path) throws IOException {
        return run(path, "build", InstantSource.system());
    }

    private Run run(Path path, String build, InstantSource clock) throws IOException {
        Optional<ScanMemory> memory = ScanMemory.open(results, build, List.of(), clock);
        List<FileReport> files = new Scanner(ScanSettings.USUAL, memory).scan(path).files();
        memory.orElseThrow().save();
        return new Run(files, memory.orElseThrow().recalled());
    }

    @Test
    void filesThatDidNotChangeAreNotLookedAtAgain() throws IOException {
        Files.write(models.resolve("calls.pkl"), CALLS);
        Files.write(models.resolve("model.tar"), FormatScanTest.tar("data.pkl", '0', "", CALLS));
        Files.writeString(models.resolve("note.txt"), "A line.\n");
        for (InstantSource clock : List.of(LATER, InstantSource.system())) {
            assertThat(run(models, "build", clock).recalled()).isZero();
            Run again = run(models, "build", clock);

            assertThat(again.recalled()).isEqualTo(3);
            assertThat(again.files()).isEqualTo(new Scanner().scan(models).files());
        }
    }

    @Test
    void aFileThatMovedIsShownWhereItIs() throws IOException {
        Path file = Files.write(models.resolve("calls.pkl"), CALLS);
        fresh(file);
        Path elsewhere = Files.createDirectories(world.resolve("elsewhere")).resolve("calls.pkl");
        Run moved = fresh(Files.move(file, elsewhere));

        assertThat(moved.recalled()).isOne();
        assertThat(moved.files()).isEqualTo(new Scanner().scan(elsewhere).files());
        assertThat(moved.files().getFirst().explanation()).startsWith(elsewhere + ", pickle at");
    }

    @Test
    void aChangedByteIsSeenThoughSizeAndTimeAreAsBefore() throws IOException {
        byte[] harmless = Pickles.calling("aa", "bbbbbb");
        Path file = Files.write(models.resolve("m.pkl"), harmless);
        FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, time);
        Verdict before = settled(file).verdict();
        fresh(file);

        Files.write(file, CALLS);
        Files.setLastModifiedTime(file, time);

        assertThat(before).isNotEqualTo(Verdict.MALICIOUS);
        assertThat(settled(file)).isEqualTo(new Run(new Scanner().scan(file).files(), 0));
        assertThat(fresh(file)).isEqualTo(new Run(new Scanner().scan(file).files(), 0));
        assertThat(settled(file).verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void aFileThatWasJustChangedIsNotBelievedByItsTimes() throws IOException {
        byte[] large = new byte[ScanMemory.MOST_DIGESTED_BYTES + 1];
        Path file = Files.write(models.resolve("large.bin"), large);

        fresh(file);
        assertThat(fresh(file).recalled()).isZero();
        settled(file);
        assertThat(settled(file).recalled()).isOne();
    }

    @Test
    void anotherFileInThePlaceOfTheFirstIsLookedAt() throws IOException {
        Path file = Files.write(models.resolve("m.pkl"), PLAIN);
        settled(file);
        Path other = Files.write(world.resolve("other"), new byte[] {(byte) 0x80, 2, ']', '.'});
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.delete(file);
        Files.move(other, file);

        assertThat(settled(file).recalled()).isZero();
    }

    @Test
    void theNameCounts() throws IOException {
        Path text = Files.writeString(models.resolve("note.txt"), "import os\n");
        settled(text);
        fresh(text);
        Path renamed = Files.move(text, models.resolve("setup.py"));

        assertThat(settled(renamed)).isEqualTo(new Run(new Scanner().scan(renamed).files(), 0));
        assertThat(fresh(renamed)).isEqualTo(new Run(new Scanner().scan(renamed).files(), 0));
    }

    @Test
    void anotherBuildAndOtherOptionsStartAnew() throws IOException {
        Path file = Files.write(models.resolve("m.pkl"), PLAIN);
        settled(file);

        assertThat(run(file, "another build", LATER).recalled()).isZero();
        assertThat(run(file, "build", LATER).recalled()).isOne();
        ScanMemory other =
                ScanMemory.open(results, "build", List.of("--secrets"), LATER).orElseThrow();
        new Scanner(ScanSettings.USUAL, Optional.of(other)).scan(file);
        assertThat(other.recalled()).isZero();
    }

    @Test
    void whatDependsOnOtherFilesIsLookedAtEachTime() throws IOException {
        Path blobs = Files.createDirectories(models.resolve("blobs/sha256"));
        byte[] blob = utf8("weights");
        String digest = Digest.of(blob).hex();
        Path index =
                Files.writeString(
                        models.resolve("index.json"),
                        """
                        {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
                         "digest":"sha256:%s","size":7}]}
                        """
                                .formatted(digest));
        Path file = Files.write(blobs.resolve(digest), blob);
        Verdict before = settled(index).verdict();
        fresh(index);
        Files.write(file, utf8("WEIGHTS"));

        assertThat(settled(index)).isEqualTo(new Run(new Scanner().scan(index).files(), 0));
        assertThat(fresh(index)).isEqualTo(new Run(new Scanner().scan(index).files(), 0));
        assertThat(settled(index).verdict()).isNotEqualTo(before);
    }

    @Test
    void twoLinksToOneFileLookOnce() throws IOException {
        Path blob = models.resolve("models--a--b/blobs/abc");
        Files.createDirectories(blob.getParent());
        Files.write(blob, new byte[ScanMemory.MOST_DIGESTED_BYTES + 1]);
        for (String revision : List.of("0123", "4567")) {
            Path snapshot = models.resolve("models--a--b/snapshots").resolve(revision);
            Files.createDirectories(snapshot);
            Files.createSymbolicLink(snapshot.resolve("w.bin"), Path.of("../../blobs/abc"));
        }
        Path snapshots = models.resolve("models--a--b/snapshots");
        settled(snapshots.resolve("0123"));

        assertThat(settled(snapshots.resolve("4567")).recalled()).isOne();
    }

    @Test
    void exhaustionIsNotKept() throws IOException {
        Path file = Files.writeString(models.resolve("a.txt"), "One line.\n");
        ScanSettings exhausting =
                new ScanSettings(
                        ScanSettings.Reading.HEADERS,
                        (_, _) -> {},
                        List.of((_, _) -> {
                            throw new OutOfMemoryError("as if");
                        }));
        ScanMemory memory = ScanMemory.open(results, "build", List.of(), LATER).orElseThrow();
        new Scanner(exhausting, Optional.of(memory)).scan(file);
        memory.save();

        assertThat(settled(file)).isEqualTo(new Run(new Scanner().scan(file).files(), 0));
    }

    @Test
    void damagedResultsAreAsIfTheyWereNotThere() throws IOException {
        Files.write(models.resolve("calls.pkl"), CALLS);
        Files.write(models.resolve("plain.pkl"), PLAIN);
        List<FileReport> right = settled(models).files();
        Path kept = onlyFile();
        byte[] good = Files.readAllBytes(kept);
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            byte[] bad =
                    java.util.Arrays.copyOf(
                            good, i % 4 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = i % 3; flips >= 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(kept, bad);
            ScanMemory memory = ScanMemory.open(results, "build", List.of(), LATER).orElseThrow();
            assertThat(new Scanner(ScanSettings.USUAL, Optional.of(memory)).scan(models).files())
                    .as("change %s", i)
                    .isEqualTo(right);
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            return files.toList().getFirst();
        }
    }
}
