package dev.bartizan.threats.exchange;

import dev.bartizan.core.UserError;
import dev.bartizan.threats.exchange.DraftDocument.Carrying;
import dev.bartizan.threats.systemfile.SystemFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/// Reads threat models of other tools into system files: OTM, Threat Dragon 1 and 2, Threagile,
/// TM7, pytm, draw.io, TM-BOM in CycloneDX and in the schema of OWASP. What the system file has no
/// word for is carried along under `carried`, and told.
public final class ModelImport {
    private ModelImport() {}

    /// An imported model.
    ///
    /// @param format `otm`, `threat-dragon`, `threagile`, `tm7`, `pytm`, `drawio`, `cyclonedx` or
    ///   `tm-bom`
    /// @param yaml text of the system file
    /// @param elements how many elements it has
    /// @param flows how many flows it has
    /// @param zones how many zones it has
    /// @param decisions how many decisions of the other tool it holds
    /// @param losses what could not be kept or had to be guessed, one sentence each
    public record Imported(
            String format,
            String yaml,
            int elements,
            int flows,
            int zones,
            int decisions,
            List<String> losses) {
        public Imported {
            losses = List.copyOf(losses);
        }
    }

    /// Reads a file, its format told by its content.
    ///
    /// @param file of the other tool
    /// @param decisionsUntil last day of decisions made in the other tool: there they have no end
    /// @throws UserError when it is no model of a known format, or broken, with the place
    /// @throws IOException when it cannot be read
    public static Imported read(Path file, LocalDate decisionsUntil) throws IOException {
        Draft draft = draft(file, ForeignFile.bytes(file));
        Map<String, Object> document = new DraftDocument(draft, decisionsUntil).of(Carrying.ALL);
        String yaml = YamlWriter.write(document);
        if (yaml.getBytes(StandardCharsets.UTF_8).length > SystemFiles.MAX_BYTES) {
            draft.lose("What the system file has no word for was too large and was left out.");
            yaml = YamlWriter.write(new DraftDocument(draft, decisionsUntil).of(Carrying.NOTHING));
        }
        return new Imported(
                draft.format(),
                yaml,
                draft.parts().size(),
                draft.ways().size(),
                draft.zones().size(),
                (int)
                        draft.threats().values().stream()
                                .flatMap(threats -> threats.values().stream())
                                .filter(threat -> threat.answer().isPresent())
                                .count(),
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
        if (root.has("scope") && root.has("trust_zones") && root.has("data_flows")) {
            return TmBomImport.read(root);
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
                        + " threagile_version, trust_zones, or pytm's name, elements and flows");
    }
}
