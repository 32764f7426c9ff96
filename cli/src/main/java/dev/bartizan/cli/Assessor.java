package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Coverage;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Threat;
import dev.bartizan.core.ToolVersion;
import dev.bartizan.core.ledger.Leaf;
import dev.bartizan.core.ledger.Ledger;
import dev.bartizan.core.ledger.RunRecord;
import dev.bartizan.core.run.Age;
import dev.bartizan.core.run.Approvals;
import dev.bartizan.core.run.CoverageNumbers;
import dev.bartizan.core.run.EvidenceView;
import dev.bartizan.core.run.Facts;
import dev.bartizan.core.run.Plan;
import dev.bartizan.core.run.RunListener;
import dev.bartizan.core.run.RunOptions;
import dev.bartizan.core.run.Runner;
import dev.bartizan.core.run.Standings;
import dev.bartizan.reports.Offer;
import dev.bartizan.reports.WitnessWay;
import dev.bartizan.threats.ThreatModel;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The loop on one system: facts, threats, checks, evidence, standings.
final class Assessor {
    private final Wiring wiring;
    private final Clock clock;

    Assessor(Wiring wiring, Clock clock) {
        this.wiring = wiring;
        this.clock = clock;
    }

    /// An assessment, and what could have been run.
    record Assessed(Assessment assessment, List<Offer> offers, List<WitnessWay> ways) {}

    private List<Offer> offers(Plan plan) {
        return wiring.checks().stream()
                .map(check -> new Offer(check.card(), plan.elementsOf(check.card().id())))
                .toList();
    }

    /// Runs the loop and adds a summary of it to the ledger.
    ///
    /// @throws InterruptedException when cancelled; what has ended by then is kept
    Assessed assess(AiSystem system, Ledger ledger, RunOptions options, RunListener listener)
            throws IOException, InterruptedException {
        Facts facts = Facts.read(system, wiring.factSources());
        ThreatModel model = ThreatModel.derive(system, facts.facts());
        List<Threat> threats = model.threats();
        Plan plan = Plan.of(system, wiring.checks(), options.isThorough(), listener);
        List<Evidence> before = ledger.evidence();
        Runner runner = new Runner(system, new LedgerStore(ledger), clock, listener);
        List<String> leftOut = runner.run(plan, options);
        Instant now = clock.instant();
        EvidenceView view = EvidenceView.of(ledger.evidence(), plan.targets(), now);
        Approvals approvals = Approvals.of(system);
        List<AssessedThreat> standings =
                new Standings(view, approvals, wiring.cards(), now).assess(threats);
        Coverage coverage = CoverageNumbers.of(standings, Optional.empty());
        List<String> notes = new ArrayList<>(facts.notes());
        notes.addAll(plan.notes());
        notes.addAll(leftOut);
        notes.addAll(changedTargets(before, plan, now));
        notes.addAll(idleDecisions(system, threats));
        notes.addAll(
                approvals.notes(
                        threats.stream()
                                .collect(
                                        Collectors.toMap(
                                                Threat::id, Threat::at, (one, _) -> one))));
        Assessment draft =
                new Assessment(
                        system,
                        now,
                        ToolVersion.NUMBER,
                        facts.facts(),
                        standings,
                        view.all(),
                        coverage,
                        notes,
                        "");
        return new Assessed(record(draft, ledger), offers(plan), ways(model));
    }

    private static List<WitnessWay> ways(ThreatModel model) {
        return model.crossings().stream()
                .filter(crossing -> !crossing.shortest().isEmpty())
                .map(crossing ->
                        new WitnessWay(
                                crossing.question(),
                                crossing.title(),
                                crossing.shortest(),
                                crossing.joins(),
                                crossing.cutElements(),
                                crossing.cutFlows(),
                                crossing.isSmallest(),
                                crossing.mend()))
                .toList();
    }

    /// Decisions about threats that are not there: a slip of the pen, or a threat that is gone.
    private static List<String> idleDecisions(AiSystem system, List<Threat> threats) {
        Set<String> ids = new HashSet<>();
        threats.forEach(threat -> ids.add(threat.id()));
        return system.decisions().stream()
                .filter(decision -> !ids.contains(decision.threat()))
                .map(decision ->
                        "The decision at %s is about %s, and no such threat applies"
                                .formatted(decision.place(), decision.threat()))
                .toList();
    }

    /// What was known of bytes that are no longer there.
    private static List<String> changedTargets(List<Evidence> before, Plan plan, Instant now) {
        EvidenceView view = EvidenceView.of(before, plan.targets(), now);
        return view.all().stream()
                .filter(e -> view.age(e) == Age.OTHER_TARGET)
                .map(e -> "%s changed since it was last looked at".formatted(e.element()))
                .distinct()
                .toList();
    }

    private static Assessment record(Assessment draft, Ledger ledger) throws IOException {
        RunRecord now = RunRecord.of(draft);
        List<String> notes = new ArrayList<>(draft.notes());
        List<RunRecord> runs = ledger.runs();
        if (!runs.isEmpty()) {
            notes.addAll(Vanished.since(runs.getLast(), now));
        }
        notes.addAll(ledger.notes());
        ledger.append(List.of(Leaf.of(now)));
        return new Assessment(
                draft.system(),
                draft.at(),
                draft.toolVersion(),
                draft.facts(),
                draft.threats(),
                draft.evidence(),
                draft.coverage(),
                notes,
                ledger.checkpoint().text());
    }
}
