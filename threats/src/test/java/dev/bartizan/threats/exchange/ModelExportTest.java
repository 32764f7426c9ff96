package dev.bartizan.threats.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bartizan.core.AiSystem;
import dev.bartizan.testkit.Corpora;
import dev.bartizan.threats.Goldens;
import dev.bartizan.threats.RandomSystems;
import dev.bartizan.threats.Systems;
import dev.bartizan.threats.ThreatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelExportTest {
    @TempDir Path folder;

    private final AiSystem desk = Systems.parse(Systems.CLAIMS_DESK);
    private final ThreatModel model = ThreatModel.derive(desk, List.of());

    private AiSystem again(AiSystem system) throws IOException {
        String otm = ModelExport.otm(system, ThreatModel.derive(system, List.of()));
        Path file = Files.writeString(folder.resolve("m.otm"), otm);
        return Systems.parse(Imports.read(file).yaml());
    }

    @Test
    void aSystemSurvivesOtmWithItsElementsFlowsZonesAndThreats() throws IOException {
        AiSystem back = again(desk);
        assertThat(back.elements().keySet()).isEqualTo(desk.elements().keySet());
        assertThat(back.flows())
                .extracting(f -> f.from() + f.to() + f.carries())
                .isEqualTo(
                        desk.flows().stream().map(f -> f.from() + f.to() + f.carries()).toList());
        assertThat(back.zones()).isEqualTo(desk.zones());
        assertThat(ThreatModel.derive(back, List.of()).threats())
                .extracting(threat -> threat.id())
                .containsAll(
                        model.threats().stream()
                                .filter(threat -> !threat.roles().containsKey("protocol"))
                                .map(threat -> threat.id())
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomSystemsSurviveOtm(long seed) throws IOException {
        AiSystem system = RandomSystems.of(new Random(seed), 12);
        AiSystem once = again(system);
        AiSystem twice = again(once);
        assertThat(once.elements().keySet()).isEqualTo(system.elements().keySet());
        assertThat(twice.elements().values())
                .extracting(e -> e.kind() + e.label() + e.zone() + e.attributes())
                .isEqualTo(
                        once.elements().values().stream()
                                .map(e -> e.kind() + e.label() + e.zone() + e.attributes())
                                .toList());
    }

    @Test
    void otmAndThreatDragonKeepTheirSchemas() throws IOException {
        Path schemas = Corpora.folder("threat-models").resolve("schemas");
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var otm =
                registry.getSchema(
                        Files.readString(schemas.resolve("otm.schema.json")), InputFormat.JSON);
        assertThat(otm.validate(ModelExport.otm(desk, model), InputFormat.JSON)).isEmpty();
        var dragon =
                registry.getSchema(
                        Files.readString(schemas.resolve("threat-dragon-v2.schema.json")),
                        InputFormat.JSON);
        assertThat(dragon.validate(ModelExport.threatDragon(desk, model), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void threatDragonFilesOfOursAreReadBack() throws IOException {
        Path file =
                Files.writeString(folder.resolve("d.json"), ModelExport.threatDragon(desk, model));
        ModelImport.Imported imported = Imports.read(file);
        assertThat(imported.elements()).isEqualTo(desk.elements().size());
        assertThat(imported.flows()).isEqualTo(desk.flows().size());
    }

    @Test
    void csvAndMermaidAreAsInTheirGoldenFiles() throws IOException {
        Goldens.check("claims-desk.csv", ModelExport.csv(model));
        Goldens.check("claims-desk.mmd", ModelExport.mermaid(desk));
    }
}
