package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GuardClassifierTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    @TempDir private Path folder = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void write() throws IOException {
        model = TinyTextClassifier.write(folder.resolve("tiny"));
    }

    private JsonNode judged(String text, Object... more) throws IOException {
        Path lines = folder.resolve("lines.jsonl");
        Files.writeString(
                lines, JSON.writeValueAsString(JSON.createObjectNode().put("text", text)));
        List<Object> words = new ArrayList<>(List.of("guard", "check", "--jsonl", lines));
        words.addAll(List.of("--classifier", model));
        words.addAll(Arrays.asList(more));
        Ended ended = Shell.run(words.toArray());
        assertThat(ended.code()).as(ended.err()).isZero();
        return JSON.readTree(ended.out());
    }

    private Ended mistake(Object... more) throws IOException {
        Path lines = Files.writeString(folder.resolve("lines.jsonl"), "{\"text\":\"hello\"}\n");
        List<Object> words = new ArrayList<>(List.of("guard", "check", "--jsonl", lines));
        words.addAll(Arrays.asList(more));
        Ended ended = Shell.run(words.toArray());
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("mend:").doesNotContain("bug of ours");
        return ended;
    }

    @Test
    void flagsWithTheLabelAsTypeAndCodePointsOfTheOriginalText() throws IOException {
        JsonNode line = judged("héllo 😀 ZORK world");
        assertThat(line.path("verdict").asString()).isEqualTo("flag");
        JsonNode finding = line.path("findings").get(0);
        assertThat(finding.path("type").asString()).isEqualTo("injection");
        assertThat(finding.path("start").asInt()).isZero();
        assertThat(finding.path("end").asInt()).isEqualTo(18);
        assertThat(finding.path("reason").asString()).contains("tiny", "INJECTION 0.98");
        assertThat(judged("hello world").path("verdict").asString()).isEqualTo("allow");
        assertThat(judged("").path("verdict").asString()).isEqualTo("allow");
    }

    @Test
    void findsTheWindowOfALongTextAndOfALongWord() throws IOException {
        String text = "hello ".repeat(3_000) + "gnusto " + "world ".repeat(3_000);
        JsonNode finding = judged(text).path("findings").get(0);
        assertThat(finding.path("type").asString()).isEqualTo("jailbreak");
        assertThat(finding.path("start").asInt()).isBetween(17_900, 18_000);
        assertThat(finding.path("end").asInt()).isBetween(18_006, 18_140);
        String unbroken = "x".repeat(9_000) + " zork";
        assertThat(judged(unbroken).path("verdict").asString()).isEqualTo("flag");
    }

    @Test
    void aThresholdMovesWhatIsFlagged() throws IOException {
        JsonNode strict = judged("zork", "--classifier-threshold", "0.999");
        assertThat(strict.path("verdict").asString()).isEqualTo("allow");
        assertThat(strict.path("score").asDouble()).isLessThan(0.5).isGreaterThan(0.4);
    }

    @Test
    void eachLabelForItselfWhereTheConfigurationSaysSo() throws IOException {
        Files.writeString(
                model.resolve("config.json"),
                TinyTextClassifier.config("multi_label_classification", "a", "b", "c"));
        JsonNode line = judged("gnusto", "--classifier-benign", "a");
        assertThat(line.path("findings").get(0).path("type").asString()).isEqualTo("c");
        assertThat(line.path("findings").get(0).path("reason").asString()).contains("0.9933");
    }

    @Test
    void labelsThatDoNotTellWhatIsHarmlessMustBeNamed() throws IOException {
        Files.writeString(
                model.resolve("config.json"),
                TinyTextClassifier.config("single_label_classification", "a", "b", "c"));
        assertThat(mistake("--classifier", model).err()).contains("--classifier-benign", "a, b, c");
        assertThat(mistake("--classifier", model, "--classifier-benign", "d").err())
                .contains("no label \"d\"");
        assertThat(mistake("--classifier", model, "--classifier-benign", "a,b,c").err())
                .contains("All labels");
    }

    @Test
    void calibratesOnHarmlessTextsAndChecksWithIt() throws IOException {
        Path benign = folder.resolve("benign.txt");
        Files.writeString(benign, "hello world\n".repeat(95) + "zork\n".repeat(5));
        Path out = folder.resolve("c.json");
        Ended made =
                Shell.run(
                        "guard",
                        "calibrate",
                        benign,
                        "--rate",
                        "0.1",
                        "--classifier",
                        model,
                        "--held-out",
                        benign,
                        "--out",
                        out);
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).contains("5 of 100 texts flagged", "1.64 to 11.28 %", "held out");
        JsonNode file = JSON.readTree(Files.readString(out));
        assertThat(file.path("threshold").asDouble()).isBetween(0.01, 0.1);
        assertThat(file.path("set").path("texts").asInt()).isEqualTo(100);
        JsonNode line = judged("zork", "--calibration", out);
        assertThat(line.path("verdict").asString()).isEqualTo("flag");
        assertThat(line.path("findings").get(0).path("reason").asString())
                .contains(String.format("%.4f", file.path("threshold").asDouble()));
        assertThat(mistake("--calibration", out).err()).contains("for another classifier");
    }

    @Test
    void calibratesTheClassifierThatShips() throws IOException {
        Path benign = folder.resolve("benign.txt");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append("What is the price of item ").append(i).append(" today?\n");
        }
        Files.writeString(benign, lines);
        Path out = folder.resolve("c.json");
        assertThat(Shell.run("guard", "calibrate", benign, "--rate", "0.05", "--out", out).code())
                .isZero();
        JsonNode file = JSON.readTree(Files.readString(out));
        double threshold = file.path("threshold").asDouble();
        assertThat(threshold).isBetween(0.0, 0.5);
        assertThat(file.path("set").path("flagged").asInt()).isLessThanOrEqualTo(2);
        assertThat(Shell.run("guard", "calibrate", benign, "--rate", "0.01").err())
                .contains("Give 99 harmless texts");
    }

    @Test
    void labelledAttacksAndBrokenLinesCannotSetARate() throws IOException {
        Path attacks =
                Files.writeString(
                        folder.resolve("a.jsonl"), "{\"text\":\"x\",\"label\":\"injection\"}\n");
        Ended refused = Shell.run("guard", "calibrate", attacks, "--rate", "0.5");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("a.jsonl:1", "only harmless texts");
        Path broken = Files.writeString(folder.resolve("b.jsonl"), "{\"text\":\n");
        assertThat(Shell.run("guard", "calibrate", broken).err()).contains("b.jsonl:1", "not JSON");
        assertThat(Shell.run("guard", "calibrate", broken, "--rate", "0").code()).isEqualTo(2);
    }

    @Test
    void aFolderThatTheScannerCallsMaliciousIsNotLoaded() throws IOException {
        // protocol 0: os.system("true") on loading
        Files.writeString(model.resolve("weights.pkl"), "cos\nsystem\n(S'true'\ntR.");
        assertThat(mistake("--classifier", model).err()).contains("malicious", "weights.pkl");
    }

    @Test
    void brokenAndHostileFoldersAreRefusedInWords() throws IOException {
        assertThat(mistake("--classifier", folder.resolve("none")).err())
                .contains("no such folder");
        String good = TinyTextClassifier.tokenizer();
        String regex =
                "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(a+)+$\"},"
                        + "\"behavior\":\"Isolated\",\"invert\":false}";
        for (String bad :
                List.of(
                        "{",
                        "[]",
                        "{}",
                        good.replace("\"world\":8", "\"world\":4000000000"),
                        good.replace("\"[UNK]\":1,", ""),
                        good.replace("WordPiece", "Unheard"),
                        good.replace("{\"type\":\"BertPreTokenizer\"}", regex),
                        good.replace("\"version\"", "\"model\":{},\"version\""))) {
            Files.writeString(model.resolve("tokenizer.json"), bad);
            assertThat(mistake("--classifier", model).err()).contains("tokenizer");
        }
        Files.writeString(model.resolve("tokenizer.json"), good);
        Files.writeString(model.resolve("config.json"), "{\"id2label\":{\"0\":\"x\"}}");
        assertThat(mistake("--classifier", model).err()).contains("3 scores");
        Files.delete(model.resolve("config.json"));
        assertThat(mistake("--classifier", model).err()).contains("config.json");
    }

    @Test
    void aTokenOutsideTheModelsTableIsAnErrorOfTheLineNotHarmless() throws IOException {
        Files.writeString(
                model.resolve("tokenizer.json"),
                TinyTextClassifier.tokenizer().replace("\"world\":8", "\"world\":4000"));
        assertThat(judged("hello world").path("error").asString()).contains("gave no answer");
        assertThat(judged("hello").path("verdict").asString()).isEqualTo("allow");
    }

    @Test
    void aPolicyNamesTheClassifierAndItsDigest() throws IOException {
        Ended known = Shell.run("guard", "check", "--jsonl", lines(), "--classifier", model);
        String digest = known.err().replaceAll("(?s).*(sha256:[0-9a-f]{64}).*", "$1");
        Path policy = folder.resolve("policy.yaml");
        Files.writeString(
                policy,
                "guard: 1\nclassifier: { folder: tiny, digest: " + digest + ", threshold: 0.6 }\n");
        Ended under = Shell.run("guard", "check", "--jsonl", lines(), "--policy", policy);
        assertThat(under.code()).as(under.err()).isZero();
        assertThat(under.out()).contains("\"verdict\":\"flag\"", "threshold is 0.6000");
        Files.writeString(
                policy,
                "guard: 1\nclassifier: { folder: tiny, digest: sha256:" + "0".repeat(64) + " }\n");
        assertThat(mistake("--policy", policy).err()).contains("pinned", digest);
        Files.writeString(policy, "guard: 1\nclassifier: { folder: tiny, treshold: 2 }\n");
        assertThat(mistake("--policy", policy).err())
                .contains("needs the key \"digest\"", "Did you mean \"threshold\"");
    }

    @Test
    void assessMeasuresAGuardrailWithTheClassifierOfItsPolicy() throws IOException {
        Ended known = Shell.run("guard", "check", "--jsonl", lines(), "--classifier", model);
        String digest = known.err().replaceAll("(?s).*(sha256:[0-9a-f]{64}).*", "$1");
        Files.writeString(
                folder.resolve("policy.yaml"),
                "guard: 1\nclassifier: { folder: tiny, digest: " + digest + " }\n");
        Files.writeString(
                folder.resolve("own.jsonl"),
                """
                {"text":"zork","label":"attack"}
                {"text":"hello world","label":"benign"}
                """);
        Path system =
                Files.writeString(
                        folder.resolve("system.yaml"),
                        """
                        bartizan: 1
                        system: One
                        zones: { inside: internal }
                        elements:
                          assistant: { kind: llm, name: Assistant, zone: inside }
                        controls:
                          - { id: filter, at: assistant, kind: guardrail, policy: policy.yaml, samples: own.jsonl }
                        """);
        Ended ended = Shell.run("assess", system, "--out", folder.resolve("out"));
        assertThat(ended.code()).as(ended.err()).isNotEqualTo(2);
        assertThat(Files.readString(folder.resolve("out").resolve("assessment.json")))
                .contains("on the system's own it caught 1 of 1");
    }

    private Path lines() throws IOException {
        return Files.writeString(folder.resolve("zork.jsonl"), "{\"text\":\"zork\"}\n");
    }
}
