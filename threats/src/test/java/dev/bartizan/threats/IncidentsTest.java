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

    /// An incident: the resource of its system file, which techniques follow from its architecture.
    private record Incident(String id, List<String> derivable) {
        ThreatModel model() throws IOException {
            return ThreatModel.derive(Systems.parse(resource(id + ".yaml")), List.of());
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = IncidentsTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Incident> incidents() throws IOException {
        Path file = Corpora.folder("atlas").resolve("incidents-techniques.csv");
        return read("incidents/", Files.readAllLines(file));
    }

    private static List<Incident> accounts() throws IOException {
        return read("accounts/", resource("accounts/techniques.csv").lines().toList());
    }

    private static List<Incident> read(String folder, List<String> table) {
        return table.stream()
                .skip(1)
                .map(line -> COMMA.splitAsStream(line).toList())
                .map(cells ->
                        new Incident(
                                folder + cells.get(0), SPACE.splitAsStream(cells.get(2)).toList()))
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

    /// Five further ones, modelled before any run and never looked at while rules were changed.
    @Test
    void whatFollowsIsDerivedForAccountsTheRulesNeverSaw() throws IOException {
        int all = 0;
        int found = 0;
        for (Incident account : accounts()) {
            Set<String> derived = techniques(account.model());
            all += account.derivable().size();
            found += (int) account.derivable().stream().filter(derived::contains).count();
        }
        assertThat(all).isEqualTo(26);
        assertThat(found).isGreaterThanOrEqualTo(23);
    }

    @Test
    void aRunnerWithoutAnAgentIsToldOfStrangersChangesOnly() throws IOException {
        String pipeline = resource("accounts/release-pipeline.yaml");
        assertThat(rulesAt(pipeline, "runner"))
                .contains("BZ-runner-runs-strangers-changes")
                .doesNotContain("BZ-runner-agent-reads-strangers");
        String withAgent =
                pipeline.replace(
                        "packages: unpinned }\n  registry",
                        "packages: unpinned, uses: [helper] }\n"
                                + "  helper: { kind: agent, zone: ci }\n  registry");
        assertThat(rulesAt(withAgent, "runner")).contains("BZ-runner-agent-reads-strangers");
    }

    private static Set<String> rulesAt(String system, String element) throws IOException {
        return ThreatModel.derive(Systems.parse(system), List.of()).threats().stream()
                .filter(threat -> element.equals(threat.roles().get("at")))
                .map(Threat::rule)
                .collect(Collectors.toSet());
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
