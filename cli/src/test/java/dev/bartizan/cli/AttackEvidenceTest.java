package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AttackEvidenceTest {
    @TempDir private Path folder = Path.of("");
    private Path system = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        system = Examples.copy("claims-desk", folder);
        model = system.resolveSibling("models/fraud.onnx");
    }

    private Ended attack(String... more) {
        List<Object> words =
                new ArrayList<>(
                        List.of(
                                "attack",
                                model,
                                "--inputs",
                                system.resolveSibling("data/x.npy"),
                                "--labels",
                                system.resolveSibling("data/y.npy"),
                                "--box",
                                "-1000000,1000000",
                                "--count",
                                "20",
                                "--attacks",
                                "pgd",
                                "--system",
                                system));
        words.addAll(List.of(more));
        return Shell.run(words.toArray());
    }

    private JsonNode kept() {
        Ended ended = Shell.run("evidence", "list", system, "--format", "json");
        assertThat(ended.code()).as(ended.err()).isZero();
        return JsonMapper.shared().readTree(ended.out());
    }

    @Test
    void whatAnAttackShowedStandsInTheLedgerUntilTheFileChanges() throws IOException {
        Ended ended = attack("--element", "fraud-model", "--eps", "0.5");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("Kept as E-");
        JsonNode evidence = kept();
        assertThat(evidence).hasSize(1);
        assertThat(evidence.get(0).path("claim").asString())
                .isEqualTo("linf-evasion-within-budget");
        assertThat(evidence.get(0).path("age").asString()).isEqualTo("fresh");
        assertThat(evidence.toString()).contains("20 examples").contains("confirmed");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        assertThat(kept().get(0).path("age").asString()).isNotEqualTo("fresh");
    }

    @Test
    void whatTurnsTheModelTurnsTheServiceThatServesIt() throws IOException {
        Ended before = Shell.run("assess", system, "--only", "integrity", "--format", "json");
        assertThat(before.code()).as(before.err()).isZero();
        assertThat(evasion(before)).isEqualTo("untested");
        Ended ended = attack("--element", "intake-api", "--eps", "0.5");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(evasion(Shell.run("assess", system, "--only", "integrity", "--format", "json")))
                .isEqualTo("confirmed");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        assertThat(evasion(Shell.run("assess", system, "--only", "integrity", "--format", "json")))
                .isEqualTo("stale");
    }

    private static String evasion(Ended assessed) {
        for (JsonNode threat : JsonMapper.shared().readTree(assessed.out()).path("threats")) {
            if (threat.path("rule").asString().equals("BZ-decision-can-be-evaded")
                    && threat.path("at").asString().equals("intake-api")) {
                return threat.path("standing").asString();
            }
        }
        return "no such threat";
    }

    @Test
    void evidenceIsOnlyKeptOfWhatTheElementNames() throws IOException {
        Ended none = attack("--element", "nobody", "--eps", "0.5");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("nobody", "fraud-model");
        Ended norm = attack("--element", "fraud-model", "--eps", "0.5", "--norm", "l2");
        assertThat(norm.code()).isEqualTo(2);
        assertThat(norm.err()).contains("--norm l2");
        assertThat(attack("--eps", "0.5").err()).contains("--element");
        Files.copy(model, model.resolveSibling("other.onnx"));
        model = model.resolveSibling("other.onnx");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        Ended other = attack("--element", "fraud-model", "--eps", "0.5");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("other bytes");
        assertThat(kept()).isEmpty();
    }
}
