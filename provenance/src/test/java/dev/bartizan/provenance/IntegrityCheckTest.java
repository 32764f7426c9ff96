package dev.bartizan.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Check;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Context;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Place;
import dev.bartizan.core.SchemaSource;
import dev.bartizan.core.Severity;
import dev.bartizan.core.TargetDigest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrityCheckTest {
    private static final String CONTENT = "weights";
    private static final Digest DIGEST = Digest.of(CONTENT);

    @TempDir Path dir;
    private final Check check = new IntegrityCheck();

    @BeforeEach
    void writeModel() throws IOException {
        Files.writeString(dir.resolve("model.bin"), CONTENT);
    }

    private Element element(Map<String, Object> artifact) {
        return new Element(
                "fraud-model",
                ElementKind.MODEL_ARTIFACT,
                "Fraud model",
                "",
                new Attributes(Map.of("artifact", artifact)),
                new Place("system.yaml", 7, 3));
    }

    private AiSystem system(Element element) {
        return new AiSystem(
                "Test",
                dir.resolve("system.yaml"),
                Attributes.NONE,
                "development",
                Map.of(),
                Map.of(element.id(), element),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    private Map<Claim, Observation> run(Map<String, Object> artifact) {
        Element element = element(artifact);
        Context context =
                new Context(
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                        1,
                        Attributes.NONE,
                        Context.Progress.SILENT,
                        false);
        assertThat(check.isApplicable(system(element), element)).isTrue();
        Map<Claim, Observation> byClaim = new HashMap<>();
        try {
            check.run(system(element), element, context)
                    .forEach(seen -> assertThat(byClaim.put(seen.claim(), seen)).isNull());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(byClaim).containsOnlyKeys(IntegrityCheck.SAME_BYTES, IntegrityCheck.PINNED);
        return byClaim;
    }

    private Optional<TargetDigest> target(Map<String, Object> artifact) {
        Element element = element(artifact);
        try {
            return check.target(system(element), element);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Outcome outcome(Map<Claim, Observation> seen, Claim claim) {
        return seen.getOrDefault(claim, Observation.of(claim, new Outcome.Failed(""), ""))
                .outcome();
    }

    private static Finding finding(Map<Claim, Observation> seen, Claim claim) {
        return seen.getOrDefault(claim, Observation.of(claim, new Outcome.Failed(""), ""))
                .findings()
                .getFirst();
    }

    private String obstacle(String path) {
        Outcome outcome = outcome(run(Map.of("path", path)), IntegrityCheck.SAME_BYTES);
        assertThat(target(Map.of("path", path))).isEmpty();
        return outcome instanceof Outcome.CouldNotTell(String reason) ? reason : "" + outcome;
    }

    private void shell(String... command) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(command).directory(dir.toFile()).start().waitFor();
        assertThat(exit).as(String.join(" ", command)).isZero();
    }

    @Test
    void pinnedAndEqualClearsBothClaims() {
        Map<Claim, Observation> seen = run(Map.of("path", "model.bin", "sha256", DIGEST.hex()));
        assertThat(outcome(seen, IntegrityCheck.SAME_BYTES))
                .isInstanceOfSatisfying(
                        Outcome.Cleared.class,
                        cleared -> assertThat(cleared.scope()).contains("7 bytes", "model.bin"));
        assertThat(outcome(seen, IntegrityCheck.PINNED)).isInstanceOf(Outcome.Cleared.class);
        assertThat(seen.values()).allSatisfy(each -> assertThat(each.findings()).isEmpty());
    }

    @Test
    void pinMayBeUpperCaseAndNameItsAlgorithm() {
        String pin = "sha256:" + DIGEST.hex().toUpperCase(Locale.ROOT);
        Map<Claim, Observation> seen = run(Map.of("path", "model.bin", "sha256", pin));
        assertThat(outcome(seen, IntegrityCheck.SAME_BYTES)).isInstanceOf(Outcome.Cleared.class);
    }

    @Test
    void eachChangedByteIsConfirmedWithBothDigestsAndTheMend() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < CONTENT.length(); i++) {
            byte[] changed = CONTENT.getBytes(StandardCharsets.UTF_8);
            changed[i] ^= (byte) (1 << random.nextInt(8));
            Files.write(dir.resolve("model.bin"), changed);
            Map<Claim, Observation> seen = run(Map.of("path", "model.bin", "sha256", DIGEST.hex()));
            assertThat(outcome(seen, IntegrityCheck.SAME_BYTES))
                    .isEqualTo(Outcome.Confirmed.deterministic());
            assertThat(outcome(seen, IntegrityCheck.PINNED)).isInstanceOf(Outcome.Cleared.class);
            Finding finding = finding(seen, IntegrityCheck.SAME_BYTES);
            assertThat(finding.severity()).isEqualTo(Severity.HIGH);
            assertThat(finding.message()).contains(DIGEST.hex(), Digest.of(changed).hex());
            assertThat(finding.mend())
                    .contains("sha256: " + Digest.of(changed).hex(), "system.yaml:7:3");
        }
    }

    @Test
    void unpinnedIsAWeaknessAndLeavesTheBytesUndecided() {
        Map<Claim, Observation> seen = run(Map.of("path", "model.bin"));
        assertThat(outcome(seen, IntegrityCheck.PINNED))
                .isEqualTo(Outcome.Confirmed.deterministic());
        assertThat(outcome(seen, IntegrityCheck.SAME_BYTES))
                .isInstanceOf(Outcome.CouldNotTell.class);
        Finding finding = finding(seen, IntegrityCheck.PINNED);
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.mend()).contains("\"sha256: " + DIGEST.hex() + "\"", "fraud-model");
    }

    @Test
    void malformedPinPinsNothing() {
        List<Object> malformed =
                List.of("", "abc", "md5:" + DIGEST.hex(), DIGEST.hex() + "0", 12, List.of("a"));
        for (Object pin : malformed) {
            Map<Claim, Observation> seen = run(Map.of("path", "model.bin", "sha256", pin));
            assertThat(outcome(seen, IntegrityCheck.PINNED))
                    .as("pin %s", pin)
                    .isEqualTo(Outcome.Confirmed.deterministic());
            assertThat(outcome(seen, IntegrityCheck.SAME_BYTES))
                    .isInstanceOf(Outcome.CouldNotTell.class);
            assertThat(finding(seen, IntegrityCheck.PINNED).rule())
                    .isEqualTo("integrity.malformed-pin");
        }
    }

    @Test
    void digestThatYamlWouldReadAsANumberIsQuoted() {
        Digest digits = new Digest("1".repeat(64));
        assertThat(Words.line(digits)).isEqualTo("sha256: '" + "1".repeat(64) + "'");
        Digest exponent = new Digest("1".repeat(60) + "e123");
        assertThat(Words.line(exponent)).isEqualTo("sha256: '" + exponent.hex() + "'");
        assertThat(Words.line(DIGEST)).isEqualTo("sha256: " + DIGEST.hex());
    }

    @Test
    void missingFileIsSaidAndItsPinStillCounts() {
        Map<Claim, Observation> seen = run(Map.of("path", "gone.bin", "sha256", DIGEST.hex()));
        assertThat(outcome(seen, IntegrityCheck.SAME_BYTES))
                .isInstanceOfSatisfying(
                        Outcome.CouldNotTell.class,
                        told -> assertThat(told.reason()).contains("gone.bin", "is missing"));
        assertThat(outcome(seen, IntegrityCheck.PINNED)).isInstanceOf(Outcome.Cleared.class);
        assertThat(obstacle("gone.bin")).contains("is missing");
    }

    @Test
    void pathWithANulCharacterIsSaid() {
        assertThat(obstacle("a\0b")).contains("is not a path");
    }

    @Test
    void evidenceGrowsStaleWhenBytesOrPinChange() throws IOException {
        TargetDigest equal = target(Map.of("path", "model.bin", "sha256", DIGEST.hex())).get();
        assertThat(equal.digest()).isEqualTo(DIGEST);
        Digest unpinned = target(Map.of("path", "model.bin")).get().digest();
        Digest other = target(Map.of("path", "model.bin", "sha256", "0".repeat(64))).get().digest();
        Files.writeString(dir.resolve("model.bin"), "Weights");
        Digest changed = target(Map.of("path", "model.bin")).get().digest();
        assertThat(List.of(equal.digest(), unpinned, other, changed)).doesNotHaveDuplicates();
    }

    @Test
    void artifactElsewhereIsPinnedOrNotButNotCompared() {
        String url = "https://models.example.test/fraud";
        Map<Claim, Observation> pinned = run(Map.of("url", url, "sha256", DIGEST.hex()));
        assertThat(outcome(pinned, IntegrityCheck.SAME_BYTES))
                .isInstanceOf(Outcome.CouldNotTell.class);
        assertThat(outcome(pinned, IntegrityCheck.PINNED)).isInstanceOf(Outcome.Cleared.class);
        assertThat(outcome(run(Map.of("url", url)), IntegrityCheck.PINNED))
                .isEqualTo(Outcome.Confirmed.deterministic());
        assertThat(target(Map.of("url", url)).get().unpinned()).isNotEmpty();
    }

    @Test
    void elementWithoutArtifactIsNotApplicable() {
        Element element =
                new Element("a", ElementKind.LLM, "a", "", Attributes.NONE, new Place("s", 1, 1));
        assertThat(check.isApplicable(system(element), element)).isFalse();
    }

    @Test
    void folderDigestIsOverPathsAndContents() throws IOException {
        Path folder = dir.resolve("m");
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("b"), "1");
        Files.writeString(folder.resolve("sub/.a"), "2");
        Digest expected =
                Digest.composite(Map.of("b", Digest.of("1").hex(), "sub/.a", Digest.of("2").hex()));
        Map<Claim, Observation> seen = run(Map.of("path", "m", "sha256", expected.hex()));
        assertThat(outcome(seen, IntegrityCheck.SAME_BYTES))
                .isInstanceOfSatisfying(
                        Outcome.Cleared.class,
                        cleared -> assertThat(cleared.scope()).contains("2 bytes in 2 files"));
        Files.move(folder.resolve("b"), folder.resolve("c"));
        assertThat(
                        outcome(
                                run(Map.of("path", "m", "sha256", expected.hex())),
                                IntegrityCheck.SAME_BYTES))
                .isEqualTo(Outcome.Confirmed.deterministic());
    }

    @Test
    void linkInsideTheFolderCountsAsTheFileItLeadsTo() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("m"));
        Files.writeString(folder.resolve("a"), "1");
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        String one = Digest.of("1").hex();
        Digest expected = Digest.composite(Map.of("a", one, "b", one));
        assertThat(
                        outcome(
                                run(Map.of("path", "m", "sha256", expected.hex())),
                                IntegrityCheck.SAME_BYTES))
                .isInstanceOf(Outcome.Cleared.class);
    }

    @Test
    void linksThatLeaveTheFolderOrLoopAreRefused() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("m"));
        Path link = folder.resolve("x");
        Files.createSymbolicLink(link, Path.of("../model.bin"));
        assertThat(obstacle("m")).contains("\"x\"", "leaves the folder");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("."));
        assertThat(obstacle("m")).contains("link to a folder");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("x"));
        assertThat(obstacle("m")).contains("cannot be read");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("nowhere"));
        assertThat(obstacle("m")).contains("is missing");
    }

    @Test
    void pipesAndDevicesAreNotOpened() throws IOException, InterruptedException {
        shell("mkfifo", "pipe");
        assertThat(obstacle("pipe")).contains("pipe, socket or device");
        assertThat(obstacle("/dev/zero")).contains("pipe, socket or device");
        Files.createDirectory(dir.resolve("m"));
        shell("mkfifo", "m/pipe");
        assertThat(obstacle("m")).contains("pipe, socket or device");
    }

    @Test
    void folderNestedTooDeepIsRefused() throws IOException {
        Files.createDirectories(dir.resolve("m" + "/d".repeat(ArtifactReader.MAX_DEPTH + 1)));
        assertThat(obstacle("m")).contains("nested deeper");
    }

    @Test
    void fileWhoseLengthIsNotWhatItSaysIsRefused() {
        // Its length reads as 0, and it yields bytes: like a file that grows while it is read.
        assertThat(obstacle("/proc/self/stat")).contains("changed while it was read");
    }

    @Test
    void interruptedReadingStops() {
        Element element = element(Map.of("path", "model.bin"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> check.target(system(element), element))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void largeSparseFileIsStreamed() throws IOException {
        Path large = dir.resolve("large.bin");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(200_000_003);
        }
        MessageDigest sha = Digest.sha256();
        byte[] zeros = new byte[1_000_000];
        for (int i = 0; i < 200; i++) {
            sha.update(zeros);
        }
        sha.update(new byte[3]);
        String hex = HexFormat.of().formatHex(sha.digest());
        assertThat(
                        outcome(
                                run(Map.of("path", "large.bin", "sha256", hex)),
                                IntegrityCheck.SAME_BYTES))
                .isInstanceOf(Outcome.Cleared.class);
    }

    @Test
    void checkAndSchemaAreFoundAsServices() {
        assertThat(ServiceLoader.load(Check.class))
                .anySatisfy(found -> assertThat(found.card().id()).isEqualTo("integrity"));
        assertThat(ServiceLoader.load(SchemaSource.class))
                .anySatisfy(source ->
                        assertThat(source.fragments())
                                .anySatisfy(fragment ->
                                        assertThat(fragment.key()).isEqualTo("artifact")));
    }

    @Test
    void cardStatesItsClaimsAndItsRecall() {
        assertThat(check.card().claims())
                .containsExactlyInAnyOrder(IntegrityCheck.SAME_BYTES, IntegrityCheck.PINNED);
        assertThat(check.card().recall()).get().asString().contains("SHA-256");
    }
}
