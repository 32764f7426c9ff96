package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Checkpoints of Orbax as OCDBT keeps them.
class OcdbtScanTest {
    private static final String PLACE = "d/" + OcdbtFiles.NAME;
    private static final String FILE = "ocdbt.process_0/" + PLACE;
    private static final byte[] ARRAY =
            ParquetFiles.utf8(
                    "{\"zarr_format\":2,\"shape\":[4],\"chunks\":[4],\"dtype\":\"<f4\",\"order\":\"C\"}");

    private static Map<String, byte[]> values(byte[] chunk) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        values.put("params.w/0", chunk);
        values.put("params.b/0", new byte[64]);
        return values;
    }

    private static FileReport data(byte[] chunk, byte[] description) {
        byte[] file = OcdbtFiles.data(FILE, values(chunk), Map.of("params.w/.zarray", description));
        return Scans.scan("checkpoint/" + PLACE, file);
    }

    @Test
    void anHonestCheckpointIsClean() {
        FileReport manifest = Scans.scan("manifest.ocdbt", OcdbtFiles.manifest(FILE));
        FileReport data = data(new byte[400], ARRAY);

        assertThat(manifest.findings()).isEmpty();
        assertThat(manifest.verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(data.findings()).isEmpty();
        assertThat(data.verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(data.formats()).containsExactly("ocdbt");
        assertThat(data.members())
                .extracting(FileReport::path)
                .anyMatch(path -> path.endsWith("!params.w/.zarray"));
    }

    @Test
    void whatIsNoNumberIsFoundUnderItsKey() {
        FileReport chunk = data(Pickles.calling("os", "system"), ARRAY);
        byte[] command =
                ParquetFiles.utf8("{\"zarr_format\":2,\"_target_\":\"os.system\",\"x\":1}");

        assertThat(chunk.verdict()).isEqualTo(Verdict.MALICIOUS);
        assertThat(chunk.findings())
                .extracting(Finding::location)
                .anyMatch(place -> place.contains("!params.w/0"));
        assertThat(data(new byte[400], command).verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void filesOutsideTheFolderAreToldOf() {
        for (String file :
                new String[] {"../../other/" + PLACE, "/etc/passwd", "gs://x/" + PLACE}) {
            FileReport report = Scans.scan("manifest.ocdbt", OcdbtFiles.manifest(file));
            assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
            assertThat(report.findings())
                    .extracting(Finding::rule)
                    .containsExactly("config-path-escapes");
        }
    }

    @Test
    void brokenNodesAreNeverClean() {
        byte[] manifest = OcdbtFiles.manifest(FILE);
        for (int at = 0; at < manifest.length; at++) {
            byte[] changed = manifest.clone();
            changed[at] ^= 0x40;
            assertThat(Scans.scan("manifest.ocdbt", changed).verdict())
                    .as("byte %d", at)
                    .isNotEqualTo(Verdict.CLEAN);
        }
    }

    /// Its bytes are values, which start like a node again.
    @Test
    void aBrokenNodeIsNotLookedForInItself() {
        byte[] broken = new byte[400];
        System.arraycopy(new byte[] {0x0c, (byte) 0xdb, 0x20, (byte) 0xde, 55}, 0, broken, 0, 5);
        FileReport report = Scans.scan("m", broken);
        assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(report.members())
                .allSatisfy(values -> assertThat(values.formats()).doesNotContain("ocdbt"));
    }
}
