package dev.bartizan.core.run;

import dev.bartizan.core.Context;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What a check left of an element when it last found it sound: what it withheld judgement on, or
/// confirmed, is nothing to measure a later version by.
record LastSound(CheckRun run, EvidenceStore store) implements Context.Earlier {
    @Override
    public Optional<byte[]> material(String ending) throws IOException {
        List<Evidence> newestFirst = store.evidence().reversed();
        for (Evidence evidence : newestFirst) {
            if (!isOurs(evidence) || !isSound(evidence)) {
                continue;
            }
            for (Evidence.Attachment attachment : evidence.raw()) {
                if (attachment.path().endsWith(ending)) {
                    return store.kept(attachment);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isOurs(Evidence evidence) {
        return evidence.element().equals(run.element().id())
                && Evidence.Source.OfCheck.now(run.card()).isSameCheck(evidence.source());
    }

    private static boolean isSound(Evidence evidence) {
        return switch (evidence.outcome()) {
            case Outcome.Cleared _, Outcome.Proved _ -> true;
            case Outcome.Confirmed _,
                    Outcome.Withstood _,
                    Outcome.NotApplicable _,
                    Outcome.CouldNotTell _,
                    Outcome.Failed _ ->
                    false;
        };
    }
}
