package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Threat;
import dev.bartizan.threats.rules.PathQuestions;
import dev.bartizan.threats.rules.RuleBook;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The threats of a system, and why they are or are not among them. The same system and facts give
/// the same model, whatever order they come in.
public final class ThreatModel {
    private static final Comparator<Threat> WORST_FIRST =
            Comparator.comparing(Threat::severity)
                    .reversed()
                    .thenComparing(Threat::rule)
                    .thenComparing(threat -> threat.roles().toString());

    private final List<Threat> threats;
    private final List<Threat> notApplicable;
    private final List<Crossing> crossings;
    private final FactBase facts;
    private final Explainer explainer;
    private final AiSystem system;

    private ThreatModel(
            List<Threat> threats,
            List<Threat> notApplicable,
            List<Crossing> crossings,
            FactBase facts,
            Explainer explainer,
            AiSystem system) {
        this.system = system;
        this.crossings = crossings;
        this.threats = threats;
        this.notApplicable = notApplicable;
        this.facts = facts;
        this.explainer = explainer;
    }

    /// Derives the threats of a system by the rules that come with the tool.
    ///
    /// @param readFacts what fact sources read off the targets; outweighs what the file declares
    public static ThreatModel derive(AiSystem system, List<Fact> readFacts) {
        return derive(system, readFacts, RuleBook.bundled());
    }

    /// Derives the threats of a system by these rules.
    public static ThreatModel derive(AiSystem system, List<Fact> readFacts, RuleBook rules) {
        SystemGraph graph = SystemGraph.of(system);
        FactBase facts = new FactBase(DeclaredFacts.of(system, graph), readFacts);
        Evaluator evaluator = new Evaluator(system, graph, facts);
        Derivation derivation = new Derivation(system, evaluator);
        rules.rules().forEach(derivation::apply);
        List<Threat> threats =
                Stream.of(
                                derivation.threats(),
                                ProtocolThreats.of(system),
                                DeclaredThreats.of(system))
                        .flatMap(List::stream)
                        .sorted(WORST_FIRST)
                        .toList();
        List<Threat> others = derivation.notApplicable().stream().sorted(WORST_FIRST).toList();
        List<Crossing> crossings =
                new PathAnalysis(system, graph, evaluator).answer(PathQuestions.bundled());
        return new ThreatModel(
                threats, others, crossings, facts, new Explainer(system, rules, evaluator), system);
    }

    /// Ways that data can take and should not, each with its shortest path and smallest cut.
    public List<Crossing> crossings() {
        return crossings;
    }

    /// Threats that apply or that a declared control mitigates, worst first.
    public List<Threat> threats() {
        return threats;
    }

    /// Threats of rules that were considered and do not apply, with the reason.
    public List<Threat> notApplicable() {
        return notApplicable;
    }

    /// The system they were derived of.
    public AiSystem system() {
        return system;
    }

    /// Everything declared, derived and read.
    public List<Fact> facts() {
        return facts.all();
    }

    /// The threat of that id, applicable or not.
    public Optional<Threat> threat(String id) {
        return Stream.concat(threats.stream(), notApplicable.stream())
                .filter(threat -> threat.id().equals(id))
                .findFirst();
    }

    /// Why a threat is as it is; empty when no rule yields that id.
    public Optional<Explanation> explain(String id) {
        return threat(id).map(explainer::explain);
    }
}
