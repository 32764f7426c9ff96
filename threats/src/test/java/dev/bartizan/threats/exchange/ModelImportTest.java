package dev.bartizan.threats.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.UserError;
import dev.bartizan.testkit.Corpora;
import dev.bartizan.threats.Systems;
import dev.bartizan.threats.ThreatModel;
import dev.bartizan.threats.exchange.ModelImport.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelImportTest {
    @TempDir Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /// Elements, flows (both ways counted where a flow goes both ways) and zones, counted in the
    /// source by hand-written scripts.
    @ParameterizedTest
    @CsvSource({
        "drawio-basic.drawio, drawio, 4, 3, 3",
        "drawio-html-names.drawio, drawio, 10, 0, 0",
        "otm-file-example-yaml.otm, otm, 22, 22, 2",
        "otm-file-example.otm, otm, 22, 22, 2",
        "otm-manual.yaml, otm, 3, 2, 3",
        "otm-minimal.yaml, otm, 0, 0, 0",
        "otm-mtmt-mvp.otm, otm, 4, 6, 2",
        "otm-mtmt.yaml, otm, 4, 6, 3",
        "otm-multipage.otm, otm, 3, 2, 3",
        "otm-no-components.otm, otm, 0, 0, 1",
        "otm-spec-example.json, otm, 4, 4, 2",
        "otm-spec-example.yaml, otm, 4, 4, 2",
        "otm-terraform.yaml, otm, 29, 22, 2",
        "pytm-input.json, pytm, 3, 4, 2",
        "td-example-otm.json, otm, 4, 4, 2",
        "td-mobile-cloud.otm.json, otm, 4, 6, 2",
        "td1-demo.json, threat-dragon, 7, 10, 0",
        "td1-enter-the-dragon-3.json, threat-dragon, 3, 4, 0",
        "td2-cryptocurrency-wallet.json, threat-dragon, 15, 21, 1",
        "td2-demo.json, threat-dragon, 7, 9, 0",
        "td2-empty.json, threat-dragon, 0, 0, 0",
        "td2-generic-cms.json, threat-dragon, 5, 6, 1",
        "td2-online-game.json, threat-dragon, 12, 17, 3",
        "td2-test-reports.json, threat-dragon, 24, 4, 2",
        "td2-three-tier.json, threat-dragon, 3, 4, 2",
        "threagile-example.yaml, threagile, 14, 20, 5",
        "threagile-test-all.yaml, threagile, 14, 20, 5",
        "threagile-includes/main.yaml, threagile, 14, 20, 5",
        "tm7-all-components.tm7, tm7, 25, 0, 2",
        "tm7-unmapped-trustzone.tm7, tm7, 1, 0, 1",
        "tmbom-multi.cdx.json, cyclonedx, 7, 9, 4",
        "tmbom-otm.cdx.json, cyclonedx, 4, 4, 2",
    })
    void knownFilesYieldTheirCounts(String file, String format, int elements, int flows, int zones)
            throws IOException {
        Imported imported = Imports.read(Corpora.folder("threat-models").resolve(file));
        assertThat(imported.format()).isEqualTo(format);
        assertThat(List.of(imported.elements(), imported.flows(), imported.zones()))
                .containsExactly(elements, flows, zones);
    }

    @Test
    void everyGoodFileIsReadAndEveryBadOneRefused() throws IOException {
        Path models = Corpora.folder("threat-models");
        List<String> wrong = new ArrayList<>();
        int read = 0;
        for (String line : Files.readAllLines(models.resolve("manifest.csv"))) {
            String[] cells = line.split(",", -1);
            Path file = models.resolve(cells[0]);
            boolean isGood = cells[2].equals("valid") || cells[2].equals("edge");
            if (!isGood && !cells[2].equals("invalid")) {
                continue;
            }
            read++;
            try {
                Imported imported = Imports.read(file);
                AiSystem system = Systems.parse(imported.yaml());
                ThreatModel.derive(system, List.of());
                if (!isGood || system.elements().size() != imported.elements()) {
                    wrong.add(cells[0] + " was read");
                }
            } catch (UserError error) {
                if (isGood) {
                    wrong.add(cells[0] + ": " + error.what() + " at " + error.where());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(read).isGreaterThan(30);
    }

    @Test
    void theSameModelAsJsonAndYamlIsTheSameSystem() throws IOException {
        Path models = Corpora.folder("threat-models");
        AiSystem json = Systems.parse(Imports.read(models.resolve("otm-spec-example.json")).yaml());
        AiSystem yaml = Systems.parse(Imports.read(models.resolve("otm-spec-example.yaml")).yaml());
        assertThat(json.elements().keySet()).isEqualTo(yaml.elements().keySet());
        assertThat(json.flows())
                .extracting(flow -> flow.from() + flow.to())
                .isEqualTo(yaml.flows().stream().map(flow -> flow.from() + flow.to()).toList());
    }

    @Test
    void importingTwiceGivesTheSameBytes() throws IOException {
        Path file = Corpora.folder("threat-models").resolve("td2-demo.json");
        assertThat(Imports.read(file).yaml()).isEqualTo(Imports.read(file).yaml());
    }

    @Test
    void zonesDrawnAroundElementsHoldThemAndLayoutSurvives() throws IOException {
        AiSystem system =
                Systems.parse(
                        Imports.read(Corpora.folder("threat-models").resolve("td2-three-tier.json"))
                                .yaml());
        assertThat(system.element("web-ui").orElseThrow().zone()).isEqualTo("internet");
        assertThat(
                        system.element("web-ui")
                                .orElseThrow()
                                .attributes()
                                .map("layout")
                                .number("width"))
                .contains(130.0);
    }

    @Test
    void hostileFilesAreRefusedAndNeverFollowed() throws IOException {
        String xxe = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><mxfile>&x;</mxfile>";
        assertThatThrownBy(() -> Imports.read(write("xxe.drawio", xxe)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("DOCTYPE");
        String deep = "{\"otmVersion\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> Imports.read(write("deep.json", deep)))
                .isInstanceOf(UserError.class);
        String deepXml = "<mxfile>".repeat(100_000);
        assertThatThrownBy(() -> Imports.read(write("deep.drawio", deepXml)))
                .isInstanceOf(UserError.class);
        String tag = "otmVersion: !!java.net.URL [\"http://x.example\"]\n";
        assertThatThrownBy(() -> Imports.read(write("tag.yaml", tag)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not understood");
        String twice = "{\"otmVersion\": \"0.2.0\", \"otmVersion\": \"0.1.0\"}";
        assertThatThrownBy(() -> Imports.read(write("twice.json", twice)))
                .isInstanceOf(UserError.class);
    }

    @Test
    void includesNeverLeadOutOfTheFolderAndNeverRunInCircles() throws IOException {
        String head = "threagile_version: 1.0.0\ntitle: X\nincludes:\n  - ";
        assertThatThrownBy(() -> Imports.read(write("out.yaml", head + "../../etc/passwd\n")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("leads out of the model's folder");
        assertThatThrownBy(() -> Imports.read(write("self.yaml", head + "self.yaml\n")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("includes itself");
        Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("/etc/hostname"));
        assertThatThrownBy(() -> Imports.read(write("link-out.yaml", head + "link.yaml\n")))
                .isInstanceOf(UserError.class);
    }

    @Test
    void danglingAndDoubledIdsAreRefusedWithTheirPath() throws IOException {
        String zones =
                "otmVersion: 0.2.0\nproject: { name: P, id: p }\ntrustZones: [ { id: z, name: Z } ]\n";
        assertThatThrownBy(() ->
                        Imports.read(
                                write(
                                        "dangling.yaml",
                                        zones
                                                + "components: [ { id: a, name: A, parent: { trustZone: y } } ]\n")))
                .hasMessageContaining("components[0].parent names a zone that is not there: \"y\"");
        assertThatThrownBy(() ->
                        Imports.read(
                                write(
                                        "doubled.yaml",
                                        zones
                                                + "components: [ { id: a, name: A }, { id: a, name: B } ]\n")))
                .hasMessageContaining("components[1] has an id that was given before");
        assertThatThrownBy(() ->
                        Imports.read(
                                write(
                                        "flow.yaml",
                                        zones
                                                + "components: [ { id: a, name: A } ]\ndataflows: [ { id: f, source: a, destination: b } ]\n")))
                .hasMessageContaining("dataflows[0] names an element that is not there: \"b\"");
        assertThatThrownBy(() ->
                        Imports.read(
                                write(
                                        "ring.yaml",
                                        zones
                                                + "components: [ { id: a, parent: { component: b } }, { id: b, parent: { component: a } } ]\n")))
                .hasMessageContaining("is part of itself");
    }

    @ParameterizedTest
    @CsvSource({
        "otm-spec-example.json",
        "otm-spec-example.yaml",
        "td2-three-tier.json",
        "td1-enter-the-dragon-3.json",
        "pytm-input.json",
        "drawio-html-names.drawio",
        "drawio-basic.drawio",
        "tmbom-otm.cdx.json"
    })
    void changedFilesYieldAModelOrAUserError(String name) throws IOException {
        byte[] good = Files.readAllBytes(Corpora.folder("threat-models").resolve(name));
        Random random = new Random(name.hashCode());
        Path file = folder.resolve(name);
        for (int i = 0; i < 150; i++) {
            byte[] bytes = Arrays.copyOf(good, good.length);
            for (int n = random.nextInt(6); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
            try {
                assertThat(Systems.parse(Imports.read(file).yaml())).isNotNull();
            } catch (UserError error) {
                assertThat(error.what()).isNotBlank();
            }
        }
    }
}
