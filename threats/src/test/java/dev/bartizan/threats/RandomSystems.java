package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Control;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Place;
import dev.bartizan.core.Protocol;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.systemfile.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/// Random systems: every kind, attributes with values that the schema knows, relations, flows with
/// cycles, controls, protocols.
public final class RandomSystems {
    private static final Vocabulary VOCABULARY = Vocabulary.of(List.of());
    private static final List<String> FACTS =
            List.of(
                    "exposes",
                    "authentication",
                    "returns",
                    "origin",
                    "contains",
                    "decides",
                    "effect",
                    "approval",
                    "executes",
                    "writable-by",
                    "untrusted-content",
                    "tenants",
                    "direction",
                    "method",
                    "on-failure",
                    "hosted-by",
                    "terms",
                    "limits",
                    "retrieval",
                    "adapter",
                    "published",
                    "policy",
                    "cache",
                    "renders",
                    "detects",
                    "logging",
                    "retrains");
    private static final List<String> RELATIONS =
            List.of(
                    "serves",
                    "trained-on",
                    "based-on",
                    "reads",
                    "writes",
                    "tools",
                    "uses",
                    "delegates-to",
                    "guarded-by",
                    "logs-to",
                    "trains");
    private static final List<String> FILES = List.of("m.onnx", "m.pkl", "m.pt", "m.safetensors");

    private RandomSystems() {}

    /// A system of that many elements.
    public static AiSystem of(Random random, int size) {
        Map<String, Zone> zones = new LinkedHashMap<>();
        for (Zone.Trust trust : Zone.Trust.values()) {
            zones.put(trust.word(), new Zone(trust.word(), trust));
        }
        Map<String, Element> elements = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            elements.put("e" + i, element(random, i, size, List.copyOf(zones.keySet())));
        }
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < size * 2; i++) {
            flows.add(
                    new Flow(
                            "e" + random.nextInt(size),
                            "e" + random.nextInt(size),
                            random.nextBoolean() ? List.of() : List.of("model"),
                            Place.NOWHERE));
        }
        List<Control> controls = new ArrayList<>();
        for (int i = 0; i < size / 4; i++) {
            controls.add(control(random, "c" + i, size));
        }
        List<Protocol> protocols =
                List.of(
                        new Protocol(
                                "p",
                                "",
                                "e" + random.nextInt(size),
                                Optional.empty(),
                                0.1,
                                Place.NOWHERE));
        return system(zones, elements, flows, controls, protocols, List.of());
    }

    /// A random control.
    public static Control control(Random random, String id, int size) {
        List<String> kinds = new ArrayList<>(new TreeSet<>(VOCABULARY.controlKinds()));
        return new Control(
                id,
                "e" + random.nextInt(size),
                kinds.get(random.nextInt(kinds.size())),
                random.nextInt(5) == 0
                        ? new Attributes(Map.of("strength", "partial"))
                        : Attributes.NONE,
                Place.NOWHERE);
    }

    /// A system of these parts.
    public static AiSystem system(
            Map<String, Zone> zones,
            Map<String, Element> elements,
            List<Flow> flows,
            List<Control> controls,
            List<Protocol> protocols,
            List<Decision> decisions) {
        return new AiSystem(
                "random",
                Path.of("random.yaml"),
                Attributes.NONE,
                "staging",
                zones,
                elements,
                flows,
                controls,
                protocols,
                decisions,
                Map.of());
    }

    private static Element element(Random random, int index, int size, List<String> zones) {
        ElementKind[] kinds = ElementKind.values();
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String fact : FACTS) {
            if (random.nextInt(4) == 0) {
                attributes.put(fact, value(random, fact));
            }
        }
        for (String relation : RELATIONS) {
            if (random.nextInt(5) == 0) {
                attributes.put(relation, List.of("e" + random.nextInt(size)));
            }
        }
        if (random.nextInt(3) == 0) {
            attributes.put("artifact", Map.of("path", FILES.get(random.nextInt(FILES.size()))));
        }
        return new Element(
                "e" + index,
                kinds[random.nextInt(kinds.length)],
                "Element " + index,
                random.nextBoolean() ? "" : zones.get(random.nextInt(zones.size())),
                new Attributes(attributes),
                Place.NOWHERE);
    }

    private static Object value(Random random, String fact) {
        List<String> values = new ArrayList<>(new TreeSet<>(VOCABULARY.values(fact)));
        if (values.isEmpty()) {
            return "words";
        }
        String value = values.get(random.nextInt(values.size()));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> value;
        };
    }
}
