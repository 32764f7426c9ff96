package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.spi.TimeLimit;
import dev.bartizan.core.Finding;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;

/// What is said of an archive does not depend on how many threads look at its members.
class PartsTest {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    private static FileReport scan(byte[] bytes, int helpers) throws IOException {
        return new Scanner(ScanSettings.USUAL, Optional.empty(), TimeLimit::forFile, helpers)
                .scan("m.zip", ByteSource.of(bytes));
    }

    private static void isSaidAlike(byte[] bytes) throws IOException {
        FileReport alone = scan(bytes, 0);
        for (int i = 0; i < 2; i++) {
            assertThat(scan(bytes, 3)).isEqualTo(alone);
        }
    }

    /// Members of all kinds, every seventh of them bad, in an order that a seed shuffles.
    private static Map<String, byte[]> members(int count, long seed) {
        Random random = new Random(seed);
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            byte[] content =
                    switch (random.nextInt(7)) {
                        case 0 -> PAYLOAD;
                        case 1 -> PickleParts.pickle(PickleParts.text("weights " + i));
                        case 2 -> utf8("{\"a\": [1, 2, " + i + "]}");
                        case 3 -> Scans.zip(Map.of("inner.pkl", PAYLOAD, "b.txt", utf8("b")));
                        case 4 -> TensorTrials.npy(TensorTrials.floats(i, 300));
                        case 5 -> Arrays.copyOf(PAYLOAD, PAYLOAD.length - 3);
                        default -> TensorTrials.gzip(PAYLOAD);
                    };
            members.put("folder/" + i + ".bin", content);
        }
        return members;
    }

    @Test
    void manyMembersOfAllKinds() throws IOException {
        byte[] archive = Scans.zip(members(500, 1));

        isSaidAlike(archive);
        FileReport report = scan(archive, 3);
        assertThat(report.members()).hasSize(500);
        assertThat(report.members())
                .extracting(FileReport::path)
                .isSortedAccordingTo(java.util.Comparator.comparingInt(PartsTest::number));
    }

    private static int number(String path) {
        return Integer.parseInt(path.substring(path.indexOf('/') + 1, path.lastIndexOf('.')));
    }

    @Test
    void membersOfTarArchives() throws IOException {
        byte[] archive = new byte[0];
        for (Map.Entry<String, byte[]> member : members(60, 2).entrySet()) {
            byte[] one = FormatScanTest.tar(member.getKey(), '0', "", member.getValue());
            archive = joined(archive, Arrays.copyOf(one, one.length - 1024));
        }
        isSaidAlike(joined(archive, new byte[1024]));
        assertThat(scan(archive, 3).verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void membersOf7zArchives() throws IOException {
        byte[] archive = sevenZip(members(60, 3));

        isSaidAlike(archive);
        assertThat(scan(archive, 3).members()).hasSize(60);
        assertThat(scan(archive, 3).verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    /// More than is kept unpacked at once.
    @Test
    void largeMembersOf7zArchives() throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (int i = 0; i < 7; i++) {
            byte[] zeros = new byte[3 << 20];
            members.put(i + ".bin", i == 6 ? joined(PAYLOAD, zeros) : zeros);
        }
        byte[] archive = sevenZip(members);

        isSaidAlike(archive);
        assertThat(scan(archive, 3).members())
                .filteredOn(member -> member.verdict() == Verdict.MALICIOUS)
                .extracting(FileReport::path)
                .containsExactly("m.zip!6.bin");
    }

    /// What was unpacked before the archive breaks is looked at.
    @Test
    void membersOfA7zArchiveThatBreaks() throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("bad.pkl", PAYLOAD);
        byte[] noise = new byte[100_000];
        new Random(4).nextBytes(noise);
        members.put("noise", noise);
        byte[] archive = sevenZip(members);
        archive[90_000] ^= 0x55;

        isSaidAlike(archive);
        assertThat(scan(archive, 3).verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    private static byte[] sevenZip(Map<String, byte[]> members) throws IOException {
        SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel();
        try (SevenZOutputFile out = new SevenZOutputFile(channel)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                SevenZArchiveEntry entry = new SevenZArchiveEntry();
                entry.setName(member.getKey());
                out.putArchiveEntry(entry);
                out.write(member.getValue());
                out.closeArchiveEntry();
            }
        }
        return Arrays.copyOf(channel.array(), (int) channel.size());
    }

    /// The first numbers use up what may be searched, so that what hides in later ones is not seen.
    @Test
    void whatIsSearchedIsSearchedInTurn() throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        for (int i = 0; i < 24; i++) {
            byte[] numbers = TensorTrials.floats(i, 262_144);
            System.arraycopy(PAYLOAD, 0, numbers, 900_001, PAYLOAD.length);
            arrays.put(i + ".npy", TensorTrials.npy(numbers));
        }
        byte[] archive = Scans.zip(arrays);

        isSaidAlike(archive);
        long found =
                scan(archive, 3).members().stream()
                        .filter(member -> member.verdict() != Verdict.CLEAN)
                        .count();
        assertThat(found).isBetween(7L, 8L);
    }

    /// More than one file may unpack, by members of which each is allowed.
    @Test
    void membersThatUnpackTooMuchTogether() throws IOException {
        ZipParts parts = new ZipParts();
        for (int i = 0; i < 18; i++) {
            parts.deflated(i + ".bin", new byte[4 << 20]);
        }
        byte[] archive = parts.bytes();

        isSaidAlike(archive);
        assertThat(scan(archive, 3).verdict()).isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void findingsBeyondTheirNumber() throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (int i = 0; i < 3_000; i++) {
            members.put(i + ".pkl", PAYLOAD);
        }
        byte[] archive = Scans.zip(members);

        isSaidAlike(archive);
        assertThat(scan(archive, 3).findings()).hasSize(2_000);
    }

    /// The time of all threads counts, and what was found before it was up stays.
    @Test
    void timeIsCountedOverAllThreads() throws IOException {
        AtomicLong wall = new AtomicLong();
        AtomicLong processor = new AtomicLong();
        Scanner scanner =
                new Scanner(
                        ScanSettings.USUAL,
                        Optional.empty(),
                        size ->
                                TimeLimit.forFile(
                                        size,
                                        new TimeLimit.Clocks(
                                                () -> wall.addAndGet(1_000_000),
                                                () -> processor.addAndGet(1_000_000))),
                        3);
        FileReport report = scanner.scan("m.zip", ByteSource.of(Scans.zip(members(2_000, 3))));

        assertThat(report.findings()).extracting(Finding::rule).contains("time-limit");
        assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
        assertThat(report.members()).hasSizeLessThan(2_000);
    }

    @Test
    void otherFilesGoOnMeanwhile() throws IOException {
        List<FileReport> reports =
                java.util.stream.IntStream.range(0, 12)
                        .parallel()
                        .mapToObj(seed -> unchecked(Scans.zip(members(200, seed))))
                        .toList();
        for (int seed = 0; seed < 12; seed++) {
            assertThat(reports.get(seed)).isEqualTo(scan(Scans.zip(members(200, seed)), 0));
        }
    }

    private static FileReport unchecked(byte[] bytes) {
        try {
            return scan(bytes, 3);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
