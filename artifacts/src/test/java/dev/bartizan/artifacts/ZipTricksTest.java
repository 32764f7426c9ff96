package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.ZipParts.Bytes;
import dev.bartizan.artifacts.ZipParts.Member;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Archives whose readers see different things: by the directory, by the members themselves, by
/// streaming. Whoever reads it in whichever way, what is inside is found, and the disagreement is.
class ZipTricksTest {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");
    private static final byte[] HARMLESS = Pickles.protocol(2).ops("}.").bytes();

    record Trick(String what, ByteSource zip, String rule) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Trick disagree(String what, ZipParts zip) {
        return new Trick(what, ByteSource.of(zip.bytes()), "archive-readers-disagree");
    }

    private static Trick broken(String what, ZipParts zip) {
        return new Trick(what, ByteSource.of(zip.bytes()), "archive-structure");
    }

    static Stream<Trick> tricks() {
        return Stream.of(
                methodOfTheMember(),
                methodOfTheDirectory(),
                sizes(),
                name(),
                unicodeName(),
                sameFile(),
                unlisted(),
                badSignature(),
                secondEnd(),
                zip64(),
                disks(),
                descriptor(),
                checksum(),
                twice());
    }

    private static Trick methodOfTheMember() {
        ZipParts zip = new ZipParts();
        Member member = zip.deflated("m/data.pkl", PAYLOAD);
        member.central.method = 0;
        return disagree("only the member says that it is packed", zip);
    }

    private static Trick methodOfTheDirectory() {
        ZipParts zip = new ZipParts();
        Member member = zip.deflated("m/data.pkl", PAYLOAD);
        member.local.method = 0;
        return disagree("only the directory says that it is packed", zip);
    }

    private static Trick sizes() {
        ZipParts zip = new ZipParts();
        Member member = zip.stored("m/data.pkl", PAYLOAD);
        member.central.packed = 4;
        member.central.unpacked = 4;
        return disagree("the directory shortens it", zip);
    }

    private static Trick name() {
        ZipParts zip = new ZipParts();
        zip.stored("m/data.pkl", PAYLOAD).local.name = "m/read.txt";
        return disagree("two names", zip);
    }

    private static Trick unicodeName() {
        ZipParts zip = new ZipParts();
        byte[] name = "other.pkl".getBytes(StandardCharsets.UTF_8);
        Member member = zip.stored("m/data.pkl", PAYLOAD);
        member.central.extra =
                new Bytes().u16(0x7075).u16(name.length + 5).raw((byte) 1).u32(0).raw(name).bytes();
        return disagree("a second name in an extra field", zip);
    }

    private static Trick sameFile() {
        ZipParts zip = new ZipParts();
        zip.stored("m/data.pkl", HARMLESS);
        zip.stored("m/./data.pkl", PAYLOAD);
        return disagree("two spellings of one path", zip);
    }

    private static Trick unlisted() {
        ZipParts zip = new ZipParts();
        zip.stored("m/data.pkl", HARMLESS);
        zip.stored("m/data.pkl", PAYLOAD).isListed = false;
        return disagree("a member that the directory leaves out", zip);
    }

    private static Trick badSignature() {
        ZipParts zip = new ZipParts();
        zip.deflated("m/data.pkl", PAYLOAD).signature = "XX\3\4";
        return broken("a member without its signature", zip);
    }

    private static Trick secondEnd() {
        byte[] end = new Bytes().text("PK\5\6").raw(new byte[16]).u16(0).bytes();
        ZipParts zip = new ZipParts().comment(end);
        zip.stored("m/data.pkl", PAYLOAD);
        return disagree("a second end record in the comment", zip);
    }

    private static Trick zip64() {
        ZipParts zip = new ZipParts().zip64Lie();
        zip.stored("m/data.pkl", PAYLOAD);
        return disagree("a zip64 end record with an empty directory", zip);
    }

    private static Trick disks() {
        ZipParts zip = new ZipParts().disk(1);
        zip.stored("m/data.pkl", PAYLOAD);
        return disagree("an archive on several disks", zip);
    }

    private static Trick descriptor() {
        ZipParts zip = new ZipParts();
        Member member = zip.stored("m/data.pkl", PAYLOAD);
        member.local.flags = 8;
        member.central.flags = 8;
        member.behind = new Bytes().text("PK\7\10").u32(1).u32(2).u32(3).bytes();
        return disagree("a descriptor with other sizes", zip);
    }

