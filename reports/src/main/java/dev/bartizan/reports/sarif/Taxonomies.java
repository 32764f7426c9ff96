package dev.bartizan.reports.sarif;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Finding;
import dev.bartizan.reports.sarif.SarifLog.ComponentReference;
import dev.bartizan.reports.sarif.SarifLog.Descriptor;
import dev.bartizan.reports.sarif.SarifLog.DescriptorReference;
import dev.bartizan.reports.sarif.SarifLog.ToolComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The outside catalogues that results point into, each with exactly the entries that are used.
final class Taxonomies {
    private static final Pattern CWE = Pattern.compile("CWE-([0-9]{1,6})");
    private static final Pattern CVE = Pattern.compile("CVE-[0-9]{4}-[0-9]{4,9}");
    private static final Pattern GHSA = Pattern.compile("GHSA(-[0-9a-z]{4}){3}");
    private static final Pattern ATLAS = Pattern.compile("AML\\.T[0-9]{4}(\\.[0-9]{3})?");

    private final SortedMap<String, SortedSet<String>> idsByCatalogue = new TreeMap<>();

    /// A catalogue's name and keeper for people.
    private record Name(String name, String keeper) {}

    private static Name named(String catalogue) {
        return switch (catalogue) {
            case "atlas" -> new Name("ATLAS", "MITRE");
            case "cwe" -> new Name("CWE", "MITRE");
            case "cve" -> new Name("CVE", "MITRE");
            case "ghsa" -> new Name("GitHub Advisory Database", "GitHub");
            case "owasp-llm" -> new Name("OWASP Top 10 for LLM Applications", "OWASP");
            case "owasp-agentic" -> new Name("OWASP Top 10 for Agentic Applications", "OWASP");
            case "owasp-ml" -> new Name("OWASP Machine Learning Security Top 10", "OWASP");
            case "nist" -> new Name("NIST AI 100-2", "NIST");
            case "stride" -> new Name("STRIDE", "");
            default -> new Name(catalogue, "");
        };
    }

    void add(AssessedThreat threat) {
        threat.threat().mappings().forEach(this::add);
    }

    void add(Finding finding) {
        add("cwe", finding.cwe());
        add("atlas", finding.atlas());
    }

    /// Published advisories, `CVE-…` and `GHSA-…`.
    void addAdvisories(List<String> ids) {
        advisories(ids).forEach(this::add);
    }

    /// Advisories by the catalogue that holds them.
    static Map<String, List<String>> advisories(List<String> ids) {
        return ids.stream()
                .collect(Collectors.groupingBy(id -> id.startsWith("GHSA-") ? "ghsa" : "cve"));
    }

    private void add(String catalogue, List<String> ids) {
        if (!ids.isEmpty()) {
            idsByCatalogue.computeIfAbsent(catalogue, _ -> new TreeSet<>()).addAll(ids);
        }
    }

    /// References to entries, in the order of the catalogues.
    List<DescriptorReference> references(Map<String, List<String>> ids) {
        List<DescriptorReference> references = new ArrayList<>();
        for (String catalogue : idsByCatalogue.keySet()) {
            SortedSet<String> known = idsByCatalogue.getOrDefault(catalogue, new TreeSet<>());
            for (String id : new TreeSet<>(ids.getOrDefault(catalogue, List.of()))) {
                references.add(
                        new DescriptorReference(
                                id,
                                Optional.of(known.headSet(id).size()),
                                Optional.of(component(catalogue))));
            }
        }
        return references;
    }

    List<ComponentReference> components() {
        return idsByCatalogue.keySet().stream().map(this::component).toList();
    }

    private ComponentReference component(String catalogue) {
        return new ComponentReference(
                named(catalogue).name(),
                Optional.of(idsByCatalogue.headMap(catalogue).size()),
                guid(catalogue));
    }

    List<ToolComponent> written() {
        List<ToolComponent> written = new ArrayList<>();
        idsByCatalogue.forEach((catalogue, ids) ->
                written.add(
                        new ToolComponent(
                                named(catalogue).name(),
                                Optional.of(named(catalogue).keeper()),
                                Optional.of(guid(catalogue)),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                ids.stream().map(id -> taxon(catalogue, id)).toList(),
                                List.of())));
        return written;
    }

    private static Descriptor taxon(String catalogue, String id) {
        if (catalogue.equals("cwe")) {
            return Descriptor.taxon(id, cwePage(id));
        }
        if (catalogue.equals("cve") && CVE.matcher(id).matches()) {
            return Descriptor.taxon(id, Optional.of("https://nvd.nist.gov/vuln/detail/" + id));
        }
        if (catalogue.equals("ghsa") && GHSA.matcher(id).matches()) {
            return Descriptor.taxon(id, Optional.of("https://github.com/advisories/" + id));
        }
        if (catalogue.equals("atlas") && ATLAS.matcher(id).matches()) {
            return Descriptor.taxon(id, Optional.of("https://atlas.mitre.org/techniques/" + id));
        }
        return Descriptor.taxon(id, Optional.empty());
    }

    /// Where a weakness is described; empty for what is no CWE id.
    static Optional<String> cwePage(String id) {
        var cwe = CWE.matcher(id);
        return cwe.matches()
                ? Optional.of("https://cwe.mitre.org/data/definitions/" + cwe.group(1) + ".html")
                : Optional.empty();
    }

    private static String guid(String catalogue) {
        return UUID.nameUUIDFromBytes(
                        ("bartizan taxonomy " + catalogue).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
