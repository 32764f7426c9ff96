package dev.bartizan.threats.exchange;

import dev.bartizan.threats.exchange.Draft.Box;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// OWASP Threat Dragon, versions 1 and 2. Boundary boxes become zones, boundary curves are carried
/// along: a curve has no inside.
final class DragonImport {
    private static final Set<String> PARTS = Set.of("tm.Process", "tm.Actor", "tm.Store");

    private final Draft draft;
    private final String owner;
    private final List<Object> otherCells = new ArrayList<>();

    private DragonImport(Draft draft, String owner) {
        this.draft = draft;
        this.owner = owner;
    }

    /// A cell, and which diagram it stands in.
    private record Cell(Plain cell, int diagram) {}

    static Draft read(Plain root) {
        Draft draft = new Draft("threat-dragon", root.at("summary").required("title"));
        if (!root.has("detail") || !root.at("detail").has("diagrams")) {
            throw root.at("detail").at("diagrams").refuse("is missing");
        }
        String owner =
                root.at("summary")
                        .text("owner")
                        .or(() -> root.at("detail").text("reviewer"))
                        .orElse("");
        new DragonImport(draft, owner).read(root.at("detail").at("diagrams").items(), root);
        return draft;
    }

    private void read(List<Plain> diagrams, Plain root) {
        List<Cell> cells = new ArrayList<>();
        List<Object> heads = new ArrayList<>();
        for (Plain diagram : diagrams) {
            boolean isFirst = diagram.has("diagramJson");
            Plain list = isFirst ? diagram.at("diagramJson").at("cells") : diagram.at("cells");
            int number = heads.size();
            list.items().forEach(cell -> cells.add(new Cell(cell, number)));
            heads.add(diagram.besides("cells", "diagramJson"));
        }
        cells.forEach(this::addShape);
        cells.forEach(this::addFlow);
        draft.zonesFromLayout();
        cells.stream()
                .map(cell -> cell.cell())
                .filter(cell -> ours(cell).isMap() && PARTS.contains(type(cell)))
                .forEach(cell -> draft.restorePlace(cell.required("id"), ours(cell)));
        draft.carried().putAll(root.besides("detail", "bartizan"));
        draft.carried().put("detail", root.at("detail").besides("diagrams"));
        draft.carried().put("diagrams", heads);
        draft.carried().put("other-cells", otherCells);
        draft.restoreRoot(root.at("bartizan"));
    }

    private static Plain ours(Plain cell) {
        return cell.at("data").at("bartizan");
    }

    /// What is carried of a cell, without what an export of ours added.
    private static Map<String, Object> carried(Cell at, String... understood) {
        Map<String, Object> more = at.cell().besides(understood);
        more.put("diagram", (long) at.diagram());
        if (more.get("data") instanceof Map<?, ?> data) {
            Map<String, Object> rest = new LinkedHashMap<>();
            data.forEach((key, value) -> rest.put(String.valueOf(key), value));
            rest.remove("bartizan");
            if (rest.get("threats") instanceof List<?> threats) {
                rest.put("threats", threats.stream().filter(t -> !isOurs(t)).toList());
            }
            more.put("data", rest);
        }
        return more;
    }

    private static boolean isOurs(Object threat) {
        return threat instanceof Map<?, ?> map && map.containsKey("bartizan");
    }

    private static String type(Plain cell) {
        return cell.at("data").text("type").or(() -> cell.text("type")).orElse("");
    }

    private void addShape(Cell at) {
        Plain cell = at.cell();
        String type = type(cell);
        Optional<Box> box = OtmImport.boxOf(cell.at("position"), cell.at("size"));
        String name = name(cell);
        if (PARTS.contains(type)) {
            addPart(at, type, name, box);
        } else if (type.equals("tm.BoundaryBox")) {
            String zone = name.isEmpty() ? "Boundary" : name;
            String trust = ours(cell).text("trust").orElseGet(() -> trust(zone));
            String within = ours(cell).text("within-key").orElse("");
            draft.zone(cell, cell.required("id"), zone, trust, within, box, carried(at, "id"));
            draft.restoreZone(cell.required("id"), ours(cell));
        } else if (type.equals("tm.Boundary")) {
            draft.lose("Boundary curve \"" + name + "\" has no inside and made no zone.");
            otherCells.add(carried(at));
        } else if (type.equals("tm.Text")) {
            otherCells.add(carried(at));
        } else if (!type.equals("tm.Flow")) {
            throw cell.refuse("has the unknown type \"" + type + "\"");
        }
    }

    private void addPart(Cell at, String type, String name, Optional<Box> box) {
        Plain cell = at.cell();
        draft.part(
                cell,
                cell.required("id"),
                name.isEmpty() ? type.substring(3) : name,
                type.substring(3).toLowerCase(Locale.ROOT),
                "",
                cell.at("data").text("description").or(() -> cell.text("description")).orElse(""),
                box,
                carried(at, "id", "ports", "markup"));
        if (ours(cell).isMap()) {
            draft.restore(cell.required("id"), ours(cell));
        }
        addThreats(cell, cell.required("id"), "");
    }

    private void addThreats(Plain cell, String part, String about) {
        Plain threats =
                cell.at("data").has("threats") ? cell.at("data").at("threats") : cell.at("threats");
        for (Plain threat : threats.items()) {
            if (!threat.has("bartizan")) {
                draft.know(part, known(threat, about));
            }
        }
    }

    private KnownThreat known(Plain threat, String about) {
        String mend = threat.text("mitigation").orElse("");
        String title = threat.text("title").orElse("Threat") + about;
        return new KnownThreat(
                threat.text("id").or(() -> threat.text("threatId")).orElse(title),
                title,
                threat.text("severity").orElse(""),
                threat.text("description").orElse(""),
                mend,
                KnownThreat.answer(threat.text("status").orElse("Open"), mend, owner));
    }

    private void addFlow(Cell at) {
        Plain cell = at.cell();
        if (!type(cell).equals("tm.Flow")) {
            return;
        }
        Optional<String> from = end(cell.at("source")).filter(e -> !isZone(e));
        Optional<String> to = end(cell.at("target")).filter(e -> !isZone(e));
        if (from.isEmpty() || to.isEmpty()) {
            draft.lose(
                    "Flow \"" + name(cell) + "\" is tied to nothing at one end and was left out.");
            otherCells.add(carried(at));
            return;
        }
        List<String> carries = ours(cell).texts("carries");
        draft.way(cell, from.get(), to.get(), name(cell), carries, carried(at, "markup"));
        addThreats(cell, from.get(), " (flow " + name(cell) + ")");
        if (cell.at("data").isTrue("isBidirectional")) {
            draft.way(cell, to.get(), from.get(), name(cell), carries, Map.of());
        }
    }

    private boolean isZone(String key) {
        return draft.zones().containsKey(key);
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
