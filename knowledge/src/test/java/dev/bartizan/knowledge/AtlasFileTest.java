package dev.bartizan.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AtlasFileTest {
    private static final String SMALL =
            """
            id: ATLAS
            version: 5.6.0
            matrices:
            - id: ATLAS
              tactics:
              - { id: AML.TA0000, name: First }
              techniques:
              - { id: AML.T0000, name: One, tactics: [AML.TA0000], maturity: feasible, created_date: 2021-05-13 }
              - { id: AML.T0000.000, name: Part, subtechnique-of: AML.T0000 }
              mitigations:
              - { id: AML.M0000, name: Stop, techniques: [ { id: AML.T0000, use: x } ] }
            """;

    private static AtlasFile.Release parse(String yaml) {
        return AtlasFile.parse("ATLAS.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bothOfficialLayoutsAreReadAndTheirDifferenceIsExact() throws IOException {
        Path folder = Corpora.folder("atlas");
        AtlasFile.Release old = AtlasFile.read(folder.resolve("ATLAS-previous.yaml"));
        AtlasFile.Release now = AtlasFile.read(folder.resolve("ATLAS.yaml"));
        assertThat(old.version()).isEqualTo("5.1.1");
        List<CatalogueChange> changes = CatalogueChange.between(old.entries(), now.entries());
        assertThat(added(changes, "technique") + added(changes, "subtechnique")).isEqualTo(30);
        assertThat(added(changes, "mitigation")).isEqualTo(3);
        assertThat(count(changes, CatalogueChange.Matured.class)).isEqualTo(15);
        assertThat(count(changes, CatalogueChange.TacticsChanged.class)).isEqualTo(3);
        assertThat(count(changes, CatalogueChange.Removed.class)).isZero();
    }

    private static long added(List<CatalogueChange> changes, String kind) {
        return changes.stream()
                .filter(change -> change instanceof CatalogueChange.Added)
                .filter(change -> change.entry().kind().equals(kind))
                .count();
    }

    private static long count(
            List<CatalogueChange> changes, Class<? extends CatalogueChange> type) {
        return changes.stream().filter(type::isInstance).count();
    }

    @Test
    void theShippedCatalogueIsTheOfficialFile() throws IOException {
        AtlasFile.Release now = AtlasFile.read(Corpora.folder("atlas").resolve("ATLAS.yaml"));
        Catalogues shipped = Catalogues.bundled();
        assertThat(CatalogueChange.between(shipped.entries("atlas"), now.entries())).isEmpty();
    }

    @Test
    void importingTwiceChangesNothing() {
        List<CatalogueEntry> entries = parse(SMALL).entries();
        Catalogues once = Catalogues.bundled().with("atlas", entries);
        assertThat(once.with("atlas", entries).text()).isEqualTo(once.text());
        assertThat(Catalogues.parse(once.text()).text()).isEqualTo(once.text());
    }

    @Test
    void partsInheritTacticsAndTechniquesKnowTheirMitigations() {
        List<CatalogueEntry> entries = parse(SMALL).entries();
        assertThat(entries)
                .filteredOn(entry -> entry.id().equals("AML.T0000.000"))
                .singleElement()
                .satisfies(part -> assertThat(part.tactics()).containsExactly("AML.TA0000"))
                .satisfies(part -> assertThat(part.kind()).isEqualTo("subtechnique"));
        assertThat(entries)
                .filteredOn(entry -> entry.id().equals("AML.T0000"))
                .singleElement()
                .satisfies(one -> assertThat(one.related()).containsExactly("AML.M0000"))
                .satisfies(one -> assertThat(one.created()).isEqualTo("2021-05-13"));
    }

    @Test
    void everyChangeIsTold() {
        String next =
                SMALL.replace("name: One", "name: Uno")
                        .replace("maturity: feasible", "maturity: realized")
                        .replace("tactics: [AML.TA0000]", "tactics: []")
                        .replace("AML.M0000", "AML.M0001");
        assertThat(CatalogueChange.between(parse(SMALL).entries(), parse(next).entries()))
                .extracting(change -> change.getClass().getSimpleName() + " " + change.entry().id())
                .containsExactly(
                        "Renamed AML.T0000",
                        "TacticsChanged AML.T0000",
                        "Matured AML.T0000",
                        "Added AML.M0001",
                        "Removed AML.M0000");
    }

    @Test
    void brokenFilesAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> parse(SMALL.replace("AML.T0000,", "T0,")))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "This is no ATLAS file: matrices[0].techniques[0].id is no ATLAS id: \"T0\"");
        assertThatThrownBy(() -> parse(SMALL.replace("AML.T0000.000", "AML.T0000")))
                .hasMessageContaining("techniques[1].id is given twice");
        assertThatThrownBy(() -> parse(SMALL.replace("tactics:\n", "tactics: [\n")))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.where()).startsWith("ATLAS.yaml:"));
        assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> parse("!d%d")).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> parse("")).isInstanceOf(UserError.class);
    }

    @Test
    void changedFilesYieldAReleaseOrAUserError() {
        Random random = new Random(5);
        byte[] good = SMALL.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = Arrays.copyOf(good, good.length);
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(100));
            }
            try {
                assertThat(AtlasFile.parse("x", bytes).entries()).isNotNull();
            } catch (UserError error) {
                assertThat(error.what()).isNotBlank();
            }
        }
    }
}
