package dev.bartizan.tensors.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bartizan.core.UserError;
import dev.bartizan.testkit.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds the schema that is shipped against the reader and an independent validator.
class FeatureSchemaTest {
    private final Schema schema =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(FeatureDescription.schema(), InputFormat.JSON);

    private boolean isValid(String yaml) {
        Object plain = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(JsonMapper.shared().<JsonNode>valueToTree(plain)).isEmpty();
    }

    private static boolean isRead(String yaml) {
        try {
            FeatureDescription.parse(yaml.getBytes(StandardCharsets.UTF_8), "f.yaml");
            return true;
        } catch (UserError _) {
            return false;
        }
    }

    @Test
    void theExampleIsValid() throws IOException {
        assertThat(
                        isValid(
                                Files.readString(
                                        Repository.file(
                                                "examples/claims-desk/data/features.yaml"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "features: [{ name: a }]",
                "features: [{ name: 7, type: money, min: -1, max: 2.5, cost: 3, changed-by: b }]",
                "currency: EUR\nfeatures: [{ name: a, type: flag, one-hot: g, description: d }]",
                "features: [{ name: a, immutable: true }, { name: b, change: up }]",
                "features: [{ name: a }]\nrelations: [{ sum: { a: 2 }, at-least: 0, at-most: 4 }]",
                "features: [{ name: a }]\nrelations: [{ sum: { a: -1.5 }, equals: 0 }]"
            })
    void whatIsReadIsValid(String yaml) {
        assertThat(isRead(yaml)).isTrue();
        assertThat(isValid(yaml)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "features: []",
                "features: {}",
                "columns: [{ name: a }]",
                "features: [{ min: 1 }]",
                "features: [{ name: a, mim: 1 }]",
                "features: [{ name: a, type: text }]",
                "features: [{ name: a, cost: -1 }]",
                "features: [{ name: a, min: low }]",
                "features: [{ name: a, immutable: perhaps }]",
                "features: [{ name: a, change: sideways }]",
                "features: [{ name: a }]\nrelations: [{ sum: { a: 1 } }]",
                "features: [{ name: a }]\nrelations: [{ sum: { a: 0 }, equals: 1 }]",
                "features: [{ name: a }]\nrelations: [{ sum: {}, equals: 1 }]",
                "features: [{ name: a }]\nrelations: [{ equals: 1 }]"
            })
    void whatIsRefusedIsInvalid(String yaml) {
        assertThat(isRead(yaml)).isFalse();
        assertThat(isValid(yaml)).isFalse();
    }

    @Test
    void everyKeyIsExplainedWithExamples() {
        List<String> bare = new ArrayList<>();
        collectBare(JsonMapper.shared().readTree(FeatureDescription.schema()), "", bare);
        assertThat(bare).isEmpty();
    }

    private static void collectBare(JsonNode schema, String at, List<String> bare) {
        schema.path("properties")
                .properties()
                .forEach(entry -> {
                    JsonNode key = entry.getValue();
                    boolean isExplained =
                            key.path("description").isString() && !key.path("examples").isEmpty();
                    if (!isExplained) {
                        bare.add(at + "/" + entry.getKey());
                    }
                    collectBare(key, at + "/" + entry.getKey(), bare);
                });
        if (schema.has("items")) {
            collectBare(schema.path("items"), at + "/items", bare);
        }
    }
}
