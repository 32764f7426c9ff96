package dev.bartizan.threats.exchange;

import dev.bartizan.core.UserError;
import dev.bartizan.threats.exchange.Draft.Box;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.w3c.dom.Element;

/// draw.io diagrams, plain or compressed. A shape that holds shapes is a zone; what is joined by an
/// edge, or stands alone, is an element.
final class DrawioImport {
    private record Cell(String id, String label, Element element, String parent) {}

    private final String file;
    private final Plain at;
    private final Map<String, Cell> cells = new LinkedHashMap<>();

    private DrawioImport(String file) {
        this.file = file;
        this.at = new Plain(file, "", null);
    }

    static Draft read(String file, Element root) {
        return new DrawioImport(file).draft(root);
    }

    private Draft draft(Element root) {
        if (!Xml.name(root).equals("mxfile") && !Xml.name(root).equals("mxGraphModel")) {
            throw at.refuse("is no draw.io file: it begins with <" + Xml.name(root) + ">");
        }
        List<Element> models = new ArrayList<>();
        String name = "";
        if (Xml.name(root).equals("mxGraphModel")) {
            models.add(root);
        }
        for (Element diagram : Xml.children(root, "diagram")) {
            name = name.isEmpty() ? Xml.attribute(diagram, "name") : name;
            models.add(Xml.child(diagram, "mxGraphModel").orElseGet(() -> inflated(diagram)));
        }
        if (models.isEmpty()) {
            throw at.refuse("holds no diagram");
        }
        models.forEach(this::collect);
        Draft draft = new Draft("drawio", name.isEmpty() ? "Imported diagram" : name);
        addShapes(draft);
        addEdges(draft);
        draft.lose("Styles, pictures and page settings were left out.");
        return draft;
    }

    private Element inflated(Element diagram) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(Base64.getMimeDecoder().decode(diagram.getTextContent().strip()));
            byte[] buffer = new byte[ForeignFile.MAX_BYTES];
            int length = 0;
            while (!inflater.finished() && length < buffer.length) {
                int read = inflater.inflate(buffer, length, buffer.length - length);
                if (read == 0) {
                    break;
                }
                length += read;
            }
            if (!inflater.finished()) {
                throw at.refuse("holds a compressed diagram that ends early or is too large");
            }
            String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
            String xml = URLDecoder.decode(text, StandardCharsets.UTF_8);
            return ForeignFile.xml(file, xml.getBytes(StandardCharsets.UTF_8));
        } catch (DataFormatException | IllegalArgumentException e) {
            throw new UserError(
                    "The file cannot be imported: its compressed diagram is broken",
                    file,
                    "Save the diagram again, uncompressed.",
                    e);
        } finally {
            inflater.end();
        }
    }

    private void collect(Element model) {
        Element root =
                Xml.child(model, "root")
                        .orElseThrow(() -> at.refuse("holds a mxGraphModel without a root"));
        for (Element cell : Xml.children(root, "mxCell")) {
            add(cell, Xml.attribute(cell, "id"), Xml.attribute(cell, "value"));
        }
        for (String wrapper : List.of("object", "UserObject")) {
            for (Element object : Xml.children(root, wrapper)) {
                Xml.child(object, "mxCell")
                        .ifPresent(cell ->
                                add(
                                        cell,
                                        Xml.attribute(object, "id"),
                                        Xml.attribute(object, "label")));
            }
        }
    }

    private void add(Element cell, String id, String label) {
        if (cells.put(id, new Cell(id, plainText(label), cell, Xml.attribute(cell, "parent")))
                        != null
                && !id.equals("0")
                && !id.equals("1")) {
            throw at.refuse("gives the id \"" + id + "\" twice");
        }
    }

    /// A label without its markup.
    static String plainText(String label) {
        return label.replaceAll("<[^<>]{0,2000}>", " ")
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private boolean isShape(Cell cell) {
        return Xml.attribute(cell.element(), "vertex").equals("1")
                && !Xml.attribute(cell.element(), "style").contains("edgeLabel");
    }

    private boolean isEdge(Cell cell) {
        return Xml.attribute(cell.element(), "edge").equals("1");
    }

    private boolean holdsShapes(Cell cell) {
        return cells.values().stream()
                .anyMatch(other -> other.parent().equals(cell.id()) && isShape(other));
    }

    private boolean isJoined(Cell cell) {
        return cells.values().stream()
                .filter(this::isEdge)
                .anyMatch(edge ->
                        Xml.attribute(edge.element(), "source").equals(cell.id())
                                || Xml.attribute(edge.element(), "target").equals(cell.id()));
    }

    private void addShapes(Draft draft) {
        List<Cell> shapes = cells.values().stream().filter(this::isShape).toList();
        List<Cell> zones = shapes.stream().filter(s -> holdsShapes(s) && !isJoined(s)).toList();
        List<String> zoneIds = zones.stream().map(Cell::id).toList();
        for (Cell zone : zones) {
            String name = zone.label().isEmpty() ? "Group" : zone.label();
            String outer = zoneIds.contains(zone.parent()) ? zone.parent() : "";
            draft.zone(
                    at,
                    zone.id(),
                    name,
                    DragonImport.trust(name),
                    outer,
                    box(zone),
                    Map.of("id", zone.id()));
        }
        for (Cell shape : shapes) {
            if (!zoneIds.contains(shape.id())) {
                String type = shapeType(shape);
                draft.part(
                        at,
                        shape.id(),
                        shape.label().isEmpty() ? type : shape.label(),
                        type,
                        zoneIds.contains(shape.parent()) ? shape.parent() : "",
                        "",
                        box(shape),
                        Map.of("id", shape.id(), "style", Xml.attribute(shape.element(), "style")));
            }
        }
    }

    private static String shapeType(Cell shape) {
        String style = Xml.attribute(shape.element(), "style");
        for (String key : List.of("resIcon=", "grIcon=", "shape=", "image=")) {
            int start = style.indexOf(key);
            if (start >= 0) {
                int end = style.indexOf(';', start);
                String value =
                        style.substring(start + key.length(), end < 0 ? style.length() : end);
                return value.substring(
                        Math.max(value.lastIndexOf('.'), value.lastIndexOf('/')) + 1);
            }
        }
        return "shape";
    }

    private void addEdges(Draft draft) {
        for (Cell edge : cells.values().stream().filter(this::isEdge).toList()) {
            String from = Xml.attribute(edge.element(), "source");
            String to = Xml.attribute(edge.element(), "target");
            if (draft.parts().containsKey(from) && draft.parts().containsKey(to)) {
                draft.way(at, from, to, edge.label(), List.of(), Map.of("id", edge.id()));
            } else {
                draft.lose("Edge \"" + edge.label() + "\" joins no two elements and was left out.");
            }
        }
    }

    private static Optional<Box> box(Cell cell) {
        return Xml.child(cell.element(), "mxGeometry")
                .map(geometry ->
                        new Box(
                                number(geometry, "x"),
                                number(geometry, "y"),
                                number(geometry, "width"),
                                number(geometry, "height")));
    }

    private static double number(Element geometry, String name) {
        String text = Xml.attribute(geometry, name);
        return text.matches("-?[0-9]{0,9}(\\.[0-9]{1,20})?") && text.matches(".*[0-9].*")
                ? Double.parseDouble(text)
                : 0;
    }
}
