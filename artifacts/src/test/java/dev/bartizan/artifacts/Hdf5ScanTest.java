package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.testkit.Hdf5Builder;
import dev.bartizan.testkit.Hdf5Builder.Chunk;
import dev.bartizan.testkit.Hdf5Builder.Filter;
import dev.bartizan.testkit.Hdf5Builder.Message;
import dev.bartizan.testkit.Hdf5Index;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HDF5 files made here: what their object tree tells.
class Hdf5ScanTest {
    private static final String LAMBDA =
            "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"Lambda\",\"config\":"
                    + "{\"function\":[\"bGFtYmRhIHg6IF9faW1wb3J0X18oJ29zJykuc3lzdGVtKCdpZCcp\",null,null]}}]}}";
    private static final String DENSE =
            "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"Dense\",\"config\":{\"units\":1}}]}}";

    /// A model of the old style with weights, as h5py writes it by default.
    static byte[] model(String configuration) {
        Hdf5Builder file = new Hdf5Builder();
        long data = file.add(new byte[400]);
        long kernel = file.object(Hdf5Builder.numbers(data, 100));
        long weights = file.oldGroup(List.of("kernel"), List.of(kernel));
        Message version = file.variableText("keras_version", "2.15.0");
        Message config = file.variableText("model_config", configuration);
        return file.file(
                0, file.oldGroup(List.of("model_weights"), List.of(weights), config, version));
    }

    private static byte[] recent(Message... messages) {
        Hdf5Builder file = new Hdf5Builder();
        return file.file(3, file.recentObject(messages));
    }

