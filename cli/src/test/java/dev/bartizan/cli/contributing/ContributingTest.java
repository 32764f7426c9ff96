package dev.bartizan.cli.contributing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.run.EvidenceStore;
import dev.bartizan.core.run.Plan;
import dev.bartizan.core.run.RunListener;
import dev.bartizan.core.run.RunOptions;
import dev.bartizan.core.run.Runner;
import dev.bartizan.testkit.Repository;
import dev.bartizan.threats.systemfile.SystemFiles;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContributingTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void theCheckInTheTextIsTheOneTested() throws IOException {
        String source =
                Files.readString(
                        Repository.file(
                                "cli/src/test/java/dev/bartizan/cli/contributing/ModelCardCheck.java"));
        String body = source.substring(source.indexOf("/// Looks whether"));
        assertThat(Files.readString(Repository.file("CONTRIBUTING.md")))
                .contains("```java\n" + body + "```");
    }

    @Test
    void theClaimInTheTextIsInTheList() throws IOException {
        String text = Files.readString(Repository.file("CONTRIBUTING.md"));
        String claim = text.substring(text.indexOf("{\"id\""), text.indexOf("}\n```") + 1);
        assertThat(
                        Files.readString(
                                Repository.file(
                                        "knowledge/src/main/resources/dev/bartizan/knowledge/claims.json")))
                .contains(claim);
    }

    @Test
    void registeredInOneLineItRunsAndItsEvidenceIsKept() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(Check.class.getName()), ModelCardCheck.class.getName() + "\n");
        List<Check> found = new ArrayList<>();
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            ServiceLoader.load(Check.class, loader).forEach(found::add);
        }
        List<Check> added =
                found.stream().filter(check -> check instanceof ModelCardCheck).toList();
        assertThat(added).hasSize(1);

        assertThat(outcomeOf(added)).isInstanceOf(Outcome.Confirmed.class);
        Files.writeString(
                folder.resolve("MODEL_CARD.md"), "# Card\n\n## Training data\n\nClaims.\n");
        assertThat(outcomeOf(added)).isInstanceOf(Outcome.Cleared.class);
    }

    private Outcome outcomeOf(List<Check> checks) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("m.onnx"), "bytes");
        Files.writeString(
                folder.resolve("system.yaml"),
                """
                bartizan: 1
                system: Small
                elements:
                  fraud-model: { kind: model, artifact: { path: m.onnx } }
                """);
        AiSystem system = SystemFiles.read(folder.resolve("system.yaml"), KEYS);
        Kept kept = new Kept();
        new Runner(system, kept, Clock.systemUTC(), RunListener.SILENT)
                .run(
                        Plan.of(system, checks, false, RunListener.SILENT),
                        new RunOptions(Set.of(), true, false, 1));
        return kept.evidence.getLast().outcome();
    }

    private static final List<dev.bartizan.core.SchemaFragment> KEYS =
            ServiceLoader.load(dev.bartizan.core.SchemaSource.class).stream()
                    .flatMap(source -> source.get().fragments().stream())
                    .toList();

    private static final class Kept implements EvidenceStore {
        private final List<Evidence> evidence = new ArrayList<>();

        @Override
        public List<Evidence> evidence() {
            return List.copyOf(evidence);
        }

        @Override
        public Evidence.Attachment keep(RawMaterial material) {
            throw new AssertionError("The example keeps no material");
        }

        @Override
        public Optional<byte[]> kept(Evidence.Attachment attachment) {
            return Optional.empty();
        }

        @Override
        public void append(List<Evidence> pieces) {
            evidence.addAll(pieces);
        }
    }
}
