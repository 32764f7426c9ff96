package dev.bartizan.reports;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Oracle;
import dev.bartizan.core.Protocol;
import dev.bartizan.core.Standing;
import dev.bartizan.core.Zone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A way from what is not trusted to a confirmed weakness and to what is harmed through it, and
/// where to cut it.
///
/// @param threat the confirmed threat it leads to
/// @param flows from the entry to the element, and on to what is harmed; never empty
/// @param cut the fewest flows whose removal keeps every untrusted element from the weakness; empty
///   when more than three are needed, or when the element is itself untrusted
/// @param saves how many confirmed threats that cut puts out of reach
public record AttackPath(AssessedThreat threat, List<Flow> flows, List<Flow> cut, int saves) {
    private static final int MOST_CUTS = 3;

    public AttackPath {
        flows = List.copyOf(flows);
        cut = List.copyOf(cut);
    }

    /// Ids of the elements along the path, the entry first.
    public List<String> elements() {
        List<String> elements = new ArrayList<>();
        elements.add(flows.getFirst().from());
        flows.forEach(flow -> elements.add(flow.to()));
        return elements;
    }

    /// Where to cut it, in words without a full stop.
    public String cutInWords() {
        if (cut.isEmpty()) {
            return "no few flows cut it: mend " + threat.threat().at() + " itself";
        }
        String where =
                cut.stream()
                        .map(flow -> flow.from() + " → " + flow.to())
                        .collect(Collectors.joining(" and "));
        return "cut it at "
                + where
                + (saves > 1 ? ", which takes " + saves + " confirmed threats out of reach" : "");
    }

    /// The path to the worst confirmed threat that can be reached; the rule's witness path when it
    /// has one, else the shortest from an untrusted element.
    public static Optional<AttackPath> worst(Assessment assessment) {
        List<AssessedThreat> confirmed =
                assessment.standing(Standing.CONFIRMED).stream()
                        .sorted(Overview.WORST_FIRST)
                        .toList();
        AiSystem system = assessment.system();
        FlowNetwork network = new FlowNetwork(system.flows());
        Set<String> entries = entries(system);
        for (AssessedThreat threat : confirmed) {
            List<Flow> flows = new ArrayList<>(threat.threat().path());
            if (flows.isEmpty()) {
                flows.addAll(network.shortest(entries, threat.threat().at()));
            }
            if (!flows.isEmpty()) {
                flows.addAll(onward(system, network, threat, flows.getLast().to()));
                return Optional.of(cutting(network, threat, flows, entries, confirmed));
            }
        }
        return Optional.empty();
    }

    private static Set<String> entries(AiSystem system) {
        Set<String> entries = new LinkedHashSet<>();
        for (Element element : system.elements().values()) {
            if (system.trustOf(element) == Zone.Trust.UNTRUSTED) {
                entries.add(element.id());
            }
        }
        return entries;
    }

    /// The way on from the weakness to what it harms: another element that the threat names, or the
    /// tool that a broken promise is about.
    private static List<Flow> onward(
            AiSystem system, FlowNetwork network, AssessedThreat threat, String from) {
        List<String> harmed = new ArrayList<>();
        for (Protocol protocol : system.protocols()) {
            Claim broken = new Claim("protocol-broken").about(protocol.id());
            if (threat.threat().confirmedBy().contains(broken)
                    && protocol.oracle().orElse(null) instanceof Oracle.NeverCalls calls) {
                harmed.add(calls.tool());
            }
        }
        harmed.addAll(threat.threat().roles().values());
        return harmed.stream()
                .filter(element -> !element.equals(from))
                .map(element -> network.shortest(Set.of(from), element))
                .filter(way -> !way.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static AttackPath cutting(
            FlowNetwork network,
            AssessedThreat threat,
            List<Flow> flows,
            Set<String> entries,
            List<AssessedThreat> confirmed) {
        List<Flow> cut = network.smallestCut(entries, threat.threat().at(), MOST_CUTS);
        if (cut.isEmpty()) {
            return new AttackPath(threat, flows, cut, 0);
        }
        FlowNetwork rest = network.without(cut);
        int saves = 0;
        for (AssessedThreat other : confirmed) {
            String at = other.threat().at();
            if (!network.shortest(entries, at).isEmpty() && rest.shortest(entries, at).isEmpty()) {
                saves++;
            }
        }
        return new AttackPath(threat, flows, cut, saves);
    }
}
