package dev.bartizan.threats.exchange;

import static dev.bartizan.threats.exchange.ModelExport.ordered;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.threats.ThreatModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A system and its threats as a Threat Dragon 2 document.
final class DragonExport {
    private static final int COLUMNS = 4;
    private static final double STEP = 200;
    private static final double WIDTH = 140;
    private static final double HEIGHT = 70;

    private DragonExport() {}

    /// The document.
    static Map<String, Object> document(AiSystem system, ThreatModel model) {
        List<Object> cells = new ArrayList<>();
        int index = 0;
        for (Element element : system.elements().values()) {
            cells.add(dragonShape(element, index++, model));
        }
        for (int i = 0; i < system.flows().size(); i++) {
            Flow flow = system.flows().get(i);
            cells.add(
                    ordered(
                            "shape", "flow",
                            "id", uuid("flow " + i + flow.from() + flow.to()),
                            "zIndex", 10,
                            "source", Map.of("cell", uuid(flow.from())),
                            "target", Map.of("cell", uuid(flow.to())),
                            "data",
                                    ordered(
                                            "type",
                                            "tm.Flow",
                                            "name",
                                            String.join(", ", flow.carries()),
                                            "description",
                                            "",
                                            "outOfScope",
                                            false,
                                            "hasOpenThreats",
                                            false,
                                            "isBidirectional",
                                            false,
                                            "threats",
                                            List.of())));
        }
        Map<String, Object> diagram =
                ordered(
                        "id",
                        0,
                        "title",
                        system.name(),
                        "diagramType",
                        "STRIDE",
                        "thumbnail",
                        "./public/content/images/thumbnail.stride.jpg",
                        "version",
                        "2.3.0",
                        "cells",
                        cells);
        return ordered(
                "version", "2.3.0",
                "summary", ordered("title", system.name(), "owner", "", "description", "", "id", 0),
                "detail",
                        ordered(
                                "contributors",
                                List.of(),
                                "diagrams",
                                List.of(diagram),
                                "diagramTop",
                                1,
                                "reviewer",
                                "",
                                "threatTop",
                                0));
    }

    private static Map<String, Object> dragonShape(Element element, int index, ThreatModel model) {
        Attributes layout = element.attributes().map("layout");
        double x = layout.number("x").map(Number::doubleValue).orElse(STEP * (index % COLUMNS));
        double y =
                layout.number("y")
                        .map(Number::doubleValue)
                        .orElse(STEP * Math.floorDiv(index, COLUMNS));
        double width = layout.number("width").map(Number::doubleValue).orElse(WIDTH);
        double height = layout.number("height").map(Number::doubleValue).orElse(HEIGHT);
        String shape = shape(element.kind());
        List<Map<String, Object>> threats =
                model.threats().stream()
                        .filter(threat -> threat.at().equals(element.id()))
                        .map(DragonExport::dragonThreat)
                        .toList();
        return ordered(
                "position", ordered("x", x, "y", y),
                "size", ordered("width", width, "height", height),
                "attrs", Map.of("text", Map.of("text", element.label())),
                "visible", true,
                "shape", shape,
                "id", uuid(element.id()),
                "zIndex", 1,
                "data",
                        ordered(
                                "type",
                                "tm." + Character.toUpperCase(shape.charAt(0)) + shape.substring(1),
                                "name",
                                element.label(),
                                "description",
                                element.attributes().text("description").orElse(""),
                                "outOfScope",
                                false,
                                "hasOpenThreats",
                                !threats.isEmpty(),
                                "threats",
                                threats));
    }

    private static String shape(ElementKind kind) {
        String word = kind.word();
        if (word.equals("end-user") || word.equals("human-reviewer")) {
            return "actor";
        }
        boolean isStore =
                word.endsWith("store")
                        || word.endsWith("-db")
                        || word.endsWith("corpus")
                        || word.endsWith("registry")
                        || word.endsWith("lake")
                        || word.endsWith("source")
                        || word.endsWith("artifact");
        return isStore ? "store" : "process";
    }

    private static Map<String, Object> dragonThreat(Threat threat) {
        String severity = threat.severity().word();
        boolean isOpen = threat.applicability() instanceof Applicability.Applies;
        return ordered(
                "id",
                uuid(threat.id()),
                "title",
                threat.title(),
                "status",
                isOpen ? "Open" : "Mitigated",
                "severity",
                Character.toUpperCase(severity.charAt(0)) + severity.substring(1),
                "type",
                "Generic",
                "description",
                threat.why(),
                "mitigation",
                threat.mend(),
                "modelType",
                "STRIDE",
                "number",
                0,
                "score",
                "");
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
