package dev.bartizan.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvidFileTest {
    private static final String SMALL =
            """
            {"data_type": "AVID", "data_version": "0.3.3", "metadata": {"report_id": "AVID-2026-R0001"},
             "affects": {"artifacts": [{"type": "Model", "name": "m"}]},
             "problemtype": {"classof": "LLM Evaluation"}, "reported_date": "2026-01-02",
             "impact": {"avid": {"risk_domain": ["Security"], "sep_view": ["S0403: x"], "lifecycle_view": ["L05: y"]},
                        "cwe": [{"cweId": "CWE-863"}], "atlas": ["AML.T0051.000"]}}
            """;

    @TempDir private Path folder = Path.of("");

    private static List<AvidReport> parse(String json) {
        return AvidFile.parse("report.json", json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyVersionOfTheCorpusIsRead() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Corpora.folder("avid"))) {
            files = all.filter(path -> path.toString().endsWith(".json")).sorted().toList();
        }
        List<AvidReport> reports = new ArrayList<>();
        for (Path file : files) {
            reports.addAll(AvidFile.read(file));
        }
        assertThat(reports).hasSize(20);
        assertThat(reports).extracting(AvidReport::version).contains("0.1", "0.2", "0.3.3");
        assertThat(reports).allSatisfy(report -> assertThat(report.artifacts()).isNotEmpty());
    }

    @Test
    void idsAreTakenAndTextIsLeft() {
        AvidReport report = parse(SMALL).getFirst();
        assertThat(report.effects()).containsExactly("S0403");
        assertThat(report.lifecycle()).containsExactly("L05");
        assertThat(report.cwe()).containsExactly("CWE-863");
        assertThat(report.atlas()).containsExactly("AML.T0051.000");
        assertThat(report.artifacts()).containsExactly("Model: m");
    }

    @Test
    void brokenReportsAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> parse(SMALL.replace("0.3.3", "7")))
                .hasMessageContaining("$.data_version");
        assertThatThrownBy(() -> parse("[" + SMALL + "," + SMALL + "]"))
                .hasMessageContaining("$[1].metadata.report_id is given twice");
        assertThatThrownBy(() -> parse(SMALL.replace("2026-01-02", "yesterday")))
                .hasMessageContaining("$.reported_date");
        assertThatThrownBy(() -> parse(SMALL.replace("[{\"type\"", "{\"a\": [{\"type\"")))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> parse("")).isInstanceOf(UserError.class);
    }

    @Test
    void changedFilesYieldReportsOrAUserError() {
        Random random = new Random(11);
        byte[] good = SMALL.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = Arrays.copyOf(good, good.length);
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(100));
            }
            try {
                assertThat(AvidFile.parse("x", bytes)).isNotEmpty();
            } catch (UserError error) {
                assertThat(error.what()).isNotBlank();
            }
        }
    }

    @Test
    void takingReportsInTwiceChangesNothing() throws IOException {
        KnowledgeFolder knowledge = new KnowledgeFolder(folder);
        assertThat(knowledge.take(parse(SMALL))).hasSize(1);
        byte[] once = Files.readAllBytes(folder.resolve("avid.json"));
        assertThat(knowledge.take(parse(SMALL))).isEmpty();
        assertThat(Files.readAllBytes(folder.resolve("avid.json"))).isEqualTo(once);
        assertThat(knowledge.reports()).isEqualTo(parse(SMALL));
        assertThat(knowledge.take(parse(SMALL.replace("\"m\"", "\"n\"")))).hasSize(1);
        assertThat(knowledge.reports()).hasSize(1);
    }

    @Test
    void anAlteredStoreIsToldNotBelieved() throws IOException {
        Files.writeString(folder.resolve("avid.json"), "[{");
        assertThatThrownBy(() -> new KnowledgeFolder(folder).reports())
                .isInstanceOf(UserError.class);
        Files.writeString(folder.resolve("catalogues.tsv"), "atlas\tx\n");
        assertThatThrownBy(() -> new KnowledgeFolder(folder).catalogues())
                .isInstanceOf(UserError.class);
    }
}