    @Test
    void anOrdinaryModelIsCleanAndExplainedToTheLastByte() {
        FileReport report = Scans.scan("m", model(DENSE));
        assertThat(report.verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(report.formats()).contains("hdf5", "keras");
        assertThat(report.isWhole()).isTrue();
    }

    @Test
    void codeInTheConfigurationIsFoundWhereverTheLibraryPutsIt() {
        assertThat(Scans.verdict(model(LAMBDA))).isEqualTo(Verdict.MALICIOUS);
        assertThat(Scans.verdict(recent(Hdf5Builder.text("model_config", LAMBDA))))
                .isEqualTo(Verdict.MALICIOUS);
        Hdf5Builder dense = new Hdf5Builder();
        Message attributes =
                dense.denseAttributes(
                        Hdf5Builder.text("a", "b"), Hdf5Builder.text("model_config", LAMBDA));
        FileReport report = Scans.scan("m", dense.file(3, dense.recentObject(attributes)));
        assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
        assertThat(report.findings()).extracting("rule").containsOnly("keras-lambda-layer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../secret.h5", "C:\\x.h5", "other.h5"})
    void linksIntoOtherFilesAreFlagged(String target) {
        FileReport report = Scans.scan("m", recent(Hdf5Builder.externalLink("w", target, "/w")));
        assertThat(report.findings()).extracting("rule").containsOnly("hdf5-reads-other-files");
        assertThat(report.verdict())
                .isEqualTo(target.equals("other.h5") ? Verdict.SUSPICIOUS : Verdict.MALICIOUS);
    }

    @Test
    void rawDataInOtherFilesAreMalicious() {
        Hdf5Builder file = new Hdf5Builder();
        Message list = file.externalFile("/etc/passwd");
        Message[] numbers = Hdf5Builder.numbers(Hdf5Builder.UNDEFINED, 1);
        long set = file.object(numbers[0], numbers[1], numbers[2], list);
        byte[] bytes = file.file(0, file.oldGroup(List.of("w"), List.of(set)));
        assertThat(Scans.scan("m", bytes).findings().getFirst().message())
                .contains("/etc/passwd", "CVE-2026-1669");
        assertThat(Scans.verdict(Scans.zip(java.util.Map.of("model.weights.h5", bytes))))
                .isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void softLinksAreOrdinaryAndUserDefinedOnesAreNot() {
        assertThat(Scans.verdict(recent(Hdf5Builder.softLink("a", "/b")))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(recent(Hdf5Builder.userLink("a")))).isEqualTo(Verdict.SUSPICIOUS);
    }

    @Test
    void aGroupThatLiesInItselfIsReported() {
        Hdf5Builder file = new Hdf5Builder();
        long self = file.next();
        byte[] bytes = file.file(3, file.recentObject(Hdf5Builder.link("again", self)));
        assertThat(Scans.scan("m", bytes).findings().getFirst().message())
                .contains("lies in itself");
    }

    @Test
    void aListThatTakesNoBytesIsNotReadToItsEnd() {
        assertThat(Scans.scan("m", recent(Hdf5Builder.emptyTexts("t", 9_000))).isWhole()).isTrue();
        FileReport report = Scans.scan("m", recent(Hdf5Builder.emptyTexts("t", 1_500_000)));
        assertThat(report.verdict()).isNotEqualTo(Verdict.CLEAN);
        assertThat(report.toString()).containsPattern("more than 10,?\\d{3} records");
    }

    @Test
    void dataBehindTheEndAreReported() {
        Hdf5Builder file = new Hdf5Builder();
        long set = file.object(Hdf5Builder.numbers(file.next(), 1_000_000));
        byte[] bytes = file.file(0, file.oldGroup(List.of("w"), List.of(set)));
        assertThat(Scans.verdict(bytes)).isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(java.util.Arrays.copyOf(model(DENSE), 5000)))
                .isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void pickledAttributesAndDataAreUnpickledBySomeAndLookedAt() {
        String old = "cos\nsystem\n(S'id'\ntR.";
        assertThat(Scans.verdict(recent(Hdf5Builder.text("TITLE", old))))
                .isEqualTo(Verdict.MALICIOUS);
        Hdf5Builder file = new Hdf5Builder();
        byte[] pickle = java.util.Arrays.copyOf(Pickles.calling("os", "system"), 400);
        long set = file.object(Hdf5Builder.numbers(file.add(pickle), 100));
        assertThat(Scans.verdict(file.file(0, file.oldGroup(List.of("w"), List.of(set)))))
                .isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void configurationsInFreeSpaceAreFound() {
        Hdf5Builder file = new Hdf5Builder();
        file.add(LAMBDA.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(Scans.verdict(file.file(3, file.recentObject()))).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void changedFilesAreAnsweredAndChangedPayloadsAreNotCleared() {
        Random random = new Random(20261128);
        byte[] original = model(LAMBDA);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = original.clone();
            for (int k = 0; k < 6; k++) {
                // only bytes in front of the heap that holds the configuration
                int at = random.nextInt(1200);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xff);
            }
            FileReport report = Scans.scan("m", bytes);
            assertThat(report.coveredBytes()).isLessThanOrEqualTo(bytes.length);
            if (bytes[0] == (byte) 0x89 && bytes[1] == 'H') {
                assertThat(report.verdict()).as("round " + i).isNotEqualTo(Verdict.CLEAN);
            }
        }
    }

    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int LZF = 32_000;

    private static byte[] packed(boolean isText, List<Filter> filters, List<Chunk> chunks) {
        Hdf5Builder file = new Hdf5Builder();
        long set = file.object(file.chunked(isText, 100, filters, chunks));
        return file.file(0, file.oldGroup(List.of("w"), List.of(set)));
    }

    private static byte[] payload() {
        byte[] bytes = new byte[400];
        byte[] pickle = Pickles.calling("os", "system");
        System.arraycopy(pickle, 0, bytes, 101, pickle.length);
        return bytes;
    }

    /// Nothing but runs of up to 32 bytes as they are.
    private static byte[] lzf(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += 32) {
            int n = Math.min(32, bytes.length - at);
            out.write(n - 1);
            out.write(bytes, at, n);
        }
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
            zlib.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] shuffled(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i % 4 * (bytes.length / 4) + i / 4] = bytes[i];
        }
        return out;
    }

    private static FileReport indexed(
            Hdf5Index kind, boolean isText, List<Filter> filters, List<Chunk> chunks) {
        Hdf5Builder file = new Hdf5Builder();
        long set = file.object(file.indexed(kind, isText, 100, filters, chunks));
        return Scans.scan("m", file.file(3, file.oldGroup(List.of("w"), List.of(set))));
    }

