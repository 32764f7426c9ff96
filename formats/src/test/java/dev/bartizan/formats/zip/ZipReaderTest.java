package dev.bartizan.formats.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipReaderTest {
    private static final String TWO_ENDS = "more than one end record";

    private static byte[] archive(Random random, int members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < members; i++) {
                byte[] data = new byte[random.nextInt(3000)];
                random.nextBytes(data);
                zip.putNextEntry(new ZipEntry("folder/m" + i));
                zip.write(data);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /// The Java library streams an archive; we read its directory. Both must see the same.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void honestArchivesReadAsTheStreamingReaderReadsThem(long seed)
            throws IOException, FormatException {
        byte[] bytes = archive(new Random(seed), 12);
        Map<String, byte[]> streamed = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                streamed.put(entry.getName(), in.readAllBytes());
            }
        }
        ByteSource source = ByteSource.of(bytes);
        ZipArchive archive = ZipReader.read(source, ZipLimits.USUAL);
        assertThat(archive.anomalies()).isEmpty();
        assertThat(archive.gaps()).isEmpty();
        assertThat(archive.members()).hasSameSizeAs(streamed.entrySet());
        for (ZipMember member : archive.members()) {
            try (ZipContent content = ZipContent.open(source, member, 1 << 20)) {
                assertThat(content.problem()).isEmpty();
                assertThat(content.bytes().bytes(0, 1 << 20))
                        .isEqualTo(streamed.get(member.name()));
            }
        }
    }

    /// The end record is looked for from behind, over bytes that its signature has too.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "xy",
                "xyz",
                "xyzw",
                "P",
                "PK",
                "KP\5",
                "PPPK\5\5",
                "\6\5KP",
                "PKPK\5"
            })
    void theEndRecordIsFoundBeforeAnyComment(String comment) throws IOException, FormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a"));
            zip.setComment(comment);
        }
        ZipArchive archive = ZipReader.read(ByteSource.of(out.toByteArray()), ZipLimits.USUAL);
        assertThat(archive.members()).hasSize(1);
        assertThat(archive.anomalies()).isEmpty();
    }

    /// Readers that look from the front take the first end record, those from behind the last.
    @Test
    void twoEndRecordsAreDoubtfulUnlessAMemberHoldsOne() throws IOException, FormatException {
        byte[] inner = archive(new Random(1), 2);
        byte[] outer = archive(new Random(2), 2);
        ByteArrayOutputStream glued = new ByteArrayOutputStream();
        glued.write(inner);
        glued.write(outer);
        assertThat(anomalies(glued.toByteArray())).anyMatch(message -> message.contains(TWO_ENDS));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.setLevel(Deflater.NO_COMPRESSION); // the bytes stand in it as they are
            zip.putNextEntry(new ZipEntry("inner.zip"));
            zip.write(inner);
        }
        assertThat(anomalies(packed.toByteArray())).isEmpty();
    }

    private static List<String> anomalies(byte[] archive) throws IOException, FormatException {
        return ZipReader.read(ByteSource.of(archive), ZipLimits.USUAL).anomalies().stream()
                .map(ZipArchive.Anomaly::message)
                .toList();
    }

    @Test
    void aMemberThatNoDirectoryListsIsFoundInTheGap() throws IOException, FormatException {
        byte[] bytes = archive(new Random(1), 3);
        byte[] hidden = archive(new Random(2), 1);
        int directory =
                new String(hidden, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .indexOf("PK\u0001\u0002");
        byte[] joined = new byte[directory + bytes.length];
        System.arraycopy(hidden, 0, joined, 0, directory);
        System.arraycopy(bytes, 0, joined, directory, bytes.length);
        ZipArchive archive = ZipReader.read(ByteSource.of(joined), ZipLimits.USUAL);
        assertThat(archive.members()).hasSize(4);
        assertThat(archive.members()).filteredOn(member -> !member.isListed()).hasSize(1);
        assertThat(archive.anomalies()).isNotEmpty();
    }

    @Test
    void anArchiveCutShortStillShowsItsMembers() throws IOException, FormatException {
        byte[] bytes = archive(new Random(3), 3);
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 30);
        ZipArchive archive = ZipReader.read(ByteSource.of(cut), ZipLimits.USUAL);
        assertThat(archive.members()).hasSize(3);
        assertThat(archive.anomalies())
                .anyMatch(anomaly -> anomaly.weight() == ZipArchive.Weight.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void changedArchivesAreReadOrRefusedAndEveryByteIsAccountedFor(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] original = archive(random, 4);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = original.clone();
            for (int k = 0; k < 3; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            ByteSource source = ByteSource.of(bytes);
            try {
                for (ZipMember member : ZipReader.read(source, ZipLimits.USUAL).members()) {
                    assertThat(member.dataOffset() + member.packedBytes())
                            .isLessThanOrEqualTo(bytes.length);
                    ZipContent.open(source, member, 1 << 20).close();
                }
            } catch (FormatException e) {
                assertThat(e.what()).isNotBlank();
            }
        }
    }
}
