package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Editors explain and complete the system file by the schema: every key of every module has a
/// description and examples, and the examples are right.
class SchemaWordsTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode root =
            JsonMapper.shared().readTree(Shell.run("threats", "schema").out());
    private final List<String> problems = new ArrayList<>();
    private int keys;

    @Test
    void everyKeyIsExplainedWithExamplesThatAreRight() {
        walk(root, "");
        assertThat(keys).isGreaterThan(150);
        assertThat(problems).isEmpty();
    }

    private void walk(JsonNode schema, String where) {
        if (!schema.isObject()) {
            return;
        }
        for (String group : List.of("properties", "patternProperties", "$defs")) {
            schema.path(group)
                    .properties()
                    .forEach(entry -> {
                        String key = where + "/" + entry.getKey();
                        explained(entry.getValue(), key);
                        walk(entry.getValue(), key);
                    });
        }
        for (String inner : List.of("items", "additionalProperties", "propertyNames")) {
            walk(schema.path(inner), where + "/" + inner);
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            schema.path(choice).forEach(branch -> walk(branch, where + "/" + choice));
        }
    }

    private void explained(JsonNode schema, String key) {
        keys++;
        JsonNode said =
                schema.has("$ref") ? root.at(schema.path("$ref").asString().substring(1)) : schema;
        if (said.path("description").asString("").length() < 3) {
            problems.add(key + " has no description");
        }
        if (said.path("examples").isEmpty()) {
            problems.add(key + " has no examples");
        }
        Schema validator = validator(said);
        said.path("examples")
                .forEach(example ->
                        validator
                                .validate(example.toString(), InputFormat.JSON)
                                .forEach(error ->
                                        problems.add(key + ": " + example + ": " + error)));
    }

    /// The part with the definitions of the whole, so that references lead somewhere.
    private Schema validator(JsonNode part) {
        ObjectNode alone = ((ObjectNode) part).deepCopy();
        alone.set("$defs", root.path("$defs"));
        return REGISTRY.getSchema(alone.toString(), InputFormat.JSON);
    }
}
