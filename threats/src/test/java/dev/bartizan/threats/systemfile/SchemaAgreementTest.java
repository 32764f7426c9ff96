package dev.bartizan.threats.systemfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bartizan.core.SchemaFragment;
import dev.bartizan.threats.Systems;
import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds our reading of the schema against an independent validator.
@Execution(ExecutionMode.SAME_THREAD)
class SchemaAgreementTest {
    private static final List<SchemaFragment> FRAGMENTS =
            List.of(
                    new SchemaFragment(
                            SchemaFragment.Place.CHECK,
                            "evasion",
                            """
                            {"type": "object", "additionalProperties": false, "required": ["max-cost"],
                             "properties": {"max-cost": {"type": "number", "exclusiveMinimum": 0, "maximum": 9000},
                              "norms": {"type": "array", "uniqueItems": true, "minItems": 1, "maxItems": 3,
                                        "items": {"enum": ["linf", "l2", 1, true]}},
                              "mode": {"oneOf": [{"type": "string", "minLength": 2}, {"const": 7}]}}}
                            """));
    private static final List<Object> VALUES =
            List.of(
                    "",
                    "a",
                    "x y",
                    "llm",
                    "tool",
                    "staging",
                    "untrusted",
                    "T-ABCDEFGHIJKL",
                    "a -> b",
                    "2027-01-01",
                    0L,
                    1L,
                    -3L,
                    7L,
                    0.5,
                    1.0,
                    1e9,
                    true,
                    false,
                    "linf");

    private final SystemSchema schema = SystemSchema.of(FRAGMENTS);
    private final Schema independent =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema.text(), InputFormat.JSON);

    private boolean weAccept(YamlNode node) {
        return SchemaWalk.of(schema, node).problems().isEmpty();
    }

    private boolean theyAccept(YamlNode node) {
        JsonNode json = JsonMapper.shared().valueToTree(jsonOf(node));
        return independent.validate(json).isEmpty();
    }

    private static Object jsonOf(YamlNode node) {
        return node.plain();
    }

    private static YamlNode parse(byte[] bytes) {
        Problems problems = new Problems();
        Optional<YamlNode> node = YamlReader.read("t.yaml", bytes, problems);
        assertThat(problems.isEmpty()).as("%s", problems).isTrue();
        return node.orElseThrow();
    }

    @Test
    void theClaimsDeskIsGoodForBoth() {
        YamlNode node = parse(Systems.CLAIMS_DESK.getBytes(StandardCharsets.UTF_8));
        assertThat(theyAccept(node)).isTrue();
        assertThat(weAccept(node)).isTrue();
    }

    @Test
    void bothAgreeOnEveryBadFileThatIsYaml() {
        int compared = 0;
        for (BadFilesTest.Bad bad : BadFiles.all()) {
            Problems problems = new Problems();
            Optional<YamlNode> node = YamlReader.read("t.yaml", bad.bytes(), problems);
            if (node.isPresent() && problems.isEmpty() && !hasNull(node.get())) {
                compared++;
                assertThat(weAccept(node.get())).as(bad.name()).isEqualTo(theyAccept(node.get()));
            }
        }
        assertThat(compared).isGreaterThan(30);
    }

    @Test
    void bothAgreeOnThousandsOfChangedFiles() {
        Random random = new Random(20261124);
        List<YamlNode> seeds = seeds();
        int good = 0;
        int bad = 0;
        for (int i = 0; i < 4_000; i++) {
            YamlNode node = seeds.get(random.nextInt(seeds.size()));
            Object plain = jsonOf(node);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                plain = changed(plain, random, 0);
            }
            String json = JsonMapper.shared().writeValueAsString(plain);
            YamlNode changed = parse(json.getBytes(StandardCharsets.UTF_8));
            boolean theirs = independent.validate(json, InputFormat.JSON).isEmpty();
            assertThat(weAccept(changed)).as(json).isEqualTo(theirs);
            if (theirs) {
                good++;
            } else {
                bad++;
            }
        }
        assertThat(good).isGreaterThan(200);
        assertThat(bad).isGreaterThan(1_000);
    }

    private static List<YamlNode> seeds() {
        String check =
                """
                elements: { a: { kind: llm, exposes: public, contains: [secrets], accuracy: 0.9 } }
                zones: { z: { trust: internal } }
                checks: { evasion: { max-cost: 20, norms: [linf], mode: fast } }
                flows: [ { a -> a: [x] }, a -> a ]
                """;
        return List.of(
                parse(Systems.CLAIMS_DESK.getBytes(StandardCharsets.UTF_8)),
                parse(check.getBytes(StandardCharsets.UTF_8)),
                parse("elements: { a: { kind: tool } }".getBytes(StandardCharsets.UTF_8)));
    }

    private static Object changed(Object value, Random random, int depth) {
        boolean here = random.nextInt(8) == 0 && depth > 0;
        if (!here && value instanceof Map<?, ?> map && !map.isEmpty()) {
            return changedMap(map, random, depth);
        }
        if (!here && value instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            int index = random.nextInt(copy.size());
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(index);
                case 1 -> copy.add(copy.get(index));
                default -> copy.set(index, changed(copy.get(index), random, depth + 1));
            }
            return copy;
        }
        return switch (random.nextInt(6)) {
            case 0 -> List.of(value);
            case 1 -> Map.of("kind", "llm");
            case 2 -> List.of();
            default -> VALUES.get(random.nextInt(VALUES.size()));
        };
    }

    private static Object changedMap(Map<?, ?> map, Random random, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), item));
        List<String> keys = List.copyOf(copy.keySet());
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(6)) {
            case 0 -> copy.remove(key);
            case 1 -> copy.put(key + "x", VALUES.get(random.nextInt(VALUES.size())));
            default -> copy.computeIfPresent(key, (_, item) -> changed(item, random, depth + 1));
        }
        return copy;
    }

    private static boolean hasNull(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.value() == null;
            case YamlNode.Sequence sequence ->
                    sequence.items().stream().anyMatch(SchemaAgreementTest::hasNull);
            case YamlNode.Mapping mapping ->
                    mapping.entries().stream().anyMatch(entry -> hasNull(entry.value()));
        };
    }
}
