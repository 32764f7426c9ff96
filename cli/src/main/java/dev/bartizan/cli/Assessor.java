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
import dev.bartizan.core.run.CoverageNumbers;
import dev.bartizan.core.run.EvidenceView;
import dev.bartizan.core.run.Facts;
import dev.bartizan.core.run.Plan;
import dev.bartizan.core.run.RunListener;
import dev.bartizan.core.run.RunOptions;
import dev.bartizan.core.run.Runner;
import dev.bartizan.core.run.Standings;
import dev.bartizan.reports.Offer;
import dev.bartizan.threats.ThreatModel;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The loop on one system: facts, threats, checks, evidence, standings.
final class Assessor {
    private final Wiring wiring;
    private final Clock clock;

    Assessor(Wiring wiring, Clock clock) {
        this.wiring = wiring;
        this.clock = clock;
    }

    /// An assessment, and what could have been run.
    record Assessed(Assessment assessment, List<Offer> offers) {}

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
        List<Threat> threats = ThreatModel.derive(system, facts.facts()).threats();
        Plan plan = Plan.of(system, wiring.checks(), options.isThorough(), listener);
        List<Evidence> before = ledger.evidence();
        Runner runner = new Runner(system, new LedgerStore(ledger), clock, listener);
        List<String> leftOut = runner.run(plan, options);
        Instant now = clock.instant();
        EvidenceView view = EvidenceView.of(ledger.evidence(), plan.targets(), now);
        List<AssessedThreat> standings =
                new Standings(view, system.decisions(), wiring.cards(), now).assess(threats);
        Coverage coverage = CoverageNumbers.of(standings, Optional.empty());
        List<String> notes = new ArrayList<>(facts.notes());
        notes.addAll(plan.notes());
        notes.addAll(leftOut);
        notes.addAll(changedTargets(before, plan, now));
        notes.addAll(idleDecisions(system, threats));
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
        return new Assessed(record(draft, ledger), offers(plan));
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
