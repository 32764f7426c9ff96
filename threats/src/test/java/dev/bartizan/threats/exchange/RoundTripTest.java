package dev.bartizan.threats.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Zone;
import dev.bartizan.testkit.Corpora;
import dev.bartizan.threats.RandomSystems;
import dev.bartizan.threats.Systems;
import dev.bartizan.threats.ThreatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What goes out to another tool and comes back is what it was.
class RoundTripTest {
    @TempDir Path folder;

    enum Form {
        OTM,
        THREAT_DRAGON,
        CYCLONEDX,
        TM_BOM;

        String of(AiSystem system) {
            ThreatModel model = ThreatModel.derive(system, List.of());
            return switch (this) {
                case OTM -> ModelExport.otm(system, model);
                case THREAT_DRAGON -> ModelExport.threatDragon(system, model);
                case CYCLONEDX -> ModelExport.cycloneDx(system, model);
                case TM_BOM -> ModelExport.tmBom(system, model);
            };
        }
    }

    private ModelImport.Imported imported(String text) throws IOException {
        return Imports.read(Files.writeString(folder.resolve("model.json"), text));
    }

    static Stream<Arguments> filesAndForms() {
        List<Arguments> all = new ArrayList<>();
        for (String otm :
                List.of(
                        "otm-spec-example.json",
                        "otm-manual.yaml",
                        "otm-mtmt.yaml",
                        "otm-terraform.yaml",
                        "td-mobile-cloud.otm.json")) {
            all.add(Arguments.of(otm, Form.OTM));
        }
        for (String dragon :
                List.of(
                        "td1-demo.json",
                        "td2-demo.json",
                        "td2-cryptocurrency-wallet.json",
                        "td2-test-reports.json",
                        "td2-three-tier.json")) {
            all.add(Arguments.of(dragon, Form.THREAT_DRAGON));
        }
        for (String other : List.of("tmbom-multi.cdx.json", "tmbom-otm.cdx.json")) {
            all.add(Arguments.of(other, Form.CYCLONEDX));
        }
        for (String other :
                List.of("threagile-example.yaml", "pytm-input.json", "drawio-basic.drawio")) {
            for (Form form : Form.values()) {
                all.add(Arguments.of(other, form));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("filesAndForms")
    void importExportImportIsStable(String name, Form form) throws IOException {
        AiSystem first =
                Systems.parse(Imports.read(Corpora.folder("threat-models").resolve(name)).yaml());
        AiSystem second = Systems.parse(imported(form.of(first)).yaml());
        assertThat(shape(second, form)).isEqualTo(shape(first, form));
        AiSystem third = Systems.parse(imported(form.of(second)).yaml());
        assertThat(form.of(third)).isEqualTo(form.of(second));
    }

    /// Elements with kind, name, zone and layout, flows, zones, decisions.
    private static List<String> shape(AiSystem system, Form form) {
        List<String> shape = new ArrayList<>();
        system.elements()
                .values()
                .forEach(e ->
                        shape.add(
                                e.label()
                                        + " in "
                                        + zone(system, e.zone())
                                        + (form == Form.TM_BOM
                                                ? ""
                                                : e.id()
                                                        + e.kind()
                                                        + e.attributes().map("layout"))));
        if (form == Form.TM_BOM) {
            shape.sort(String::compareTo);
        }
        List<String> flows = new ArrayList<>();
        system.flows()
                .forEach(f ->
                        flows.add(
                                label(system, f.from())
                                        + " -> "
                                        + label(system, f.to())
                                        + (form == Form.TM_BOM ? "" : f.carries())));
        flows.sort(String::compareTo);
        shape.addAll(flows);
        system.zones().values().forEach(zone -> shape.add("zone " + zone.label()));
        if (form != Form.TM_BOM) {
            system.decisions().stream().map(Decision::reason).sorted().forEach(shape::add);
        }
        return shape;
    }

    private static String label(AiSystem system, String id) {
        return system.element(id).orElseThrow().label();
    }

    private static String zone(AiSystem system, String id) {
        return Optional.ofNullable(system.zones().get(id)).map(Zone::label).orElse("");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void randomSystemsSurvive(Form form) throws IOException {
        for (long seed = 1; seed <= 12; seed++) {
            AiSystem system = RandomSystems.of(new Random(seed), 12);
            AiSystem back = Systems.parse(imported(form.of(system)).yaml());
            assertThat(back.elements()).hasSameSizeAs(system.elements());
            assertThat(back.flows()).hasSameSizeAs(system.flows());
            assertThat(back.zones()).hasSameSizeAs(system.zones());
            if (form != Form.TM_BOM) {
                assertThat(back.elements().values())
                        .extracting(e -> e.id() + e.kind() + e.zone() + e.attributes())
                        .isEqualTo(
                                system.elements().values().stream()
                                        .map(e -> e.id() + e.kind() + e.zone() + e.attributes())
                                        .toList());
                assertThat(form.of(back)).isEqualTo(form.of(system));
            }
        }
    }

    @Test
    void unknownWordsAreWrittenBack() throws IOException {
        Path models = Corpora.folder("threat-models");
        for (String name : List.of("otm-spec-example.json", "td2-demo.json")) {
            JsonNode source = JsonMapper.shared().readTree(Files.readString(models.resolve(name)));
            Form form = name.startsWith("otm") ? Form.OTM : Form.THREAT_DRAGON;
            AiSystem system = Systems.parse(Imports.read(models.resolve(name)).yaml());
            JsonNode back = JsonMapper.shared().readTree(form.of(system));
            List<String> missing = new ArrayList<>();
            lost(source, back, "", missing);
            assertThat(missing).as(name).isEmpty();
        }
    }

    /// Paths of the source that the copy lacks; members of lists are found by their id.
    private static void lost(JsonNode source, JsonNode back, String path, List<String> missing) {
        if (source.isObject()) {
            source.properties()
                    .forEach(entry -> {
                        String key = path + "." + entry.getKey();
                        JsonNode value = back.path(entry.getKey());
                        boolean isNothing = entry.getValue().isNull();
                        if (key.endsWith(".ports")) {
                            return; // where a shape may be joined: Threat Dragon makes them anew
                        }
                        if (value.isMissingNode() && !isNothing) {
                            missing.add(key);
                        } else {
                            lost(entry.getValue(), value, key, missing);
                        }
                    });
        } else if (source.isArray()) {
            for (JsonNode item : source) {
                JsonNode twin = item;
                for (JsonNode other : back) {
                    if (item.has("id") && item.get("id").equals(other.get("id"))) {
                        twin = other;
                    }
                }
                lost(item, twin, path + "[]", missing);
            }
        }
    }

    @Test
    void decisionsOfTheOtherToolArrive() throws IOException {
        Path models = Corpora.folder("threat-models");
        ModelImport.Imported dragon = Imports.read(models.resolve("td2-demo.json"));
        AiSystem system = Systems.parse(dragon.yaml());
        List<String> ids =
                ThreatModel.derive(system, List.of()).threats().stream()
                        .map(threat -> threat.id())
                        .toList();
        assertThat(system.decisions()).hasSize(dragon.decisions()).isNotEmpty();
        assertThat(system.decisions())
                .allSatisfy(decision -> assertThat(ids).contains(decision.threat()))
                .allSatisfy(decision ->
                        assertThat(decision.action()).isEqualTo(Decision.Action.MITIGATE));
        AiSystem threagile =
                Systems.parse(Imports.read(models.resolve("threagile-example.yaml")).yaml());
        assertThat(threagile.decisions())
                .anySatisfy(decision -> {
                    assertThat(decision.action()).isEqualTo(Decision.Action.ACCEPT);
                    assertThat(decision.owner()).isEqualTo("John Doe");
                    assertThat(decision.reason()).contains("XYZ-1234");
                });
    }

    @Test
    void exportsKeepTheSchemaOfOwasp() throws IOException {
        Path schemas = Corpora.folder("threat-models").resolve("schemas");
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                Files.readString(schemas.resolve("owasp-tmbom.schema.json")),
                                InputFormat.JSON);
        for (long seed = 1; seed <= 20; seed++) {
            String text = Form.TM_BOM.of(RandomSystems.of(new Random(seed), 15));
            assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
        }
    }
}
