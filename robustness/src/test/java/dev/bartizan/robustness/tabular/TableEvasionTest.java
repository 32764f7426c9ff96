package dev.bartizan.robustness.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Context;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Place;
import dev.bartizan.core.exhibit.ChangedFields;
import dev.bartizan.robustness.EvasionCheck;
import dev.bartizan.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableEvasionTest {
    private static final Path DESK = Repository.file("examples/claims-desk");

    @TempDir private Path folder = Path.of("");

    private final EvasionCheck check = new EvasionCheck();

    private static AiSystem system(Path file, Map<String, Object> samples) {
        return system(file, samples, Map.of());
    }

    private static AiSystem system(
            Path file, Map<String, Object> samples, Map<String, Attributes> parameters) {
        Element element =
                new Element(
                        "m",
                        ElementKind.MODEL_ARTIFACT,
                        "m",
                        "",
                        new Attributes(
                                Map.of(
                                        "artifact",
                                        Map.of("path", "models/fraud.onnx"),
                                        "samples",
                                        samples)),
                        Place.NOWHERE);
        return new AiSystem(
                "s",
                file,
                Attributes.NONE,
                "staging",
                Map.of(),
                Map.of("m", element),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                parameters);
    }

    @Test
    void aChangedDescriptionIsAnotherTargetWhereverItIsNamed() throws IOException {
        for (String folderOf : List.of("models", "data")) {
            Files.createDirectories(folder.resolve(folderOf));
        }
        for (String name :
                List.of("models/fraud.onnx", "data/x.npy", "data/y.npy", "data/features.yaml")) {
            Files.copy(DESK.resolve(name), folder.resolve(name));
        }
        Map<String, Object> samples = samples();
        samples.remove("features");
        AiSystem system =
                system(
                        folder.resolve("system.yaml"),
                        samples,
                        Map.of(
                                "evasion",
                                new Attributes(Map.of("features", "data/features.yaml"))));
        Element element = system.elements().values().iterator().next();
        Digest before = check.target(system, element).orElseThrow().digest();
        assertThat(check.target(system, element).orElseThrow().digest()).isEqualTo(before);
        Path features = folder.resolve("data/features.yaml");
        Files.writeString(features, Files.readString(features) + "\n# later\n");
        assertThat(check.target(system, element).orElseThrow().digest()).isNotEqualTo(before);
    }

    private static Map<String, Object> samples() {
        Map<String, Object> samples = new LinkedHashMap<>();
        samples.put("inputs", "data/x.npy");
        samples.put("labels", "data/y.npy");
        samples.put("features", "data/features.yaml");
        return samples;
    }

    private Observation run(AiSystem system, Map<String, Object> parameters)
            throws IOException, InterruptedException {
        Context context =
                new Context(
                        Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC),
                        7,
                        new Attributes(parameters),
                        Context.Progress.SILENT,
                        false);
        List<Observation> seen = check.run(system, element(system), context);
        assertThat(seen).hasSize(1);
        return seen.getFirst();
    }

    private static Element element(AiSystem system) {
        return system.element("m").orElseThrow();
    }

    @Test
    void rowsThatEvadeWithinTheBudgetConfirmTheClaim() throws IOException, InterruptedException {
        AiSystem system = system(DESK.resolve("system.yaml"), samples());
        Observation seen = run(system, Map.of("max-cost", 60, "count", 12));
        assertThat(seen.outcome()).isInstanceOf(Outcome.Confirmed.class);
        assertThat(seen.summary()).contains("rows evade the model for at most 60 EUR");
        ChangedFields picture = ChangedFields.of(seen.raw().getFirst().bytes()).orElseThrow();
        assertThat(picture.threshold()).contains(0.5);
        assertThat(picture.cases()).isNotEmpty();
        assertThat(picture.cases().getFirst().before().score()).isGreaterThan(0.5);
        assertThat(picture.cases().getFirst().after().score()).isLessThanOrEqualTo(0.5);
        assertThat(seen.findings()).hasSize(1);
    }

    @Test
    void aBudgetOfNothingIsWithstood() throws IOException, InterruptedException {
        AiSystem system = system(DESK.resolve("system.yaml"), samples());
        Observation seen = run(system, Map.of("max-cost", 0, "count", 5));
        assertThat(seen.outcome()).isInstanceOf(Outcome.Withstood.class);
        assertThat(seen.raw()).isEmpty();
    }

    @Test
    void withoutADescriptionItDoesNotApply() {
        Map<String, Object> bare = samples();
        bare.remove("features");
        AiSystem system = system(DESK.resolve("system.yaml"), bare);
        assertThat(TableEvasion.isApplicable(system, element(system))).isFalse();
    }

    @Test
    void whatDoesNotFitIsSaidAndAnotherFileIsAnotherTarget()
            throws IOException, InterruptedException {
        AiSystem system = system(DESK.resolve("system.yaml"), samples());
        for (String name : List.of("models/fraud.onnx", "data/x.npy", "data/y.npy")) {
            Path copy = folder.resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(DESK.resolve(name), copy);
        }
        Files.writeString(folder.resolve("data/features.yaml"), "features: [{ name: a }]");
        AiSystem other = system(folder.resolve("system.yaml"), samples());
        assertThat(check.target(other, element(other)))
                .isNotEqualTo(check.target(system, element(system)));
        Observation seen = run(other, Map.of());
        assertThat(seen.outcome()).isInstanceOf(Outcome.CouldNotTell.class);
        assertThat(seen.summary()).contains("columns");
    }
}
