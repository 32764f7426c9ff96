package dev.bartizan.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.LedgerVerification.Kind;
import dev.bartizan.core.ledger.LedgerVerification.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final String ORIGIN = "example.test/ledger";

    @TempDir Path dir;
    private final GeneratedEvidence generated = new GeneratedEvidence(77);

    private List<Evidence> some(int count) {
        return Stream.generate(generated::next).limit(count).toList();
    }

    private static List<Leaf> leaves(List<Evidence> evidence) {
        return evidence.stream().map(Leaf::of).toList();
    }

    private Checkpoint write(List<Evidence> evidence) throws IOException {
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            return ledger.append(leaves(evidence));
        }
    }

    private Path file() {
        return dir.resolve("ledger.jsonl");
    }

    @Test
    void whatIsAppendedReadsBackInOrderAcrossOpenings() throws IOException {
        List<Evidence> first = some(5);
        List<Evidence> second = some(3);
        Checkpoint one = write(first);
        Checkpoint two = write(second);
        assertThat(one.size()).isEqualTo(5);
        assertThat(two.size()).isEqualTo(8);
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            List<Evidence> all = new ArrayList<>(first);
            all.addAll(second);
            assertThat(ledger.evidence()).isEqualTo(all);
            assertThat(ledger.checkpoint()).isEqualTo(two);
            assertThat(ledger.notes()).isEmpty();
            assertThat(ledger.append(List.of())).isEqualTo(two);
        }
        assertThat(Ledger.verify(dir, Optional.of(one.compact())).isIntact()).isTrue();
        assertThat(Files.readString(dir.resolve("checkpoint"))).isEqualTo(two.text());
    }

    @Test
    void linesAreTheLeavesOfTheTree() throws IOException {
        Checkpoint head = write(some(7));
        List<Digest> hashes =
                Files.readAllLines(file()).stream()
                        .map(line -> Merkle.leafHash(line.getBytes(StandardCharsets.UTF_8)))
                        .toList();
        assertThat(Merkle.root(hashes)).isEqualTo(head.root());
    }

    @Test
    void runsPinsAndLaterKindsAreKept() throws IOException {
        RunRecord run =
                new RunRecord(
                        "Desk \u2014 \"x\"",
                        Instant.ofEpochSecond(5),
                        "0.1.0",
                        List.of("b", "a"),
                        Arrays.stream(Standing.values())
                                .map(standing ->
                                        new RunRecord.ThreatLine(
                                                "T-" + standing,
                                                "r",
                                                "a",
                                                Severity.HIGH,
                                                standing,
                                                standing == Standing.CLEARED))
                                .toList(),
                        9,
                        1);
        PinRecord pin = new PinRecord("a", "m.bin", Digest.of("m"), "me", Instant.EPOCH);
        Leaf later = GeneratedEvidence.leaf("later", "{\"x\":1}");
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            ledger.append(List.of(Leaf.of(run), Leaf.of(pin), later));
            ledger.append(leaves(some(1)));
            assertThat(ledger.runs()).containsExactly(run);
            assertThat(ledger.evidence()).hasSize(1);
            List<Leaf> all = new ArrayList<>();
            ledger.read((_, leaf) -> all.add(leaf));
            assertThat(all.get(1).pin()).contains(pin);
            assertThat(all.get(2)).isEqualTo(later);
        }
        assertThat(Ledger.verify(dir).problems()).isEmpty();
    }

    @Test
    void bodiesOfLeavesAreMadeCanonicalAndMustBeObjects() {
        assertThat(GeneratedEvidence.leaf("x", "{\"b\":1.0, \"a\":2}").body())
                .isEqualTo("{\"a\":2,\"b\":1}");
        assertThatThrownBy(() -> GeneratedEvidence.leaf("x", "[]"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GeneratedEvidence.leaf("No Kind", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bodyThatLooksLikeTheRestOfALineReadsBack() throws IOException {
        Leaf leaf =
                GeneratedEvidence.leaf(
                        "x", "{\"a\":{\"index\":0,\"kind\":\"y\"},\"b\":\",\\\"index\\\":0,\"}");
        List<Leaf> read = new ArrayList<>();
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            ledger.append(List.of(leaf, leaf));
            ledger.read((_, each) -> read.add(each));
        }
        assertThat(read).containsExactly(leaf, leaf);
    }

    @Test
    void rawMaterialIsKeptOnceUnderItsDigest() throws IOException {
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            Evidence.Attachment one = ledger.keep(RawMaterial.text("a.json", "text/json", "{}"));
            Evidence.Attachment two = ledger.keep(RawMaterial.text("b.json", "text/json", "{}"));
            assertThat(one).isEqualTo(two);
            assertThat(one.path()).isEqualTo("raw/" + Digest.of("{}").hex() + ".json");
            assertThat(dir.resolve(one.path())).hasContent("{}");
            Files.writeString(dir.resolve(one.path()), "spoilt");
            ledger.keep(RawMaterial.text("a.json", "text/json", "{}"));
            assertThat(dir.resolve(one.path())).hasContent("{}");
            assertThat(ledger.keep(RawMaterial.text("noextension", "text/plain", "n")).path())
                    .isEqualTo("raw/" + Digest.of("n").hex());
        }
    }

    @Test
    void attachmentsThatLeaveTheFolderAreReported() throws IOException {
        List<String> paths =
                List.of("../x", "raw/../../x", "/etc/passwd", "raw/.hidden", "raw/a/b");
        List<Leaf> leaves = new ArrayList<>();
        for (String path : paths) {
            Evidence.Attachment attachment = new Evidence.Attachment(path, Digest.of(""));
            leaves.add(Leaf.of(GeneratedEvidence.brief(generated.next(), List.of(attachment))));
        }
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            ledger.append(leaves);
        }
        assertThat(Ledger.verify(dir).problems())
                .hasSize(paths.size())
                .allMatch(problem -> problem.kind() == Kind.RAW_MISSING);
    }

    @Test
    void crashAtAnyByteOfABatchLosesNothingThatWasComplete() throws IOException {
        write(some(2));
        byte[] before = Files.readAllBytes(file());
        byte[] checkpoint = Files.readAllBytes(dir.resolve("checkpoint"));
        List<Evidence> batch =
                some(2).stream().map(each -> GeneratedEvidence.brief(each, List.of())).toList();
        Checkpoint full = write(batch);
        byte[] after = Files.readAllBytes(file());
        for (int length = before.length; length <= after.length; length += 7) {
            Files.write(file(), Arrays.copyOf(after, length));
            Files.write(dir.resolve("checkpoint"), checkpoint);
            int complete = newlines(Arrays.copyOf(after, length));
            boolean isTorn = length > 0 && after[length - 1] != '\n';
            try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
                assertThat(ledger.checkpoint().size()).isEqualTo(complete);
                assertThat(ledger.notes()).hasSize((isTorn ? 1 : 0) + (complete > 2 ? 1 : 0));
                requireTorn(isTorn, after, length);
                ledger.append(leaves(batch.subList(complete - 2, 2)));
                assertThat(ledger.checkpoint()).isEqualTo(full);
            }
            assertThat(Files.readAllBytes(file())).isEqualTo(after);
            assertThat(Ledger.verify(dir).isIntact()).isTrue();
        }
    }

    private static int newlines(byte[] bytes) {
        int count = 0;
        for (byte each : bytes) {
            count += each == '\n' ? 1 : 0;
        }
        return count;
    }

    private void requireTorn(boolean isTorn, byte[] after, int length) throws IOException {
        Path torn = dir.resolve("ledger.torn-1");
        assertThat(Files.exists(torn)).isEqualTo(isTorn);
        if (isTorn) {
            int start = length;
            while (after[start - 1] != '\n') {
                start--;
            }
            assertThat(Files.readAllBytes(torn))
                    .isEqualTo(Arrays.copyOfRange(after, start, length));
            Files.delete(torn);
        }
    }

    @Test
    void aSecondTornLineDoesNotReplaceTheFirst() throws IOException {
        write(some(1));
        for (String torn : List.of("one", "two")) {
            Files.writeString(file(), Files.readString(file()) + torn);
            Ledger.open(dir, ORIGIN).close();
        }
        assertThat(dir.resolve("ledger.torn-1")).hasContent("one");
        assertThat(dir.resolve("ledger.torn-2")).hasContent("two");
    }

    @Test
    void linesBeyondTheCheckpointAreReportedByVerify() throws IOException {
        write(some(1));
        byte[] checkpoint = Files.readAllBytes(dir.resolve("checkpoint"));
        write(some(1));
        Files.write(dir.resolve("checkpoint"), checkpoint);
        assertThat(Ledger.verify(dir).problems())
                .extracting(Problem::kind)
                .containsExactly(Kind.BEYOND_CHECKPOINT);
    }

    @Test
    void lostCheckpointOrLedgerIsRefusedAndReported() throws IOException {
        Checkpoint head = write(some(2));
        Files.delete(dir.resolve("checkpoint"));
        assertThatThrownBy(() -> Ledger.open(dir, ORIGIN).close())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("checkpoint is missing");
        assertThat(Ledger.verify(dir).problems())
                .extracting(Problem::kind)
                .containsExactly(Kind.CHECKPOINT_UNUSABLE);
        Files.writeString(dir.resolve("checkpoint"), head.text());
        Files.delete(file());
        assertThatThrownBy(() -> Ledger.open(dir, ORIGIN).close())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("ledger.jsonl is missing");
        assertThat(Ledger.verify(dir).problems())
                .extracting(Problem::kind)
                .containsExactly(Kind.MISSING);
        assertThat(file()).doesNotExist();
    }

    @Test
    void folderWithoutALedgerIsSaidSo() {
        assertThatThrownBy(() -> Ledger.verify(dir.resolve("none")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("No evidence ledger");
    }

    @Test
    void anchorMayBeTextOneLineOrFile() throws IOException {
        Checkpoint head = write(some(3));
        write(some(2));
        Path anchorFile = Files.writeString(dir.resolve("anchor.txt"), head.text());
        for (String anchor : List.of(head.text(), head.compact(), anchorFile.toString())) {
            LedgerVerification verification = Ledger.verify(dir, Optional.of(anchor));
            assertThat(verification.isIntact()).isTrue();
            assertThat(verification.notShown()).singleElement().asString().contains("4 to 5");
        }
        assertThatThrownBy(() -> Ledger.verify(dir, Optional.of("no-such-file")))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> Ledger.verify(dir, Optional.of("a\nb\nc")))
                .isInstanceOf(UserError.class);
        String others = new Checkpoint("example.test/other", 3, head.root()).text();
        assertThat(Ledger.verify(dir, Optional.of(others)).problems())
                .extracting(Problem::kind)
                .containsExactly(Kind.ANCHOR_MISMATCH);
    }

    @Test
    void ledgerOfAnotherSystemIsNotTouched() throws IOException {
        write(some(1));
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(() -> Ledger.open(dir, "example.test/other").close())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("belongs to \"" + ORIGIN + "\"");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void secondOpenerIsTurnedAwayUntilTheFirstCloses() throws IOException {
        try (Ledger first = Ledger.open(dir, ORIGIN)) {
            assertThat(first.checkpoint().size()).isZero();
            assertThatThrownBy(() -> Ledger.open(dir, ORIGIN, Duration.ofMillis(120)).close())
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("Another run");
        }
        Ledger.open(dir, ORIGIN, Duration.ZERO).close();
    }

    @Test
    void manyThreadsAppendWithoutLoss() throws Exception {
        List<Evidence> evidence = some(60);
        try (Ledger ledger = Ledger.open(dir, ORIGIN);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Checkpoint>> done = new ArrayList<>();
            for (Evidence each : evidence) {
                done.add(threads.submit(() -> ledger.append(List.of(Leaf.of(each)))));
            }
            for (Future<Checkpoint> each : done) {
                each.get();
            }
            assertThat(ledger.evidence()).containsExactlyInAnyOrderElementsOf(evidence);
        }
        assertThat(Ledger.verify(dir).isIntact()).isTrue();
    }

    @Test
    void interruptedThreadStillWritesWhole() throws IOException {
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            Thread.currentThread().interrupt();
            ledger.keep(RawMaterial.text("a.txt", "text/plain", "a"));
            assertThat(ledger.append(leaves(some(2))).size()).isEqualTo(2);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Ledger.verify(dir).isIntact()).isTrue();
    }

    @Test
    void leafBeyondTheLimitIsRefusedBeforeAnythingIsWritten() throws IOException {
        Leaf large =
                GeneratedEvidence.leaf(
                        "x", "{\"a\":\"" + "x".repeat(LineReader.MAX_LINE_BYTES - 50) + "\"}");
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            Leaf small = GeneratedEvidence.leaf("x", "{}");
            assertThatThrownBy(() -> ledger.append(List.of(small, large)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("bytes");
            assertThat(file()).isEmptyFile();
            assertThat(ledger.append(List.of(small)).size()).isEqualTo(1);
        }
    }

    @Test
    void lineBeyondTheLimitIsReportedAndHashed() throws IOException {
        write(some(1));
        byte[] endless = new byte[LineReader.MAX_LINE_BYTES + 5];
        Arrays.fill(endless, (byte) 'x');
        endless[endless.length - 1] = '\n';
        try (var out = Files.newOutputStream(file(), StandardOpenOption.APPEND)) {
            out.write(endless);
        }
        LedgerVerification verification = Ledger.verify(dir);
        assertThat(verification.lines()).isEqualTo(2);
        assertThat(verification.problems())
                .anyMatch(problem -> problem.kind() == Kind.MALFORMED && problem.line() == 2);
    }

    @Test
    void proofsOfLinesAndOfGrowthHold() throws IOException {
        Checkpoint old = write(some(5));
        write(some(6));
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            for (int i = 0; i < 11; i++) {
                assertThat(ledger.prove(i).isValid()).isTrue();
            }
            InclusionProof proof = ledger.prove(3);
            assertThat(new InclusionProof(4, proof.leafHash(), proof.path(), proof.checkpoint()))
                    .matches(wrong -> !wrong.isValid());
            Checkpoint head = ledger.checkpoint();
            assertThat(Merkle.isConsistent(5, 11, ledger.proveGrowth(5), old.root(), head.root()))
                    .isTrue();
            assertThatThrownBy(() -> ledger.prove(11)).isInstanceOf(UserError.class);
            assertThatThrownBy(() -> ledger.proveGrowth(12)).isInstanceOf(UserError.class);
        }
    }

    @Test
    void fileThatGrewBehindTheLedgersBackIsNotAppendedTo() throws IOException {
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            Files.writeString(file(), "x\n");
            assertThatThrownBy(() -> ledger.append(leaves(some(1)))).isInstanceOf(UserError.class);
        }
    }

    @Test
    void problemsAreBounded() throws IOException {
        write(some(1));
        Files.writeString(file(), "{}\n".repeat(1000));
        LedgerVerification verification = Ledger.verify(dir);
        assertThat(verification.problems()).hasSize(Problems.MAX_KEPT);
        assertThat(verification.furtherProblems()).isPositive();
    }
}
