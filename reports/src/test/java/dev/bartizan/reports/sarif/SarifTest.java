package dev.bartizan.reports.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.reports.ComparableAssessment;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Fixture;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.RandomAssessment;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifTest {
    private static final Path ROOT = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"sarif-schema-2.1.0-errata01.json", "sarif-schema-2.1.0-draft07.json"})
    void fixtureIsValidAgainstThePublishedSchema(String name) throws IOException {
        Schema schema = schema(name);

        assertThat(errors(schema, Sarif.write(Fixture.input(), ROOT))).isEmpty();
        assertThat(errors(schema, Sarif.write(Fixture.compared(), ROOT))).isEmpty();
    }

    @Test
    void hostileAssessmentsAreValidAgainstThePublishedSchema() throws IOException {
        Schema schema = schema("sarif-schema-2.1.0-errata01.json");
        for (long seed = 0; seed < 60; seed++) {
            Assessment now = RandomAssessment.of(seed);
            Comparison comparison =
                    Comparison.between(
                            ComparableAssessment.of(RandomAssessment.of(seed + 1)),
                            ComparableAssessment.of(now));
            ReportInput input =
                    new ReportInput(now, Optional.of(comparison), Gate.none(), List.of());

            assertThat(errors(schema, Sarif.write(input, ROOT))).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void findingsOfAScanAreValidAgainstThePublishedSchema() throws IOException {
        Finding finding =
                new Finding(
                        "pickle-runs-code",
                        Severity.CRITICAL,
                        "Loading would run <b>code</b>",
                        "a b/mod\u00e9l.zip!data.pkl@12",
                        "Ask for safetensors.",
                        List.of("CWE-502"),
                        List.of("AML.T0018.002"));
        String log =
                FindingsSarif.write(
                        Map.of("a b/mod\u00e9l.zip", List.of(finding), "clean.onnx", List.of()),
                        "0.1.0",
                        UUID.fromString("6f1e0c1a-1111-4222-8333-123456789abc"),
                        _ ->
                                new FindingsSarif.Remark(
                                        "high",
                                        List.of("CVE-2025-1716", "GHSA-655q-fx9r-782v"),
                                        Optional.of("allowed by the house")));
        assertThat(errors(schema("sarif-schema-2.1.0-errata01.json"), log)).isEmpty();
        JsonNode result = JsonMapper.shared().readTree(log).at("/runs/0/results/0");
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString())
                .isEqualTo("a%20b/mod%C3%A9l.zip");
        assertThat(result.at("/taxa/0/id").asString()).isEqualTo("AML.T0018.002");
        assertThat(result.at("/taxa/1/id").asString()).isEqualTo("CVE-2025-1716");
        assertThat(result.at("/properties/confidence").asString()).isEqualTo("high");
        assertThat(result.at("/suppressions/0/justification").asString())
                .isEqualTo("allowed by the house");
        JsonNode rule = JsonMapper.shared().readTree(log).at("/runs/0/tool/driver/rules/0");
        assertThat(rule.at("/properties/precision").asString()).isEqualTo("high");
        assertThat(rule.at("/properties/security-severity").asString()).isEqualTo("9.5");
        assertThat(rule.at("/helpUri").asString()).endsWith("/502.html");
        assertThat(rule.at("/shortDescription/text").asString()).isEqualTo("Pickle runs code");
    }

    /// Code scanning of GitHub shows no result whose region has no line.
    @Test
    void everyFileThatIsNamedHasALineAndItsOffsetWhereThereIsOne() {
        JsonNode results =
                JsonMapper.shared()
                        .readTree(
                                logOf(
                                        finding(Severity.LOW, "a", "m.zip!a@1"),
                                        finding(Severity.LOW, "b", "m.zip@7"),
                                        finding(Severity.LOW, "c", "m.zip")))
                        .at("/runs/0/results");
        assertThat(results.findValuesAsString("startLine")).containsExactly("1", "1", "1");
        assertThat(results.findValuesAsString("byteOffset")).containsExactly("7");
        for (JsonNode place : run(Fixture.input()).findValues("physicalLocation")) {
            assertThat(place.at("/region/startLine").asInt()).isPositive();
        }
    }

    @Test
    void aRuleIsAsBadAsItsWorstFindingAndEqualFindingsDiffer() throws IOException {
        Finding low = finding(Severity.LOW, "a", "m.zip!a@1");
        Finding high = finding(Severity.HIGH, "b", "m.zip!a@7");
        String log = logOf(low, high, finding(Severity.LOW, "a", "m.zip!a@9"));
        assertThat(errors(schema("sarif-schema-2.1.0-errata01.json"), log)).isEmpty();
        JsonNode run = JsonMapper.shared().readTree(log).at("/runs/0");
        assertThat(run.at("/tool/driver/rules/0/properties/security-severity").asString())
                .isEqualTo("8.0");
        assertThat(fingerprint(run, 0)).isNotEqualTo(fingerprint(run, 2));
        JsonNode moved =
                JsonMapper.shared()
                        .readTree(logOf(finding(Severity.LOW, "a", "m.zip!a@5"), high))
                        .at("/runs/0");
        assertThat(fingerprint(moved, 0)).isEqualTo(fingerprint(run, 0));
    }

    private static String fingerprint(JsonNode run, int result) {
        return run.at("/results/" + result + "/partialFingerprints/bartizanFinding~1v2").asString();
    }

    private static Finding finding(Severity severity, String message, String location) {
        return new Finding("some-rule", severity, message, location, "Mend.", List.of(), List.of());
    }

    private static String logOf(Finding... findings) {
        return FindingsSarif.write(
                Map.of("m.zip", List.of(findings)),
                "0.1.0",
                UUID.fromString("6f1e0c1a-1111-4222-8333-123456789abc"),
                _ -> new FindingsSarif.Remark("low", List.of(), Optional.empty()));
    }

    @Test
    void theValidatorRejectsWhatTheSchemaForbids() throws IOException {
        Schema schema = schema("sarif-schema-2.1.0-errata01.json");
        String broken =
                Sarif.write(Fixture.input(), ROOT)
                        .replace("\"kind\" : \"fail\"", "\"kind\" : \"bad\"");

        assertThat(errors(schema, broken)).isNotEmpty();
    }

    @Test
    void confirmedThreatPointsAtItsFileAndOffset() {
        JsonNode location = result(Fixture.input(), 0).at("/locations/0");

        assertThat(location.at("/physicalLocation/artifactLocation/uri").asString())
                .isEqualTo("examples/desk/models/score.pkl");
        assertThat(location.at("/physicalLocation/region/byteOffset").asInt()).isEqualTo(42);
        assertThat(location.at("/logicalLocations/0/fullyQualifiedName").asString())
                .isEqualTo("Claims desk/scorer");
    }

    @Test
    void threatWithoutFilePointsAtTheLineOfItsElement() {
        JsonNode location = result(Fixture.input(), 2).at("/locations/0/physicalLocation");

        assertThat(location.at("/artifactLocation/uri").asString())
                .isEqualTo("examples/desk/system.yaml");
        assertThat(location.at("/region/startLine").asInt()).isEqualTo(12);
    }

    @Test
    void acceptedThreatIsSuppressedWithOwnerAndDate() {
        JsonNode accepted = result(Fixture.input(), 1);

        assertThat(accepted.at("/suppressions/0/justification").asString())
                .contains("head-of-claims", "2027-01-31");
        assertThat(result(Fixture.input(), 0).path("suppressions").size()).isZero();
    }

    @Test
    void simulatedResultsSaySo() {
        assertThat(result(Fixture.input(), 2).at("/message/text").asString())
                .contains("[simulated]");
    }

    @Test
    void comparisonMarksEveryResult() {
        List<String> states = new ArrayList<>();
        run(Fixture.compared())
                .path("results")
                .forEach(result -> states.add(result.path("baselineState").asString()));

        assertThat(states).containsExactly("updated", "new", "unchanged", "absent");
    }

    @Test
    void everyReferenceResolves() {
        JsonNode run = run(Fixture.compared());
        for (JsonNode result : run.path("results")) {
            int rule = result.path("ruleIndex").asInt();
            assertThat(run.at("/tool/driver/rules/" + rule + "/id"))
                    .isEqualTo(result.path("ruleId"));
            for (JsonNode taxon : result.path("taxa")) {
                JsonNode taxonomy =
                        run.at("/taxonomies/" + taxon.at("/toolComponent/index").asInt());
                assertThat(taxonomy.path("guid")).isEqualTo(taxon.at("/toolComponent/guid"));
                assertThat(taxonomy.at("/taxa/" + taxon.path("index").asInt() + "/id"))
                        .isEqualTo(taxon.path("id"));
            }
        }
    }

    @Test
    void fingerprintsDoNotDependOnWordingTimeOrTool() {
        Assessment first = Fixture.assessment();
        Assessment later =
                new Assessment(
                        first.system(),
                        first.at().plusSeconds(5),
                        "9.9",
                        first.facts(),
                        first.threats(),
                        first.evidence(),
                        first.coverage(),
                        List.of(),
                        "other");

        assertThat(result(ReportInput.of(later), 0).path("partialFingerprints"))
                .isEqualTo(result(ReportInput.of(first), 0).path("partialFingerprints"));
    }

    private static JsonNode run(ReportInput input) {
        return JsonMapper.shared().readTree(Sarif.write(input, ROOT)).at("/runs/0");
    }

    private static JsonNode result(ReportInput input, int index) {
        return run(input).path("results").get(index);
    }

    private static Schema schema(String name) throws IOException {
        String text = Files.readString(Corpora.schema("sarif/" + name));
        SpecificationVersion version =
                text.contains("draft-04/schema")
                        ? SpecificationVersion.DRAFT_4
                        : SpecificationVersion.DRAFT_7;
        return SchemaRegistry.withDefaultDialect(version).getSchema(text);
    }

    private static List<Error> errors(Schema schema, String json) {
        return schema.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
