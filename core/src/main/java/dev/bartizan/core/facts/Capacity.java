package dev.bartizan.core.facts;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Spot;
import java.util.Optional;

/// What the number of a model's parameters means for an attacker.
///
/// A model of at least `2n + d` parameters can fit any labels of `n` records of `d` numbers, so it
/// has room to remember each of them (Zhang, Bengio, Hardt, Recht, Vinyals, "Understanding deep
/// learning requires rethinking generalization", ICLR 2017, theorem 1). One of few parameters is
/// solved for by about as many answers with scores (Tramèr, Zhang, Juels, Reiter, Ristenpart,
/// "Stealing machine learning models via prediction APIs", USENIX Security 2016, section 4.1).
public final class Capacity {
    /// Models of no more parameters are tiny: this many answers are bought in an afternoon.
    public static final long TINY = 10_000;

    private static final int SMALL_RATIO = 10;
    private static final int MOST_BASES = 100;

    private Capacity() {}

    /// Adds what follows from a count of parameters.
    ///
    /// @param parameters of the whole model, above 0
    /// @param inputs numbers of one record, 0 when not known
    /// @param spot where they were counted
    public static void add(
            AiSystem system,
            Element element,
            long parameters,
            long inputs,
            Spot spot,
            ModelFacts facts) {
        facts.add(ModelFact.PARAMETERS, Long.toString(parameters), spot);
        facts.add(ModelFact.SIZE, parameters <= TINY ? "tiny" : "ordinary", spot);
        records(system, element)
                .ifPresent(records ->
                        facts.add(ModelFact.CAPACITY, word(parameters, inputs, records), spot));
    }

    private static String word(long parameters, long inputs, long records) {
        if (parameters / 2 >= records + inputs / 2) {
            return "can-memorise";
        }
        return parameters <= records / SMALL_RATIO ? "small-for-samples" : "in-between";
    }

    /// Records of the data that the model learnt from, as the system file counts them.
    private static Optional<Long> records(AiSystem system, Element element) {
        long all = 0;
        for (String id :
                element.attributes().texts("trained-on").stream().limit(MOST_BASES).toList()) {
            all +=
                    system.element(id)
                            .flatMap(data -> data.attributes().number("records"))
                            .map(Number::longValue)
                            .map(records -> Math.clamp(records, 0, Long.MAX_VALUE / MOST_BASES / 2))
                            .orElse(0L);
        }
        return all == 0 ? Optional.empty() : Optional.of(all);
    }
}
