package dev.bartizan.artifacts;

import dev.bartizan.artifacts.instructions.InstructionRules;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a scan saw of texts that models obey: rules files, skills, descriptions of tools. It only
/// confirms: patterns that find nothing do not show that a text gives no orders.
final class ObeyedTexts {
    private static final Map<String, Claim> CLAIM_OF_FORMAT =
            new TreeMap<>(
                    Map.of(
                            "agent-instructions", new Claim("rules-files-instruct"),
                            "mcp-tools", new Claim("tool-description-instructs")));

    private ObeyedTexts() {}

    static List<Claim> claims() {
        return List.copyOf(CLAIM_OF_FORMAT.values());
    }

    static List<Observation> of(ScanReport report) {
        List<Observation> seen = new ArrayList<>();
        CLAIM_OF_FORMAT.forEach((format, claim) -> {
            List<Finding> orders =
                    report.files().stream()
                            .flatMap(ObeyedTexts::withMembers)
                            .filter(file -> file.formats().contains(format))
                            .flatMap(file -> file.findings().stream())
                            .filter(finding -> InstructionRules.isAboutOrders(finding.rule()))
                            .filter(finding -> finding.severity().isAtLeast(Severity.MEDIUM))
                            .distinct()
                            .toList();
            if (!orders.isEmpty()) {
                Finding worst = orders.getFirst();
                seen.add(
                        new Observation(
                                claim,
                                Outcome.Confirmed.deterministic(),
                                worst.message() + " (" + worst.location() + ")",
                                orders,
                                List.of()));
            }
        });
        return seen;
    }

    private static Stream<FileReport> withMembers(FileReport file) {
        return Stream.concat(
                Stream.of(file), file.members().stream().flatMap(ObeyedTexts::withMembers));
    }
}
