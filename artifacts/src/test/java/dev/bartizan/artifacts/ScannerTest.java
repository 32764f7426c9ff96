package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScannerTest {
    @TempDir Path folder;

    @Test
    void everyFileOfAFolderIsListedHiddenOnesToo() throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        Files.write(folder.resolve("sub/.hidden"), Pickles.calling("os", "system"));
        Files.writeString(folder.resolve("note.txt"), "hello\n");
        ScanReport report = new Scanner().scan(folder);
        assertThat(report.files())
                .extracting(FileReport::path)
                .containsExactly(folder + "/note.txt", folder + "/sub/.hidden");
        assertThat(report.files())
                .extracting(FileReport::verdict)
                .containsExactly(Verdict.CLEAN, Verdict.MALICIOUS);
        assertThat(report.worst()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void aMissingPathIsTheUsersMistake() {
        assertThatThrownBy(() -> new Scanner().scan(folder.resolve("none")))
                .isInstanceOf(UserError.class);
    }

    @Test
    void theJsonFollowsTheContract() throws IOException {
        Files.write(
                folder.resolve("m.zip"),
                Scans.zip(java.util.Map.of("data.pkl", Pickles.calling("os", "system"))));
        String text = ScanJson.write(new Scanner().scan(folder), "9.9");
        JsonNode root = JsonMapper.shared().readTree(text.getBytes(StandardCharsets.UTF_8));
        assertThat(root.required("tool").required("version").asString()).isEqualTo("9.9");
        JsonNode file = root.required("files").get(0);
        assertThat(file.required("path").asString()).isEqualTo(folder + "/m.zip");
        assertThat(file.required("verdict").asString()).isEqualTo("malicious");
        assertThat(file.required("covered").required("of").asLong())
                .isEqualTo(Files.size(folder.resolve("m.zip")));
        JsonNode finding = file.required("findings").get(0);
        assertThat(finding.required("severity").asString()).isEqualTo("critical");
        assertThat(finding.required("cwe").get(0).asString()).startsWith("CWE-");
        assertThat(root.required("files").get(1).required("path").asString())
                .isEqualTo(folder + "/m.zip!data.pkl");
    }

    @Test
    void aLinkThatPointsNowhereIsUnreadable() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
        assertThat(new Scanner().scan(folder).files().getFirst().verdict())
                .isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void aLinkToAFolderIsSaidNotToBeCovered() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path scanned = Files.createDirectories(folder.resolve("scanned"));
        Files.createSymbolicLink(scanned.resolve("link"), elsewhere);
        assertThat(new Scanner().scan(scanned).files().getFirst().verdict())
                .isEqualTo(Verdict.NOT_COVERED);
    }

    @Test
    void readingEveryByteTellsDigestsAndChecksLargeStoredMembers() throws IOException {
        byte[] weights = new byte[(1 << 20) + 1_000_000];
        new java.util.Random(11).nextBytes(weights);
        byte[] pickle = {(byte) 0x80, 2, (byte) 0x4e, (byte) 0x2e};
        java.util.Map<String, byte[]> members = new java.util.LinkedHashMap<>();
        members.put("a/data.pkl", pickle);
        members.put("a/data/0", weights);
        byte[] archive = Scans.zip(members);
        Path sound = Files.write(folder.resolve("sound.pt"), archive);
        archive[archive.length / 2] ^= 1;
        Path flipped = Files.write(folder.resolve("flipped.pt"), archive);
        Scanner everyByte =
                new Scanner(
                        new ScanSettings(
                                ScanSettings.Reading.EVERY_BYTE,
                                (done, of) -> {},
                                java.util.List.of()));
        FileReport soundReport = everyByte.scan(sound).files().getFirst();
        assertThat(soundReport.verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(soundReport.sha256()).contains(dev.bartizan.core.Digest.ofFile(sound));
        assertThat(everyByte.scan(flipped).files().getFirst().verdict())
                .isEqualTo(Verdict.UNREADABLE);
    }

    /// Weights in many small members are not all read for their checksums by a scan of headers;
    /// what it left, a scan of every byte compares.
    @Test
    void checksumsOfManySmallTensorsAreComparedUpToALimit() throws IOException {
        java.util.Map<String, byte[]> members = new java.util.LinkedHashMap<>();
        members.put("a/data.pkl", new byte[] {(byte) 0x80, 2, (byte) 0x4e, (byte) 0x2e});
        java.util.Random random = new java.util.Random(12);
        for (int i = 0; i < 20; i++) {
            byte[] weights = new byte[1 << 20];
            random.nextBytes(weights);
            members.put("a/data/" + i, weights);
        }
        byte[] archive = Scans.zip(members);
        byte[] early = archive.clone();
        early[1 << 19] ^= 1;
        byte[] late = archive.clone();
        late[archive.length - (1 << 19)] ^= 1;
        Path earlyFile = Files.write(folder.resolve("early.pt"), early);
        Path lateFile = Files.write(folder.resolve("late.pt"), late);
        Scanner everyByte =
                new Scanner(
                        new ScanSettings(
                                ScanSettings.Reading.EVERY_BYTE,
                                (done, of) -> {},
                                java.util.List.of()));
        assertThat(new Scanner().scan(earlyFile).files().getFirst().verdict())
                .isEqualTo(Verdict.UNREADABLE);
        assertThat(new Scanner().scan(lateFile).files().getFirst().verdict())
                .isEqualTo(Verdict.CLEAN);
        assertThat(everyByte.scan(lateFile).files().getFirst().verdict())
                .isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void whatAFileReachesIsRecorded() throws IOException {
        Files.write(folder.resolve("m.pkl"), Pickles.calling("os", "system"));
        assertThat(new Scanner().scan(folder).files().getFirst().reaches())
                .containsExactly("pickle-import os.system");
    }
}
