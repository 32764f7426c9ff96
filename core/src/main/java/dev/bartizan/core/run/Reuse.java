package dev.bartizan.core.run;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.TargetDigest;
import java.util.List;
import java.util.Optional;

/// Decides whether earlier evidence still holds, so that a check need not run again: same version
/// of the check and of the tool, same target, same parameters, still fresh, and the run neither
/// failed nor stayed without an answer.
final class Reuse {
    private Reuse() {}

    static boolean holds(CheckRun run, EvidenceView view) {
        Optional<Digest> target = run.target().map(TargetDigest::digest);
        if (target.isEmpty()) {
            return false;
        }
        Evidence.Source source = Evidence.Source.OfCheck.now(run.card());
        List<Evidence> fresh =
                view.all().stream()
                        .filter(e -> e.element().equals(run.element().id()))
                        .filter(e -> e.source().equals(source))
                        .filter(e -> view.age(e) == Age.FRESH)
                        .filter(e -> e.target().map(TargetDigest::digest).equals(target))
                        .filter(e -> e.parameters().equals(run.parameterDigest()))
                        .filter(e -> e.seed() == run.seed())
                        .toList();
        return !fresh.isEmpty() && fresh.stream().noneMatch(Reuse::isWithoutAnswer);
    }

    private static boolean isWithoutAnswer(Evidence evidence) {
        return evidence.outcome() instanceof Outcome.Failed
                || evidence.outcome() instanceof Outcome.CouldNotTell;
    }
}
