package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a system file says of its elements, as facts: every attribute flattened (`artifact.path`),
/// kind, trust of the zone, what flows carry, and what follows from these.
public final class DeclaredFacts {
    /// Who is behind an element that outsiders control.
    static final Set<String> OUTSIDERS = Set.of("public", "crowd", "customers");

    private static final Set<String> SILENT = Set.of("description", "layout", "carried", "threats");
    private static final Map<String, String> FORMATS =
            Map.ofEntries(
                    Map.entry("pkl", "pickle"),
                    Map.entry("pickle", "pickle"),
                    Map.entry("dill", "pickle"),
                    Map.entry("joblib", "joblib"),
                    Map.entry("pt", "pytorch-zip"),
                    Map.entry("pth", "pytorch-zip"),
                    Map.entry("ckpt", "pytorch-zip"),
                    Map.entry("bin", "pytorch-zip"),
                    Map.entry("mar", "torch-archive"),
                    Map.entry("nemo", "nemo"),
                    Map.entry("h5", "keras-hdf5"),
                    Map.entry("hdf5", "keras-hdf5"),
                    Map.entry("keras", "keras-zip"),
                    Map.entry("pb", "tensorflow"),
                    Map.entry("rds", "r-data"),
                    Map.entry("rdata", "r-data"),
                    Map.entry("llamafile", "executable"),
                    Map.entry("npy", "numpy"),
                    Map.entry("npz", "numpy"),
                    Map.entry("onnx", "onnx"),
                    Map.entry("safetensors", "safetensors"),
                    Map.entry("gguf", "gguf"),
                    Map.entry("tflite", "tflite"),
                    Map.entry("json", "json"),
                    Map.entry("csv", "csv"),
                    Map.entry("parquet", "parquet"),
                    Map.entry("pmml", "pmml"),
                    Map.entry("ubj", "xgboost"),
                    Map.entry("txt", "text"));
    private static final Set<String> HOLDS_CODE =
            Set.of(
                    "pickle",
                    "joblib",
                    "pytorch-zip",
                    "torch-archive",
                    "nemo",
                    "keras-hdf5",
                    "keras-zip",
                    "tensorflow",
                    "r-data",
                    "executable",
                    "numpy");

    private DeclaredFacts() {}

    /// The facts, by element in the file's order.
    public static List<Fact> of(AiSystem system) {
        return of(system, SystemGraph.of(system));
    }

    static List<Fact> of(AiSystem system, SystemGraph graph) {
        List<Fact> facts = new ArrayList<>();
        for (Element element : system.elements().values()) {
            String origin = element.place().toString();
            facts.add(fact(element, "kind", element.kind().word(), origin));
            Zone zone = system.zones().get(element.zone());
            if (zone != null) {
                facts.add(fact(element, "zone.trust", zone.trust().word(), origin));
            }
            element.attributes()
                    .values()
                    .forEach((key, value) -> flatten(element, key, value, origin, facts));
            addArtifact(element, facts);
        }
        addFlows(system, facts);
        addReach(system, graph, facts);
        return facts;
    }

    private static Fact fact(Element element, String name, String value, String origin) {
        return new Fact(element.id(), name, value, origin, true);
    }

    private static void flatten(
            Element element, String key, Object value, String origin, List<Fact> facts) {
        if (SILENT.contains(key)) {
            return;
        }
        switch (value) {
            case Map<?, ?> map ->
                    map.forEach((name, inner) ->
                            flatten(element, key + "." + name, inner, origin, facts));
            case List<?> list -> list.forEach(item -> flatten(element, key, item, origin, facts));
            default -> facts.add(fact(element, key, value.toString(), origin));
        }
    }

    private static void addArtifact(Element element, List<Fact> facts) {
        String path = artifactPath(element);
        if (path.isEmpty()) {
            return;
        }
        String origin = "follows from artifact \"" + path + "\" (" + element.place() + ")";
        if (element.attributes().map("artifact").text("path").isEmpty()) {
            facts.add(fact(element, "artifact.path", path, origin));
        }
        String declared = element.attributes().map("artifact").text("format").orElse("");
        String format = declared.isEmpty() ? formatOf(path) : declared;
        if (format.isEmpty()) {
            return;
        }
        if (declared.isEmpty()) {
            facts.add(fact(element, "artifact.format", format, origin));
        }
        facts.add(
                fact(
                        element,
                        "artifact.can-hold-code",
                        String.valueOf(HOLDS_CODE.contains(format)),
                        origin));
    }

    /// The artifact's path, written alone or in a map; empty when there is none.
    static String artifactPath(Element element) {
        return element.attributes()
                .text("artifact")
                .or(() -> element.attributes().map("artifact").text("path"))
                .orElse("");
    }

    private static String formatOf(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : FORMATS.getOrDefault(name.substring(dot + 1), "");
    }

    private static void addFlows(AiSystem system, List<Fact> facts) {
        for (Flow flow : system.flows()) {
            Element from = system.elements().get(flow.from());
            Element to = system.elements().get(flow.to());
            if (from == null || to == null) {
                continue;
            }
            String origin = flow.from() + " -> " + flow.to() + " (" + flow.place() + ")";
            facts.add(fact(to, "flow-in.kind", from.kind().word(), origin));
            facts.add(fact(from, "flow-out.kind", to.kind().word(), origin));
            for (String carried : flow.carries()) {
                facts.add(fact(to, "flow-in.carries", carried, origin));
                facts.add(fact(from, "flow-out.carries", carried, origin));
            }
        }
    }

    private static void addReach(AiSystem system, SystemGraph graph, List<Fact> facts) {
        Set<String> sources =
                system.elements().values().stream()
                        .filter(element -> isOutside(system, element))
                        .map(Element::id)
                        .collect(Collectors.toSet());
        Paths paths = graph.pathsFrom(sources);
        for (Element element : system.elements().values()) {
            if (sources.contains(element.id())) {
                facts.add(
                        fact(
                                element,
                                "controlled-by-outsiders",
                                "true",
                                element.place().toString()));
            }
            if (paths.has(element.id())) {
                facts.add(
                        fact(
                                element,
                                "reachable-from-untrusted",
                                "true",
                                route(element, paths.of(element.id()))));
            }
        }
    }

    /// A path in words, such as `claimant -> intake-api -> fraud-model`.
    static String route(Element end, List<Flow> path) {
        StringBuilder text = new StringBuilder();
        path.forEach(flow -> text.append(flow.from()).append(" -> "));
        return text.append(end.id()).toString();
    }

    private static boolean isOutside(AiSystem system, Element element) {
        boolean isInZone = system.zones().containsKey(element.zone());
        boolean isStranger = element.kind() == ElementKind.END_USER && !isInZone;
        return isStranger
                || (isInZone && system.trustOf(element) == Zone.Trust.UNTRUSTED)
                || element.attributes().text("exposes").filter("public"::equals).isPresent()
                || element.attributes().isTrue("untrusted-content")
                || element.attributes().texts("writable-by").stream().anyMatch(OUTSIDERS::contains);
    }
}