    /// Wherever the chunk stands that holds something.
    @ParameterizedTest
    @EnumSource(Hdf5Index.class)
    void chunksAreFoundByEveryIndex(Hdf5Index kind) throws IOException {
        List<Filter> deflate = List.of(new Filter(DEFLATE, 4));
        boolean canBeFiltered = kind != Hdf5Index.IMPLICIT;
        int count = kind == Hdf5Index.SINGLE ? 1 : 13;
        for (int bad = -1; bad < count; bad++) {
            List<Chunk> plain = new ArrayList<>();
            List<Chunk> packed = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] bytes = i == bad ? payload() : new byte[400];
                plain.add(new Chunk(bytes, 0));
                packed.add(new Chunk(deflated(bytes), 0));
            }
            Verdict expected = bad < 0 ? Verdict.CLEAN : Verdict.MALICIOUS;
            for (boolean isText : new boolean[] {false, true}) {
                FileReport report = indexed(kind, isText, List.of(), plain);
                assertThat(report.verdict()).as(kind + " " + bad).isEqualTo(expected);
                if (canBeFiltered) {
                    report = indexed(kind, isText, deflate, packed);
                    assertThat(report.verdict()).as(kind + " packed " + bad).isEqualTo(expected);
                    assertThat(report.isWhole()).isTrue();
                }
            }
        }
    }

    @Test
    void aChunkOfAnyIndexThatLeadsOutOfTheFileIsBroken() throws IOException {
        for (Hdf5Index kind : Hdf5Index.values()) {
            Hdf5Builder file = new Hdf5Builder();
            Chunk chunk = new Chunk(new byte[4000], 0);
            long set = file.object(file.indexed(kind, false, 1000, List.of(), List.of(chunk)));
            byte[] whole = file.file(3, file.oldGroup(List.of("w"), List.of(set)));
            int at = indexOf(whole, 96);
            whole[at + 3] = 0x7f;
            assertThat(Scans.verdict(whole)).as(kind.name()).isEqualTo(Verdict.UNREADABLE);
        }
    }

    /// Where the address of the only chunk, the first block of the file, stands.
    private static int indexOf(byte[] file, int address) {
        for (int i = 4096; i + 8 <= file.length; i++) {
            if (file[i] == address && file[i + 1] == 0 && file[i + 2] == 0 && file[i + 3] == 0) {
                return i;
            }
        }
        throw new AssertionError("no address");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void packedDataAreReadAsTheyAreUnpacked(boolean isText) throws IOException {
        List<Filter> lzf = List.of(new Filter(SHUFFLE, 4), new Filter(LZF, 4, 0x105, 400));
        List<Filter> deflate = List.of(new Filter(DEFLATE, 4));
        Chunk plain = new Chunk(lzf(new byte[400]), 0);
        byte[] clean = packed(isText, lzf, List.of(plain, plain));
        assertThat(Scans.scan("m", clean).verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.scan("m", clean).isWhole()).isTrue();

        Chunk bad = new Chunk(lzf(shuffled(payload())), 0);
        Chunk unpacked = new Chunk(payload(), 3); // as h5py leaves what does not get smaller
        assertThat(Scans.verdict(packed(isText, lzf, List.of(plain, bad))))
                .isEqualTo(Verdict.MALICIOUS);
        assertThat(Scans.verdict(packed(isText, lzf, List.of(plain, unpacked))))
                .isEqualTo(Verdict.MALICIOUS);
        Chunk zlib = new Chunk(deflated(payload()), 0);
        assertThat(Scans.verdict(packed(isText, deflate, List.of(zlib))))
                .isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void configurationsInPackedTextsAreFound() throws IOException {
        byte[] text =
                java.util.Arrays.copyOf(
                        LAMBDA.getBytes(java.nio.charset.StandardCharsets.UTF_8), 400);
        byte[] bytes =
                packed(
                        true,
                        List.of(new Filter(DEFLATE, 4)),
                        List.of(new Chunk(deflated(text), 0)));
        assertThat(Scans.verdict(bytes)).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void packedDataThatAreBrokenAreReported() throws IOException {
        byte[] cut = java.util.Arrays.copyOf(deflated(payload()), 20);
        for (Filter filter : List.of(new Filter(DEFLATE, 4), new Filter(LZF))) {
            FileReport report =
                    Scans.scan("m", packed(false, List.of(filter), List.of(new Chunk(cut, 0))));
            assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
            assertThat(report.findings().getFirst().message()).contains("cannot be unpacked");
        }
    }

    @Test
    void dataPackedByAnUnknownFilterAreNotCovered() {
        Chunk some = new Chunk(new byte[40], 0);
        byte[] bytes = packed(false, List.of(new Filter(32_001)), List.of(some));
        assertThat(Scans.scan("m", bytes).notCovered()).anyMatch(what -> what.contains("packed"));
    }
}
