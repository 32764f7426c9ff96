package dev.bartizan.tensors;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Context;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Place;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A system of one model in a folder.
final class TestSystem {
    static final Context CONTEXT =
            new Context(
                    Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC),
                    7,
                    Attributes.NONE,
                    Context.Progress.SILENT,
                    false);

    private final Path folder;
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    TestSystem(Path folder) {
        this.folder = folder;
        attributes.put("artifact", Map.of("path", "model.onnx"));
    }

    TestSystem with(String key, Object value) {
        attributes.put(key, value);
        return this;
    }

    Element element() {
        return new Element(
                "m",
                ElementKind.MODEL_ARTIFACT,
                "m",
                "",
                new Attributes(attributes),
                Place.NOWHERE);
    }

    AiSystem system() {
        return new AiSystem(
                "s",
                folder.resolve("system.yaml"),
                Attributes.NONE,
                "staging",
                Map.of(),
                Map.of("m", element()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }
}
