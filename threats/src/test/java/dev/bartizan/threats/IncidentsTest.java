package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Threat;
import dev.bartizan.testkit.Corpora;
import dev.bartizan.threats.rules.RuleBook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the rules against fifteen published incidents. Their system files were written from one
/// line about each architecture, before the techniques used were looked at.
class IncidentsTest {
    private static final double LEAST_RECALL = 0.85;
    private static final double MOST_THREATS_PER_ELEMENT = 3;
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern SPACE = Pattern.compile(" ");

    /// An incident: which techniques follow from its architecture.
    private record Incident(String id, List<String> derivable) {
        ThreatModel model() throws IOException {
            try (InputStream in =
                    IncidentsTest.class.getResourceAsStream("incidents/" + id + ".yaml")) {
                assertThat(in).as(id).isNotNull();
                String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return ThreatModel.derive(Systems.parse(yaml), List.of());
            }
        }
    }

    private static List<Incident> incidents() throws IOException {
        Path file = Corpora.folder("atlas").resolve("incidents-techniques.csv");
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> COMMA.splitAsStream(line).toList())
                .map(cells ->
                        new Incident(cells.get(0), SPACE.splitAsStream(cells.get(2)).toList()))
                .toList();
    }

    private static Set<String> techniques(ThreatModel model) {
        return model.threats().stream()
                .flatMap(threat -> threat.mappings().getOrDefault("atlas", List.of()).stream())
                .collect(Collectors.toSet());
    }

    @Test
    void whatFollowsFromTheArchitectureIsDerived() throws IOException {
        List<String> missing = new ArrayList<>();
        int all = 0;
        for (Incident incident : incidents()) {
            Set<String> derived = techniques(incident.model());
            all += incident.derivable().size();
            incident.derivable().stream()
                    .filter(technique -> !derived.contains(technique))
                    .forEach(technique -> missing.add(incident.id() + " " + technique));
        }
        assertThat(all).isEqualTo(70);
        assertThat(1 - (double) missing.size() / all)
                .as("recall; missing: %s", missing)
                .isGreaterThanOrEqualTo(LEAST_RECALL);
    }

    @Test
    void notEverythingIsDerived() throws IOException {
        for (Incident incident : incidents()) {
            ThreatModel model = incident.model();
            long elements =
                    model.facts().stream().filter(fact -> fact.name().equals("kind")).count();
            assertThat((double) model.threats().size() / elements).as(incident.id()).isLessThan(5);
        }
    }

    @Test
    void theIncidentsGetFewThreatsForEachElement() throws IOException {
        double threats = 0;
        double elements = 0;
        for (Incident incident : incidents()) {
            ThreatModel model = incident.model();
            threats += model.threats().size();
            elements += model.facts().stream().filter(fact -> fact.name().equals("kind")).count();
        }
        assertThat(threats / elements).isLessThan(MOST_THREATS_PER_ELEMENT);
    }

    /// A rule that did not grow from a catalogue seed and fires at one incident must fire elsewhere
    /// too, or it was written for that one.
    @Test
    void noRuleIsThereForOneIncidentAlone() throws IOException {
        List<ThreatModel> models = new ArrayList<>();
        for (Incident incident : incidents()) {
            models.add(incident.model());
        }
        models.addAll(TemplatesTest.models());
        Set<String> alone = new HashSet<>();
        RuleBook.bundled().rules().stream()
                .filter(rule -> rule.seeds().isEmpty())
                .filter(rule ->
                        models.stream().filter(model -> fires(rule.id(), model)).count() == 1)
                .forEach(rule -> alone.add(rule.id()));
        assertThat(alone).isEmpty();
    }

    private static boolean fires(String rule, ThreatModel model) {
        return model.threats().stream().map(Threat::rule).anyMatch(rule::equals);
    }
}
