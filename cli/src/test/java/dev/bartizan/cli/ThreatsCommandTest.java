package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ThreatsCommandTest {
    @TempDir private Path folder = Path.of("");
    private Path system = Path.of("");

    @BeforeEach
    void copyTheExample() throws IOException {
        system = Examples.copy("claims-desk", folder);
    }

    @Test
    void everyThreatExplainsItselfWithTheFactsThatFiredIt() {
        JsonNode threats =
                JsonMapper.shared()
                        .readTree(Shell.run("threats", system, "--format", "json").out())
                        .path("threats");
        assertThat(threats).isNotEmpty();
        for (JsonNode threat : threats) {
            Ended explained =
                    Shell.run("threats", system, "--explain", threat.path("id").asString());
            assertThat(explained.code()).isZero();
            assertThat(explained.out()).contains(threat.path("rule").asString());
        }
    }

    @Test
    void theJsonHasEveryKeyThatItPromisesAndIsTheSameEveryTime() {
        String text = Shell.run("threats", system, "--format", "json").out();
        assertThat(Shell.run("threats", system, "--format", "json").out()).isEqualTo(text);
        JsonNode root = JsonMapper.shared().readTree(text);
        assertThat(root.path("threats"))
                .allSatisfy(threat ->
                        assertThat(threat.propertyNames())
                                .contains(
                                        "id",
                                        "rule",
                                        "elements",
                                        "applicability",
                                        "standing",
                                        "severity",
                                        "claims",
                                        "atlas",
                                        "owasp",
                                        "nist",
                                        "cwe",
                                        "facts"));
        assertThat(root.path("paths"))
                .allSatisfy(path -> assertThat(path.at("/path").size()).isPositive());
    }

    @Test
    void rulesOfOnesOwnAreLoadedBesideTheOthers() throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(
                rules.resolve("own.yaml"),
                """
                family: own
                rules:
                  - id: BZ-own-rule
                    title: Ours at {at}
                    severity: low
                    at: [llm]
                    confirmed-by: prompt-leaks
                    refuted-by: prompt-leaks
                    why: Because we say so and it matters.
                    mend: Do something about it at once.
                    map: { stride: [I], atlas: [AML.T0056] }
                """);
        assertThat(Shell.run("threats", system, "--rules", rules).out()).contains("Ours at");
        assertThat(Shell.run("threats", system).out()).doesNotContain("Ours at");
        assertThat(Shell.run("threats", "lint-rules", "--rules", rules).code()).isZero();
    }

    @Test
    void anUnknownThreatIsAMistake() {
        assertThat(Shell.run("threats", system, "--explain", "T-NOTHINGATALL").code()).isEqualTo(2);
    }

    @Test
    void theSchemaNamesTheKeysOfEveryModule() {
        String schema = Shell.run("threats", "schema").out();
        assertThat(schema).contains("\"artifact\"", "\"endpoint\"", "\"samples\"", "\"protocols\"");
        assertThat(JsonMapper.shared().readTree(schema).isObject()).isTrue();
    }

    @Test
    void theRulesThatComeWithTheToolHaveNoProblems() {
        Ended ended = Shell.run("threats", "lint-rules");
        assertThat(ended.code()).as(ended.out()).isZero();
    }

    @Test
    void aDiffNamesWhatAnEditDoes() throws IOException {
        Path edited = system.resolveSibling("edited.yaml");
        Files.copy(system, edited);
        assertThat(Shell.run("threats", "diff", system, edited).code()).isZero();
        Examples.edit(edited, "returns: scores, ", "");
        Ended ended = Shell.run("threats", "diff", system, edited);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("intake-api");
    }

    @Test
    void whatIsExportedCanBeImportedAgain() throws IOException {
        Ended exported = Shell.run("threats", "export", system, "--format", "otm");
        Path otm = Files.writeString(folder.resolve("model.otm"), exported.out());
        Path back = folder.resolve("back.yaml");
        assertThat(Shell.run("threats", "import", otm, "--out", back).code()).isZero();
        assertThat(Files.readString(back)).contains("assistant");
        assertThat(Shell.run("threats", back).code()).isZero();
        assertThat(Shell.run("threats", "import", otm, "--out", back).code())
                .as("never over an existing file")
                .isEqualTo(2);
    }

    @Test
    void anUnknownFormatNamesTheKnownOnes() {
        Ended ended = Shell.run("threats", "export", system, "--format", "visio");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("threat-dragon");
    }
}