    private static Trick checksum() {
        ZipParts zip = new ZipParts();
        Member member = zip.deflated("m/data.pkl", PAYLOAD);
        member.local.crc ^= 1;
        member.central.crc ^= 1;
        return broken("a wrong checksum", zip);
    }

    private static Trick twice() {
        ZipParts zip = new ZipParts();
        zip.stored("m/data.pkl", PAYLOAD);
        zip.stored("m/data.pkl", HARMLESS);
        return disagree("one name twice", zip);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void thePayloadAndTheTrickAreFound(Trick trick) {
        FileReport report = Scans.scan("model.pt", trick.zip());
        assertThat(report.findings())
                .as(report.toString())
                .extracting("rule")
                .contains(trick.rule());
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void bytesInFrontAndBehindAreLookedAt() {
        ZipParts plain = new ZipParts();
        plain.stored("a.txt", "text".getBytes(StandardCharsets.UTF_8));
        assertThat(Scans.verdict(PickleScanTest.joined(plain.bytes(), PAYLOAD)))
                .isEqualTo(Verdict.MALICIOUS);
        assertThat(Scans.verdict(PickleScanTest.joined(PAYLOAD, plain.bytes())))
                .isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void timesThatDifferAreALowFindingAlone() {
        ZipParts zip = new ZipParts();
        zip.stored("a.txt", "text".getBytes(StandardCharsets.UTF_8)).local.time = 1;
        FileReport report = Scans.scan("a.zip", zip.bytes());
        assertThat(report.findings())
                .extracting("rule")
                .containsExactly("archive-readers-disagree");
        assertThat(report.verdict()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void whatIsEncryptedIsNotCovered() {
        ZipParts zip = new ZipParts();
        byte[] noise = new byte[300];
        new java.util.Random(7).nextBytes(noise);
        Member member = zip.stored("m/data.pkl", noise);
        member.local.flags = 1;
        member.central.flags = 1;
        member.local.method = 8;
        member.central.method = 8;
        assertThat(Scans.scan("model.pt", zip.bytes()).verdict()).isNotEqualTo(Verdict.CLEAN);
    }

    @Test
    void manyBombsInOneArchiveAreStoppedEarly() {
        ZipParts zip = new ZipParts();
        for (int i = 0; i < 4; i++) {
            zip.deflated("m" + i, new byte[64 << 20]);
        }
        FileReport report = Scans.scan("a.zip", zip.bytes());
        assertThat(report.findings()).extracting("rule").contains("archive-bomb");
        assertThat(report.verdict()).isNotEqualTo(Verdict.CLEAN);
        long unpacked = report.members().stream().mapToLong(FileReport::totalBytes).sum();
        assertThat(unpacked).isLessThanOrEqualTo(64 << 20);
    }

    /// Fuzzing found it: every member of every level shows most of the archive again, as it says
    /// itself, so that two kilobytes had 2,781 members.
    @Test
    void archivesThatShowThemselvesDoNotMultiply() throws IOException {
        byte[] bytes;
        try (InputStream in = ZipTricksTest.class.getResourceAsStream("zips-in-zips.base64")) {
            bytes = Base64.getMimeDecoder().decode(in.readAllBytes());
        }
        FileReport report = Scans.scan("m", bytes);
        assertThat(all(report)).isLessThan(500);
        assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(report.notCovered())
                .anyMatch(text -> text.contains("archives that show bytes of others"));
    }

    /// A first member that lies of its size must not keep the next ones of a nested archive unseen.
    @Test
    void aLieOfSizeInAnInnerArchiveHidesNothing() {
        for (int depth = 1; depth < 5; depth++) {
            ZipParts inner = new ZipParts();
            for (int i = 0; i < 12; i++) {
                Member liar = inner.stored("a" + i, HARMLESS);
                liar.central.packed = 1 << 30;
                liar.local.packed = 1 << 30;
            }
            inner.stored("b.pkl", PAYLOAD);
            byte[] zip = inner.bytes();
            for (int i = 0; i < depth; i++) {
                ZipParts outer = new ZipParts();
                outer.stored("z", zip);
                zip = outer.bytes();
            }
            assertThat(Scans.verdict(zip)).as("depth " + depth).isEqualTo(Verdict.MALICIOUS);
        }
    }

    private static long all(FileReport report) {
        return 1 + report.members().stream().mapToLong(ZipTricksTest::all).sum();
    }
}
