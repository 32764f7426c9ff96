package dev.bartizan.threats.exchange;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Threat;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.ThreatModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes systems and their threats in the formats of other tools. The same system gives the same
/// bytes.
public final class ModelExport {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ModelExport() {}

    /// Open Threat Model 0.2 as JSON. What OTM has no word for stands under `attributes.bartizan`,
    /// from where {@link ModelImport} takes it back.
    public static String otm(AiSystem system, ThreatModel model) {
        return json(OtmExport.document(system, model));
    }

    /// TM-BOM in its CycloneDX form, as JSON.
    public static String cycloneDx(AiSystem system, ThreatModel model) {
        return json(CycloneExport.document(system, model));
    }

    /// TM-BOM in the schema of OWASP's threat model library, as JSON.
    public static String tmBom(AiSystem system, ThreatModel model) {
        return json(TmBomExport.document(system, model));
    }

    /// What of a system is lost where a format has no place for words of others, one phrase each.
    public static List<String> losses(AiSystem system) {
        List<String> losses = new ArrayList<>();
        lose(losses, system.protocols().size(), "protocol");
        lose(losses, system.decisions().size(), "decision");
        lose(losses, system.controls().size(), "control");
        lose(losses, system.checkParameters().size(), "check parameter");
        return losses;
    }

    private static void lose(List<String> losses, int count, String what) {
        if (count > 0) {
            losses.add(count + " " + what + (count == 1 ? "" : "s"));
        }
    }

    private static String json(Map<String, Object> root) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /// How a threat stands there.
    static String state(Threat threat) {
        return switch (threat.applicability()) {
            case Applicability.Applies _ -> "exposed";
            case Applicability.Mitigated _ -> "mitigated";
            case Applicability.DoesNotApply _ -> "not-applicable";
        };
    }

    /// Threat Dragon 2 as JSON.
    public static String threatDragon(AiSystem system, ThreatModel model) {
        return json(DragonExport.document(system, model));
    }

    /// The threats as comma-separated values (RFC 4180), one a line. Cells that a spreadsheet would
    /// run are quoted with a leading apostrophe.
    public static String csv(ThreatModel model) {
        StringBuilder text =
                new StringBuilder("id,rule,severity,applicability,at,title,atlas,mend\r\n");
        for (Threat threat : model.threats()) {
            List<String> cells =
                    List.of(
                            threat.id(),
                            threat.rule(),
                            threat.severity().word(),
                            state(threat),
                            threat.at(),
                            threat.title(),
                            String.join(" ", threat.mappings().getOrDefault("atlas", List.of())),
                            threat.mend());
            text.append(String.join(",", cells.stream().map(ModelExport::cell).toList()))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String cell(String text) {
        boolean isFormula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = isFormula ? "'" + text : text;
        return safe.matches("[A-Za-z0-9 _.:'-]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    /// A Mermaid flowchart with zones as subgraphs.
    public static String mermaid(AiSystem system) {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        Map<String, String> names = new LinkedHashMap<>();
        system.elements().keySet().forEach(id -> names.put(id, "n" + names.size()));
        int zones = 0;
        for (Zone zone : system.zones().values()) {
            text.append("  subgraph z")
                    .append(zones++)
                    .append("[\"")
                    .append(label(zone.id()))
                    .append("\"]\n");
            nodes(system, zone.id(), names, "    ", text);
            text.append("  end\n");
        }
        nodes(system, "", names, "  ", text);
        for (Flow flow : system.flows()) {
            String carries =
                    flow.carries().isEmpty()
                            ? ""
                            : "|\"" + label(String.join(", ", flow.carries())) + "\"|";
            text.append("  ")
                    .append(names.get(flow.from()))
                    .append(" -->")
                    .append(carries)
                    .append(' ')
                    .append(names.get(flow.to()))
                    .append('\n');
        }
        return text.toString();
    }

    private static void nodes(
            AiSystem system,
            String zone,
            Map<String, String> names,
            String indent,
            StringBuilder text) {
        for (Element element : system.elements().values()) {
            String own = system.zones().containsKey(element.zone()) ? element.zone() : "";
            if (own.equals(zone)) {
                text.append(indent)
                        .append(names.get(element.id()))
                        .append("[\"")
                        .append(label(element.label()))
                        .append("\"]\n");
            }
        }
    }

    private static String label(String text) {
        return text.replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replaceAll("\\s+", " ");
    }

    /// A name as an id.
    static String slug(String name) {
        String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return slug.isEmpty() ? "system" : slug;
    }

    static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
