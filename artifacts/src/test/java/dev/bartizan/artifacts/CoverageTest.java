package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
