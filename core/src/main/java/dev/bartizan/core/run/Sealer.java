package dev.bartizan.core.run;

import dev.bartizan.core.Claim;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.ledger.EvidenceJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Turns what a check observed into evidence.
final class Sealer {
    private static final String SIMULATED = "simulated:";

    private final EvidenceStore store;
    private final CheckRun run;
    private final Instant started;
    private final Duration took;

    Sealer(EvidenceStore store, CheckRun run, Instant started, Instant ended) {
        this.store = store;
        this.run = run;
        this.started = started;
        this.took = Duration.between(started, ended);
    }

    List<Evidence> sealAll(List<Observation> observations) throws IOException {
        List<Evidence> sealed = new ArrayList<>();
        for (Observation observation : observations) {
            sealed.add(seal(observation));
        }
        return sealed;
    }

    /// What is kept of a check that broke: one failure for each of its claims.
    List<Evidence> sealFailure(String error) throws IOException {
        List<Evidence> sealed = new ArrayList<>();
        for (Claim claim : run.card().claims()) {
            sealed.add(
                    seal(
                            Observation.of(
                                    claim,
                                    new Outcome.Failed(error),
                                    run.card().id() + " broke: " + error)));
        }
        return sealed;
    }

    private Evidence seal(Observation observation) throws IOException {
        if (!maySpeakOf(observation.claim())) {
            throw new IllegalStateException(
                    run.card().id() + " speaks of a claim not on its card: " + observation.claim());
        }
        List<Evidence.Attachment> raw = new ArrayList<>();
        for (RawMaterial material : observation.raw()) {
            raw.add(store.keep(material));
        }
        return EvidenceJson.withId(
                new Evidence(
                        "",
                        observation.claim(),
                        run.element().id(),
                        Evidence.Source.OfCheck.now(run.card()),
                        observation.outcome(),
                        observation.summary(),
                        run.target(),
                        run.parameterDigest(),
                        run.seed(),
                        started,
                        took,
                        started.plus(freshFor()),
                        isSimulated(),
                        observation.findings(),
                        raw));
    }

    private boolean maySpeakOf(Claim claim) {
        return run.card().claims().contains(new Claim(claim.base()));
    }

    /// What could not be pinned ages twice as fast.
    private Duration freshFor() {
        boolean isPinned = run.target().map(TargetDigest::unpinned).map(List::isEmpty).orElse(true);
        return isPinned ? run.card().freshFor() : run.card().freshFor().dividedBy(2);
    }

    private boolean isSimulated() {
        return run.element()
                .attributes()
                .text("endpoint")
                .map(endpoint -> endpoint.startsWith(SIMULATED))
                .orElse(false);
    }
}
