package dev.bartizan.threats.exchange;

import dev.bartizan.core.UserError;
import dev.bartizan.threats.systemfile.SystemFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/// Reads threat models of other tools into system files: OTM, Threat Dragon 1 and 2, Threagile,
/// TM7, pytm, draw.io, TM-BOM in CycloneDX. What the system file has no word for is carried along
/// under `carried`, and told.
public final class ModelImport {
    private ModelImport() {}

    /// An imported model.
    ///
    /// @param format `otm`, `threat-dragon`, `threagile`, `tm7`, `pytm`, `drawio` or `cyclonedx`
    /// @param yaml text of the system file
    /// @param elements how many elements it has
    /// @param flows how many flows it has
    /// @param zones how many zones it has
    /// @param losses what could not be kept or had to be guessed, one sentence each
    public record Imported(
            String format, String yaml, int elements, int flows, int zones, List<String> losses) {
        public Imported {
            losses = List.copyOf(losses);
        }
    }

    /// Reads a file, its format told by its content.
    ///
    /// @throws UserError when it is no model of a known format, or broken, with the place
    /// @throws IOException when it cannot be read
    public static Imported read(Path file) throws IOException {
        Draft draft = draft(file, ForeignFile.bytes(file));
        Map<String, Object> document = document(draft, true);
        String yaml = YamlWriter.write(document);
        if (yaml.getBytes(StandardCharsets.UTF_8).length > SystemFiles.MAX_BYTES) {
            draft.lose("What the system file has no word for was too large and was left out.");
            yaml = YamlWriter.write(document(draft, false));
        }
        return new Imported(
                draft.format(),
                yaml,
                draft.parts().size(),
                draft.ways().size(),
                draft.zones().size(),
                draft.losses());
    }

    private static Draft draft(Path file, byte[] bytes) throws IOException {
        String name = file.toString();
        if (ForeignFile.looksLikeXml(bytes)) {
            Element root = ForeignFile.xml(name, bytes);
            return Xml.name(root).equals("ThreatModel")
                    ? Tm7Import.read(name, root)
                    : DrawioImport.read(name, root);
        }
        Plain root =
                ForeignFile.looksLikeJson(bytes)
                        ? ForeignFile.json(name, bytes)
                        : ForeignFile.yaml(name, bytes);
        if (!root.isMap()) {
            throw root.refuse("is no map: no known format begins so");
        }
        if (root.has("otmVersion") || root.has("project")) {
            return OtmImport.read(root);
        }
        if (root.has("summary")) {
            return DragonImport.read(root);
        }
        if (root.text("bomFormat").orElse("").equals("CycloneDX")) {
            return CycloneImport.read(root);
        }
        if (root.has("threagile_version")) {
            return ThreagileImport.read(file, root);
        }
        if (root.has("elements") && root.has("flows") && root.has("name")) {
            return PytmImport.read(root);
        }
        throw root.refuse(
                "is of no known format: it has none of otmVersion, summary, bomFormat,"
                        + " threagile_version, or pytm's name, elements and flows");
    }

    private static Map<String, Object> document(Draft draft, boolean isCarrying) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bartizan", 1L);
        document.put("system", draft.name());
        if (!draft.zones().isEmpty()) {
            document.put("zones", zones(draft, isCarrying));
        }
        document.put("elements", elements(draft, isCarrying));
        List<Object> flows = new ArrayList<>();
        List<Object> carriedFlows = new ArrayList<>();
        for (Draft.Way way : draft.ways()) {
            String arrow = id(draft, way.from()) + " -> " + id(draft, way.to());
            flows.add(way.carries().isEmpty() ? arrow : Map.of(arrow, way.carries()));
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("flow", arrow);
            more.put("name", way.name());
            more.putAll(way.carried());
            carriedFlows.add(more);
        }
        if (!flows.isEmpty()) {
            document.put("flows", flows);
        }
        if (isCarrying) {
            Map<String, Object> carried = new LinkedHashMap<>(draft.carried());
            carried.put("flows", carriedFlows);
            document.put("carried", Map.of(draft.format(), PlainCopy.of(carried, draft)));
        }
        return document;
    }

    private static String id(Draft draft, String key) {
        Draft.Part part = draft.parts().get(key);
        if (part == null) {
            throw new IllegalStateException("A flow ends nowhere: " + key);
        }
        return part.id();
    }

    private static Map<String, Object> zones(Draft draft, boolean isCarrying) {
        Map<String, Object> zones = new LinkedHashMap<>();
        for (Draft.Zone zone : draft.zones().values()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("trust", zone.trust());
            body.put("name", zone.name());
            Draft.Zone outer = draft.zones().get(zone.within());
            if (outer != null) {
                body.put("within", outer.id());
            }
            zone.box().ifPresent(box -> body.put("layout", layout(box)));
            if (isCarrying) {
                carry(draft, zone.key(), zone.carried(), body);
            }
            zones.put(zone.id(), body);
        }
        return zones;
    }

    private static Map<String, Object> elements(Draft draft, boolean isCarrying) {
        Map<String, Object> elements = new LinkedHashMap<>();
        for (Draft.Part part : draft.parts().values()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("kind", part.kind());
            body.put("name", part.name());
            Draft.Zone zone = draft.zones().get(part.zone());
            if (zone != null) {
                body.put("zone", zone.id());
            }
            if (!part.description().isEmpty()) {
                body.put("description", part.description());
            }
            body.putAll(part.attributes());
            part.box().ifPresent(box -> body.put("layout", layout(box)));
            if (isCarrying) {
                carry(draft, part.key(), part.carried(), body);
            }
            elements.put(part.id(), body);
        }
        return elements;
    }

    private static void carry(
            Draft draft, String key, Map<String, Object> more, Map<String, Object> body) {
        Map<String, Object> carried = new LinkedHashMap<>();
        carried.put("source-id", key);
        carried.putAll(more);
        body.put("carried", Map.of(draft.format(), PlainCopy.of(carried, draft)));
    }

    private static Map<String, Object> layout(Draft.Box box) {
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("x", box.x());
        layout.put("y", box.y());
        layout.put("width", box.width());
        layout.put("height", box.height());
        return layout;
    }
}
