package dev.bartizan.core.run;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.FactSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What was read off the targets themselves.
///
/// @param facts of every element and source
/// @param notes sources that broke or took too long, and where
public record Facts(List<Fact> facts, List<String> notes) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    public Facts {
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
    }

    /// Asks every source about every element.
    public static Facts read(AiSystem system, List<FactSource> sources)
            throws InterruptedException {
        List<Fact> facts = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Element element : system.elements().values()) {
            for (FactSource source : sources) {
                if (!source.isApplicable(system, element)) {
                    continue;
                }
                try {
                    facts.addAll(TimeLimit.call(LIMIT, () -> source.facts(system, element)));
                } catch (TimeLimit.BrokeException e) {
                    notes.add(
                            "%s could not read facts off %s: %s"
                                    .formatted(source.id(), element.id(), e.words()));
                }
            }
        }
        return new Facts(facts, notes);
    }
}
