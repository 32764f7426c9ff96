package dev.bartizan.threats.exchange;

import dev.bartizan.threats.exchange.Draft.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// OWASP Threat Dragon, versions 1 and 2. Boundary boxes become zones, boundary curves are carried
/// along: a curve has no inside.
final class DragonImport {
    private static final Set<String> PARTS = Set.of("tm.Process", "tm.Actor", "tm.Store");

    private DragonImport() {}

    static Draft read(Plain root) {
        Draft draft = new Draft("threat-dragon", root.at("summary").required("title"));
        Plain diagrams = root.at("detail").at("diagrams");
        if (!root.has("detail") || !root.at("detail").has("diagrams")) {
            throw diagrams.refuse("is missing");
        }
        List<Plain> cells = new ArrayList<>();
        for (Plain diagram : diagrams.items()) {
            boolean isFirst = diagram.has("diagramJson");
            cells.addAll(
                    (isFirst ? diagram.at("diagramJson").at("cells") : diagram.at("cells"))
                            .items());
        }
        cells.forEach(cell -> addShape(cell, draft));
        cells.forEach(cell -> addFlow(cell, draft));
        draft.zonesFromLayout();
        draft.carried().putAll(root.besides("detail"));
        return draft;
    }

    private static String type(Plain cell) {
        return cell.at("data").text("type").or(() -> cell.text("type")).orElse("");
    }

    private static void addShape(Plain cell, Draft draft) {
        String type = type(cell);
        Optional<Box> box = OtmImport.boxOf(cell.at("position"), cell.at("size"));
        String name = name(cell);
        if (PARTS.contains(type)) {
            draft.part(
                    cell,
                    cell.required("id"),
                    name.isEmpty() ? type.substring(3) : name,
                    type.substring(3).toLowerCase(Locale.ROOT),
                    "",
                    cell.at("data")
                            .text("description")
                            .or(() -> cell.text("description"))
                            .orElse(""),
                    box,
                    cell.besides("id", "attrs", "ports", "markup"));
            keepDecisions(cell, draft);
        } else if (type.equals("tm.BoundaryBox")) {
            String zone = name.isEmpty() ? "Boundary" : name;
            draft.zone(cell, cell.required("id"), zone, trust(zone), "", box, cell.besides("id"));
        } else if (type.equals("tm.Boundary")) {
            draft.lose("Boundary curve \"" + name + "\" has no inside and made no zone.");
        } else if (!type.equals("tm.Flow") && !type.equals("tm.Text")) {
            throw cell.refuse("has the unknown type \"" + type + "\"");
        }
    }

    private static void keepDecisions(Plain cell, Draft draft) {
        Plain threats =
                cell.at("data").has("threats") ? cell.at("data").at("threats") : cell.at("threats");
        for (Plain threat : threats.items()) {
            String status = threat.text("status").orElse("Open");
            if (!status.equals("Open")) {
                draft.lose(
                        "Threat \""
                                + threat.text("title").orElse("")
                                + "\" is \""
                                + status
                                + "\" there; it is carried along and needs a decision here.");
            }
        }
    }

    private static void addFlow(Plain cell, Draft draft) {
        if (!type(cell).equals("tm.Flow")) {
            return;
        }
        Optional<String> from = end(cell.at("source"));
        Optional<String> to = end(cell.at("target"));
        if (from.isEmpty() || to.isEmpty()) {
            draft.lose(
                    "Flow \"" + name(cell) + "\" is tied to nothing at one end and was left out.");
            return;
        }
        Map<String, Object> more = cell.besides("attrs", "labels", "markup");
        draft.way(cell, from.get(), to.get(), name(cell), List.of(), more);
        if (cell.at("data").isTrue("isBidirectional")) {
            draft.way(cell, to.get(), from.get(), name(cell), List.of(), Map.of());
        }
    }

    private static Optional<String> end(Plain end) {
        return end.text("cell").or(() -> end.text("id"));
    }

    private static String name(Plain cell) {
        return cell.at("data")
                .text("name")
                .or(() -> cell.at("attrs").at("text").text("text"))
                .or(() -> cell.at("attrs").at("label").text("text"))
                .or(() -> firstLabel(cell))
                .orElse("")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static Optional<String> firstLabel(Plain cell) {
        return cell.at("labels").items().stream()
                .map(label -> label.at("attrs").at("text").text("text"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// What a zone's name says of its trust.
    static String trust(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("internet") || lower.contains("public") || lower.contains("extern")) {
            return "untrusted";
        }
        return lower.contains("partner") || lower.contains("dmz") ? "partner" : "internal";
    }
}
