package dev.bartizan.core.ledger;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What one assessment came to, kept so that the next one can show what vanished.
///
/// @param system name of the system
/// @param at when
/// @param toolVersion version of the tool
/// @param elements ids of the elements, in the file's order
/// @param threats the threats and how each stood
/// @param coveredThreats threats that applied
/// @param adequate of these, how many were adequately covered
public record RunRecord(
        String system,
        Instant at,
        String toolVersion,
        List<String> elements,
        List<ThreatLine> threats,
        int coveredThreats,
        int adequate) {
    public RunRecord {
        elements = List.copyOf(elements);
        threats = List.copyOf(threats);
    }

    /// How one threat stood.
    ///
    /// @param id id of the threat
    /// @param rule id of its rule
    /// @param at id of the element it is at
    /// @param severity how bad it would be
    /// @param standing how it stood
    /// @param isAdequate whether it counted towards adequate coverage
    public record ThreatLine(
            String id,
            String rule,
            String at,
            Severity severity,
            Standing standing,
            boolean isAdequate) {
        static ThreatLine of(AssessedThreat assessed) {
            return new ThreatLine(
                    assessed.threat().id(),
                    assessed.threat().rule(),
                    assessed.threat().at(),
                    assessed.threat().severity(),
                    assessed.standing(),
                    assessed.isAdequate());
        }
    }

    /// The summary of an assessment; its anchor does not matter.
    public static RunRecord of(Assessment assessment) {
        return new RunRecord(
                assessment.system().name(),
                assessment.at(),
                assessment.toolVersion(),
                List.copyOf(assessment.system().elements().keySet()),
                assessment.threats().stream().map(ThreatLine::of).toList(),
                assessment.coverage().threats(),
                assessment.coverage().adequate());
    }

    ObjectNode write() {
        ObjectNode node = StrictJson.object();
        node.put("system", StrictJson.wellFormed(system));
        node.put("at", at.toString());
        node.put("tool", StrictJson.wellFormed(toolVersion));
        node.set("elements", StrictJson.array(elements));
        ArrayNode lines = node.putArray("threats");
        for (ThreatLine threat : threats) {
            lines.addObject()
                    .put("id", StrictJson.wellFormed(threat.id()))
                    .put("rule", StrictJson.wellFormed(threat.rule()))
                    .put("at", StrictJson.wellFormed(threat.at()))
                    .put("severity", threat.severity().word())
                    .put("standing", threat.standing().word())
                    .put("adequate", threat.isAdequate());
        }
        node.put("covered-threats", coveredThreats);
        node.put("adequate", adequate);
        return node;
    }

    static RunRecord read(JsonNode node) {
        StrictJson.requireKeys(
                node,
                "Run",
                Set.of(
                        "system",
                        "at",
                        "tool",
                        "elements",
                        "threats",
                        "covered-threats",
                        "adequate"));
        try {
            return new RunRecord(
                    StrictJson.text(node, "system"),
                    Instant.parse(StrictJson.text(node, "at")),
                    StrictJson.text(node, "tool"),
                    StrictJson.texts(node, "elements"),
                    threats(StrictJson.list(node, "threats")),
                    StrictJson.count(node, "covered-threats"),
                    StrictJson.count(node, "adequate"));
        } catch (DateTimeException e) {
            throw StrictJson.wrong("Impossible time: " + e.getMessage(), e);
        }
    }

    private static List<ThreatLine> threats(JsonNode list) {
        List<ThreatLine> threats = new ArrayList<>();
        for (JsonNode node : list) {
            StrictJson.requireKeys(
                    node, "Threat", Set.of("id", "rule", "at", "severity", "standing", "adequate"));
            threats.add(
                    new ThreatLine(
                            StrictJson.text(node, "id"),
                            StrictJson.text(node, "rule"),
                            StrictJson.text(node, "at"),
                            Severity.parse(StrictJson.text(node, "severity")),
                            standing(StrictJson.text(node, "standing")),
                            StrictJson.truth(node, "adequate")));
        }
        return threats;
    }

    private static Standing standing(String word) {
        for (Standing standing : Standing.values()) {
            if (standing.word().equals(word)) {
                return standing;
            }
        }
        throw StrictJson.wrong("Unknown standing \"" + word + "\"");
    }
}
