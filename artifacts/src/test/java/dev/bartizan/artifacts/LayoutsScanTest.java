package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders as caches and registries lay them out, and tables beside weights.
class LayoutsScanTest {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    @TempDir Path folder;

    private static FileReport named(ScanReport report, String end) {
        return report.files().stream()
                .filter(file -> file.path().endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    @Test
    void linksOfTheHuggingFaceCacheAreAsTheyShouldBe() throws IOException {
        write("models--a--b/blobs/abc", utf8("{\"model_type\":\"bert\"}"));
        Path snapshot = folder.resolve("models--a--b/snapshots/0123");
        Files.createDirectories(snapshot);
        Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs/abc"));
        ScanReport report = new Scanner().scan(snapshot);
        assertThat(report.worst()).isEqualTo(Verdict.CLEAN);
        assertThat(report.files().getFirst().findings()).isEmpty();
        assertThat(new Scanner().scan(folder).worst()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void linksThatLeadOutAreFound() throws IOException {
        Path outside = write("outside/secret.json", utf8("{\"a\":1}"));
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.createSymbolicLink(model.resolve("a.json"), Path.of("../outside/secret.json"));
        Files.createSymbolicLink(model.resolve("b.json"), outside.toAbsolutePath());
        Files.createSymbolicLink(model.resolve("c.txt"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(model.resolve("assets"), Path.of("../outside"));
        Files.createSymbolicLink(model.resolve("variables"), Path.of("/etc"));
        ScanReport report = new Scanner().scan(model);
        assertThat(named(report, "assets").verdict()).isEqualTo(Verdict.SUSPICIOUS);
        assertThat(named(report, "a.json").verdict()).isEqualTo(Verdict.SUSPICIOUS);
        assertThat(named(report, "b.json").worst()).contains(Severity.LOW);
        assertThat(named(report, "c.txt").verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void blobsOfAnImageLayoutAreCheckedToTheirDigests() throws IOException {
        byte[] layer = FormatScanTest.tar("weights.pkl", '0', "", PAYLOAD);
        write("blobs/sha256/" + Digest.of(layer).hex(), layer);
        byte[] manifest =
                utf8(
                        "{\"schemaVersion\":2,\"layers\":[{\"mediaType\":\"application/vnd.cncf.model.weight.v1.tar\",\"digest\":\"sha256:"
                                + Digest.of(layer).hex()
                                + "\",\"size\":"
                                + layer.length
                                + "}]}");
        String name = "blobs/sha256/" + Digest.of(manifest).hex();
        write(name, manifest);
        write(
                "index.json",
                utf8(
                        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:"
                                + Digest.of(manifest).hex()
                                + "\",\"size\":"
                                + manifest.length
                                + "}]}"));
        ScanReport report = new Scanner().scan(folder);
        assertThat(named(report, "index.json").verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(named(report, Digest.of(layer).hex()).verdict()).isEqualTo(Verdict.MALICIOUS);
        Files.write(folder.resolve("blobs/sha256/" + Digest.of(layer).hex()), new byte[512]);
        assertThat(named(new Scanner().scan(folder), name).findings())
                .extracting("rule")
                .contains("oci-digest-mismatch");
    }

    @Test
    void layersThatAreObjectsAreOpened() throws IOException {
        write("layer.tar", FormatScanTest.tar("w.pkl", '0', "", PAYLOAD));
        Path manifest = write("model.json", utf8("{\"layers\":[{\"path\":\"layer.tar\"}]}"));
        assertThat(new Scanner().scan(manifest).worst()).isEqualTo(Verdict.MALICIOUS);
        String away =
                "{\"layers\":[{\"mediaType\":\"x\",\"annotations\":{\"org.cncf.model.filepath\":\"../../.bashrc\"}}]}";
        assertThat(Scans.scan("manifest.json", utf8(away)).verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void tablesWithTypesThatAreUnpickledAreFound() {
        byte[] schema = joined(utf8("ARROW:extension:name\0arrow.py_extension_type"), PAYLOAD);
        byte[] arrow = joined(utf8("ARROW1\0\0"), schema, new byte[40], utf8("ARROW1"));
        byte[] parquet =
                joined(
                        utf8("PAR1"),
                        new byte[30],
                        utf8("ARROW:schema"),
                        new byte[] {0x18},
                        Base64.getEncoder().encode(joined(schema, new byte[20])),
                        utf8("PAR1"));
        assertThat(Scans.scan("t.arrow", arrow).findings())
                .extracting("rule")
                .contains("arrow-unpickles-a-type");
        assertThat(Scans.scan("t.parquet", parquet).findings())
                .extracting("rule")
                .contains("arrow-unpickles-a-type");
        byte[] plain = joined(utf8("PAR1"), new byte[300], utf8("ARROW:schema"), utf8("PAR1"));
        assertThat(Scans.scan("t.parquet", plain).findings())
                .extracting("rule")
                .containsExactly("parquet-structure");
    }
}
