package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Range;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every byte is covered by a verdict or said not to be, in files and in their members.
class CoverageTest {
    @Test
    void everyByteOfTheCorpusIsCoveredOrSaidNotToBe() throws IOException {
        new Scanner().scan(Corpora.folder("artifacts")).files().forEach(CoverageTest::check);
    }

    @Test
    void everyByteOfCutAndLengthenedFixturesIsCoveredOrSaidNotToBe() {
        Random random = new Random(0xC0FE);
        for (byte[] fixture : fixtures()) {
            for (int i = 0; i < 60; i++) {
                byte[] cut = Arrays.copyOf(fixture, random.nextInt(fixture.length + 40));
                check(Scans.scan("model.bin", cut));
            }
        }
    }

    @Test
    void everyByteOfEachFormatIsCoveredOrSaidNotToBe() throws IOException {
        for (TruncationTest.Whole whole : TruncationTest.files().toList()) {
            int size = (int) whole.bytes().size();
            byte[] bytes = whole.bytes().bytes(0, size);
            for (int length : new int[] {size, size + 1, size + 1000, size / 2, size - 1}) {
                check(Scans.scan(whole.name(), Arrays.copyOf(bytes, length)));
            }
        }
    }

    @Test
    void rangesCoveredAndNotCoveredAreTheWholeFile() throws IOException {
        Random random = new Random(0xFACE);
        for (TruncationTest.Whole whole : TruncationTest.files().toList()) {
            int size = (int) whole.bytes().size();
            byte[] bytes = whole.bytes().bytes(0, size);
            ranges(whole.name(), bytes);
            for (int i = 0; i < 12; i++) {
                byte[] changed = Arrays.copyOf(bytes, 1 + random.nextInt(size + 500));
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                ranges(whole.name(), changed);
            }
        }
        for (byte[] fixture : fixtures()) {
            ranges("model.bin", fixture);
        }
    }

    /// The scanner's notes on bytes: what the ranges of a report's numbers are.
    private static void ranges(String name, byte[] bytes) throws IOException {
        Item item = new Item(name, ByteSource.of(bytes), Optional.empty(), 0, Item.Role.ANY);
        Inspection inspection = new Inspection(Formats.ALL, List.of());
        Notes notes = new Notes(item, inspection, Budget.forFile(bytes.length));
        inspection.inspect(item, notes);
        ranges(notes);
        assertThat(Scans.scan(name, bytes).coveredBytes()).isEqualTo(notes.coveredBytes());
    }

    private static void ranges(Notes notes) {
        List<Range> all = new ArrayList<>(notes.covered());
        all.addAll(notes.gaps());
        all.sort(Comparator.comparingLong(Range::from));
        long at = 0;
        for (Range range : all) {
            assertThat(range.from()).as("%s: %s", notes.item().path(), all).isEqualTo(at);
            at = range.to();
        }
        assertThat(at).as(notes.item().path()).isEqualTo(notes.item().bytes().size());
        assertThat(notes.covered().stream().mapToLong(Range::length).sum())
                .isEqualTo(notes.coveredBytes());
        if (!notes.gaps().isEmpty()) {
            assertThat(notes.uncovered()).as(notes.item().path()).isNotEmpty();
        }
        notes.members().forEach(CoverageTest::ranges);
    }

    @Test
    void aMemberThatStandsAsItIsIsCoveredWhereItIs() throws IOException {
        byte[] inner = new byte[100];
        Item item =
                new Item("outer", ByteSource.of(new byte[300]), Optional.empty(), 0, Item.Role.ANY);
        Notes notes =
                new Notes(
                        item,
                        (_, member) -> {
                            member.cover(10, 20);
                            member.cover(90, 100);
                        },
                        Budget.forFile(300));
        notes.member("inner", ByteSource.of(inner), 50, 150);

        assertThat(notes.covered()).containsExactly(new Range(60, 70), new Range(140, 150));
        assertThat(notes.gaps())
                .containsExactly(new Range(0, 60), new Range(70, 140), new Range(150, 300));
    }

    private static List<byte[]> fixtures() {
        byte[] pickle = Pickles.protocol(4).ops("}(").text("a").ops("K\u0001u.").bytes();
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("m/data.pkl", pickle);
        members.put("m/data/0", new byte[100]);
        return List.of(
                pickle,
                Pickles.calling("os", "system"),
                Scans.zip(members),
                FormatScanTest.tar("data.pkl", '0', "", pickle),
                FormatScanTest.npy("'<f8'", "(2, 3)", new byte[48]),
                FormatScanTest.onnx("weights.bin", ""),
                FormatScanTest.gguf("{{ messages[0].content }}"));
    }

    private static void check(FileReport report) {
        every(report)
                .forEach(one -> {
                    assertThat(one.coveredBytes()).as(one.path()).isBetween(0L, one.totalBytes());
                    if (one.coveredBytes() < one.totalBytes()) {
                        assertThat(one.notCovered()).as(one.path()).isNotEmpty();
                    }
                    if (one.verdict() == Verdict.CLEAN) {
                        assertThat(one.isWhole()).as(one.path()).isTrue();
                    }
                });
    }

    private static Stream<FileReport> every(FileReport report) {
        return Stream.concat(
                Stream.of(report), report.members().stream().flatMap(CoverageTest::every));
    }
}
