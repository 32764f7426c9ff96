package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CatalogCommandTest {
    @TempDir private Path folder = Path.of("");

    private static Path atlas(String name) {
        return Corpora.folder("atlas").resolve(name);
    }

    @Test
    void theTwoOfficialReleasesDifferAsPublished() {
        Ended ended =
                Shell.run("catalog", "diff", atlas("ATLAS-previous.yaml"), atlas("ATLAS.yaml"));
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains(
                        "+30 techniques, +3 mitigations, 15 maturity changes, 3 tactic changes, 0 removals");
    }

    @Test
    void theImpactNamesTheUsersThreats() throws IOException {
        Path system = Examples.copy("claims-desk", folder);
        Ended ended =
                Shell.run(
                        "catalog",
                        "diff",
                        atlas("ATLAS-previous.yaml"),
                        atlas("ATLAS.yaml"),
                        "--system",
                        system,
                        "--format",
                        "json");
        JsonNode root = JsonMapper.shared().readTree(ended.out());
        assertThat(root.at("/counts/techniquesAdded").asInt()).isEqualTo(30);
        assertThat(root.at("/impact/touched").size()).isPositive();
        assertThat(root.at("/impact/priorsThatMove").size()).isPositive();
        assertThat(root.at("/impact/rulesToWrite").size()).isPositive();
        assertThat(root.at("/impact/checksMissing").size()).isPositive();
    }

    @Test
    void importingTwiceChangesNothing() throws IOException {
        Path store = folder.resolve("store");
        Path file = atlas("ATLAS-previous.yaml");
        assertThat(Shell.run("catalog", "import", file, "--store", store).out())
                .contains("ATLAS 5.1.1", "33 removals");
        byte[] once = Files.readAllBytes(store.resolve("catalogues.tsv"));
        assertThat(Shell.run("catalog", "import", file, "--store", store).out())
                .contains("nothing changed");
        assertThat(Files.readAllBytes(store.resolve("catalogues.tsv"))).isEqualTo(once);
        assertThat(Shell.run("catalog", "list", "--store", store).out()).contains("imported 5.1.1");
    }

    @Test
    void aBrokenFileChangesNothingAndSaysWhere() throws IOException {
        Path store = folder.resolve("store");
        Path broken =
                Files.writeString(folder.resolve("ATLAS.yaml"), "version: 5.9.0\nmatrices: [\n");
        Ended ended = Shell.run("catalog", "import", atlas("ATLAS.yaml"), broken, "--store", store);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("ATLAS.yaml:3:");
        assertThat(store).doesNotExist();
    }
}
