package dev.bartizan.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.LedgerVerification.Kind;
import dev.bartizan.core.ledger.LedgerVerification.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTamperTest {
    private static final String ORIGIN = "example.test/tamper";
    private static final int LINES = 6;

    @TempDir Path dir;
    private List<String> lines = List.of();
    private String anchor = "";
    private byte[] checkpoint = new byte[0];

    @BeforeEach
    void writeSmallLedger() throws IOException {
        GeneratedEvidence generated = new GeneratedEvidence(11);
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            for (int i = 0; i < LINES; i++) {
                Evidence.Attachment raw =
                        ledger.keep(RawMaterial.text("note.txt", "text/plain", "note " + i));
                Evidence evidence = GeneratedEvidence.brief(generated.next(), List.of(raw));
                anchor = ledger.append(List.of(Leaf.of(evidence))).text();
            }
        }
        lines = Files.readString(file()).lines().toList();
        checkpoint = Files.readAllBytes(dir.resolve("checkpoint"));
    }

    private Path file() {
        return dir.resolve("ledger.jsonl");
    }

    private LedgerVerification verify() throws IOException {
        return Ledger.verify(dir);
    }

    private void write(List<String> changed) throws IOException {
        Files.writeString(file(), String.join("\n", changed) + (changed.isEmpty() ? "" : "\n"));
    }

    /// Found with the checkpoint as it was; with the checkpoint rewritten to fit, found by the
    /// anchor.
    private void assertFound(List<String> changed, String how) throws IOException {
        write(changed);
        assertThat(verify().isIntact()).as(how + ", checkpoint intact").isFalse();
        CompactRange tree = new CompactRange();
        changed.forEach(
                line -> tree.add(Merkle.leafHashBytes(line.getBytes(StandardCharsets.UTF_8))));
        String forged = new Checkpoint(ORIGIN, tree.size(), tree.root()).text();
        Files.writeString(dir.resolve("checkpoint"), forged);
        assertThat(Ledger.verify(dir, Optional.of(anchor)).isIntact())
                .as(how + ", checkpoint forged, anchor kept")
                .isFalse();
        Files.write(dir.resolve("checkpoint"), checkpoint);
    }

    private static boolean names(LedgerVerification verification, Kind kind, long line) {
        return verification.problems().stream()
                .anyMatch(problem -> problem.kind() == kind && problem.line() == line);
    }

    @Test
    void untouchedLedgerIsIntact() throws IOException {
        LedgerVerification verification = Ledger.verify(dir, Optional.of(anchor));
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.lines()).isEqualTo(LINES);
        assertThat(verification.found()).contains(Checkpoint.parse(anchor));
        assertThat(verification.notShown()).isEmpty();
        assertThat(verify().notShown()).singleElement().asString().contains("anchor");
    }

    @Test
    void eachDroppedLineIsFoundAndLocated() throws IOException {
        for (int i = 0; i < LINES; i++) {
            List<String> changed = new ArrayList<>(lines);
            changed.remove(i);
            assertFound(changed, "dropped " + i);
            write(changed);
            if (i < LINES - 1) {
                assertThat(names(verify(), Kind.DROPPED, i + 1)).as("dropped %d", i).isTrue();
            } else {
                assertThat(names(verify(), Kind.TRUNCATED, 0)).isTrue();
            }
        }
    }

    @Test
    void eachDuplicatedLineIsFoundAndLocated() throws IOException {
        for (int i = 0; i < LINES; i++) {
            for (int at = i + 1; at <= LINES; at++) {
                List<String> changed = new ArrayList<>(lines);
                changed.add(at, lines.get(i));
                assertFound(changed, "duplicated " + i + " at " + at);
                write(changed);
                assertThat(names(verify(), Kind.DUPLICATED, at + 1)).isTrue();
            }
        }
    }

    @Test
    void eachPairOfSwappedLinesIsFoundAndLocated() throws IOException {
        for (int i = 0; i < LINES; i++) {
            for (int j = i + 1; j < LINES; j++) {
                List<String> changed = new ArrayList<>(lines);
                changed.set(i, lines.get(j));
                changed.set(j, lines.get(i));
                assertFound(changed, "swapped " + i + " and " + j);
                write(changed);
                assertThat(verify().problems())
                        .extracting(Problem::kind)
                        .contains(Kind.MOVED)
                        .doesNotContain(Kind.DROPPED);
            }
        }
    }

    @Test
    void eachEditedLineIsFoundAndLocated() throws IOException {
        for (int i = 0; i < LINES; i++) {
            LedgerLine line = LedgerLine.decode(lines.get(i).getBytes(StandardCharsets.UTF_8));
            Leaf other = Leaf.of(new GeneratedEvidence(100 + i).next());
            byte[] edited = new LedgerLine(line.index(), line.previous(), other).encode();
            List<String> changed = new ArrayList<>(lines);
            changed.set(i, new String(edited, StandardCharsets.UTF_8));
            assertFound(changed, "edited " + i);
            write(changed);
            LedgerVerification verification = verify();
            if (i < LINES - 1) {
                assertThat(names(verification, Kind.CHANGED, i + 1)).as("edited %d", i).isTrue();
                assertThat(verification.problems()).hasSize(2);
            } else {
                assertThat(verification.problems().getFirst().what())
                        .contains("line " + LINES + " was changed");
            }
        }
    }

    @Test
    void anEditedLinkIsBlamedOnItsOwnLine() throws IOException {
        for (int i = 1; i < LINES - 1; i++) {
            LedgerLine line = LedgerLine.decode(lines.get(i).getBytes(StandardCharsets.UTF_8));
            byte[] edited = new LedgerLine(line.index(), LedgerLine.NONE, line.leaf()).encode();
            List<String> changed = new ArrayList<>(lines);
            changed.set(i, new String(edited, StandardCharsets.UTF_8));
            assertFound(changed, "unlinked " + i);
            write(changed);
            assertThat(names(verify(), Kind.CHANGED, i + 1)).as("unlinked %d", i).isTrue();
            assertThat(names(verify(), Kind.CHANGED, i)).as("neighbour of %d", i).isFalse();
        }
    }

    /// A ledger of a few short lines, for what is done to each byte.
    private void writeShortLedger() throws IOException {
        Files.delete(file());
        Files.delete(dir.resolve("checkpoint"));
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            Evidence evidence = new GeneratedEvidence(13).next();
            ledger.append(
                    List.of(
                            GeneratedEvidence.leaf("x", "{}"),
                            Leaf.of(GeneratedEvidence.brief(evidence, List.of())),
                            GeneratedEvidence.leaf("x", "{\"a\":[1,true,\"\u00e9\"]}")));
        }
        assertThat(verify().isIntact()).isTrue();
    }

    @Test
    void truncationAtEachByteIsFound() throws IOException {
        writeShortLedger();
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(verify().isIntact()).as("truncated to %d bytes", length).isFalse();
        }
    }

    @Test
    void flippedBitsAnywhereAreFound() throws IOException {
        writeShortLedger();
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(5);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), changed);
            assertThat(verify().isIntact()).as("flipped a bit of byte %d", at).isFalse();
        }
    }

    @Test
    void flippedBytesOfTheCheckpointAreFound() throws IOException {
        for (int at = 0; at < checkpoint.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = checkpoint.clone();
                changed[at] ^= (byte) (1 << bit);
                Files.write(dir.resolve("checkpoint"), changed);
                assertThat(Ledger.verify(dir, Optional.of(anchor)).isIntact())
                        .as("flipped bit %d of byte %d", bit, at)
                        .isFalse();
            }
        }
    }

    @Test
    void ledgerRewrittenWholeIsFoundOnlyByTheAnchor() throws IOException {
        Files.delete(file());
        Files.delete(dir.resolve("checkpoint"));
        try (Ledger ledger = Ledger.open(dir, ORIGIN)) {
            GeneratedEvidence generated = new GeneratedEvidence(12);
            for (int i = 0; i < LINES; i++) {
                ledger.append(List.of(Leaf.of(generated.next())));
            }
        }
        assertThat(verify().isIntact()).isTrue();
        assertThat(verify().notShown()).isNotEmpty();
        assertThat(Ledger.verify(dir, Optional.of(anchor)).problems())
                .extracting(Problem::kind)
                .containsExactly(Kind.ANCHOR_MISMATCH);
    }

    @Test
    void changedAndMissingRawMaterialIsFoundAtItsLine() throws IOException {
        List<Evidence.Attachment> attachments = new ArrayList<>();
        for (String line : lines) {
            Leaf leaf = LedgerLine.decode(line.getBytes(StandardCharsets.UTF_8)).leaf();
            attachments.addAll(leaf.evidence().orElseThrow().raw());
        }
        Files.writeString(dir.resolve(attachments.get(2).path()), "note x");
        Files.delete(dir.resolve(attachments.get(4).path()));
        LedgerVerification verification = verify();
        assertThat(names(verification, Kind.RAW_CHANGED, 3)).isTrue();
        assertThat(names(verification, Kind.RAW_MISSING, 5)).isTrue();
        assertThat(verification.problems()).hasSize(2);
    }

    @Test
    void tamperedLedgerIsNotOpenedForWriting() throws IOException {
        List<String> changed = new ArrayList<>(lines);
        changed.remove(3);
        write(changed);
        assertThatThrownBy(() -> Ledger.open(dir, ORIGIN).close())
                .isInstanceOfSatisfying(
                        UserError.class,
                        e -> assertThat(e.what()).contains("line 4").contains("index 3"));
        assertThat(Files.readString(file()).lines().toList()).isEqualTo(changed);
    }
}
