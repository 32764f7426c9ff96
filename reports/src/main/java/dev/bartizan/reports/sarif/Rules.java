package dev.bartizan.reports.sarif;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.reports.ComparableAssessment.ComparableThreat;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.sarif.SarifLog.Configuration;
import dev.bartizan.reports.sarif.SarifLog.Descriptor;
import dev.bartizan.reports.sarif.SarifLog.Message;
import dev.bartizan.reports.sarif.SarifLog.Relationship;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The rules that results name, each once, in the order of first use.
final class Rules {
    private final Taxonomies taxonomies;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Rules(Taxonomies taxonomies) {
        this.taxonomies = taxonomies;
    }

    /// A rule before its references can be numbered.
    private record Entry(
            String id,
            String title,
            String why,
            String mend,
            Severity severity,
            Optional<String> confidence,
            Map<String, List<String>> mappings) {
        /// The same, as bad and as sure as the worst and the surest of both.
        Entry with(Entry other) {
            boolean isWorse = other.severity.isAtLeast(severity);
            return new Entry(
                    id,
                    title,
                    why,
                    mend,
                    isWorse ? other.severity : severity,
                    isSurer(other) ? other.confidence : confidence,
                    mappings);
        }

        private boolean isSurer(Entry other) {
            List<String> order = List.of("low", "medium", "high");
            return order.indexOf(other.confidence.orElse(""))
                    > order.indexOf(confidence.orElse(""));
        }
    }

    void add(AssessedThreat assessed) {
        var threat = assessed.threat();
        taxonomies.add(assessed);
        entries.putIfAbsent(
                threat.rule(),
                new Entry(
                        threat.rule(),
                        threat.title(),
                        threat.why(),
                        threat.mend(),
                        threat.severity(),
                        Optional.empty(),
                        threat.mappings()));
    }

    /// A located defect whose confidence nobody told.
    void add(Finding finding) {
        add(finding, Optional.empty());
    }

    /// A located defect.
    ///
    /// @param confidence `high`, `medium` or `low`
    void add(Finding finding, String confidence) {
        add(finding, Optional.of(confidence));
    }

    private void add(Finding finding, Optional<String> confidence) {
        taxonomies.add(finding);
        entries.merge(
                finding.rule(),
                new Entry(
                        finding.rule(),
                        title(finding.rule()),
                        "",
                        finding.mend(),
                        finding.severity(),
                        confidence,
                        Map.of("cwe", finding.cwe(), "atlas", finding.atlas())),
                Entry::with);
    }

    /// A rule's name as a sentence: messages tell of one finding, rules of all.
    private static String title(String rule) {
        String words = rule.replace('-', ' ');
        return words.isEmpty() ? rule : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    void addGone(ComparableThreat threat) {
        entries.putIfAbsent(
                threat.rule(),
                new Entry(
                        threat.rule(),
                        threat.title(),
                        "",
                        "",
                        threat.severity(),
                        Optional.empty(),
                        Map.of()));
    }

    int indexOf(String rule) {
        return new ArrayList<>(entries.keySet()).indexOf(rule);
    }

    List<Descriptor> written() {
        return entries.values().stream().map(this::descriptor).toList();
    }

    private Descriptor descriptor(Entry entry) {
        return new Descriptor(
                entry.id(),
                message(entry.title()),
                message(entry.why()),
                message(entry.mend()),
                entry.mappings().getOrDefault("cwe", List.of()).stream()
                        .map(Taxonomies::cwePage)
                        .flatMap(Optional::stream)
                        .findFirst(),
                Optional.of(new Configuration(Sarif.level(entry.severity()))),
                taxonomies.references(entry.mappings()).stream()
                        .map(target -> new Relationship(target, List.of("relevant")))
                        .toList(),
                properties(entry));
    }

    private static Optional<Message> message(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(new Message(VisibleText.of(text)));
    }

    /// What code-hosting sites read: tags, severity as a number of 0..10, precision.
    private static Map<String, Object> properties(Entry entry) {
        List<String> tags = new ArrayList<>(List.of("security"));
        entry.mappings()
                .getOrDefault("cwe", List.of())
                .forEach(id -> tags.add("external/cwe/" + id.toLowerCase(Locale.ROOT)));
        Map<String, Object> properties = new TreeMap<>();
        properties.put("tags", tags.stream().distinct().toList());
        properties.put("security-severity", score(entry.severity()));
        entry.confidence().ifPresent(confidence -> properties.put("precision", confidence));
        return properties;
    }

    private static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.5";
            case INFO -> "0.0";
        };
    }
}
