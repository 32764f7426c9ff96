package dev.bartizan.robustness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/// Every attack that can be chosen by name.
final class AttackCatalogue {
    /// Questions for each example that attacks without gradients ask unless said otherwise.
    static final int QUERIES = 5000;

    private AttackCatalogue() {}

    /// What makes an attack, given the questions that it may ask for each example.
    private static Map<String, IntFunction<Attack>> known() {
        Map<String, IntFunction<Attack>> known = new LinkedHashMap<>();
        known.put("fgsm", _ -> ProjectedGradient.fast());
        known.put("pgd", _ -> ProjectedGradient.plain(40, 5));
        known.put("mi-fgsm", _ -> ProjectedGradient.momentum(20));
        known.put("pgd-mt", _ -> ProjectedGradient.multiTargeted(40, 9));
        known.put("apgd-ce", _ -> AutoPgd.crossEntropy(100));
        known.put("apgd-t", _ -> AutoPgd.targeted(100, 9));
        known.put("apgd-margin", _ -> AutoPgd.margin(50, 10));
        known.put("fab-t", _ -> new FastAdaptiveBoundary(100, 9));
        known.put(FastMinimumNorm.NAME, _ -> new FastMinimumNorm(200));
        known.put(DeepFool.NAME, _ -> new DeepFool(50, 9));
        known.put(CarliniWagner.NAME, _ -> new CarliniWagner(9, 100));
        known.put(SigmaZero.NAME, _ -> new SigmaZero(500));
        known.put(SquareAttack.NAME, SquareAttack::new);
        known.put(NaturalEvolution.NAME, NaturalEvolution::new);
        known.put(SparseRandomSearch.NAME, SparseRandomSearch::new);
        known.put(HopSkipJump.NAME, HopSkipJump::new);
        return known;
    }

    static List<String> names() {
        return List.copyOf(known().keySet());
    }

    /// @param queries questions for each example; empty for the usual number
    /// @throws IllegalArgumentException when there is no attack of that name
    static Attack attack(String name, OptionalInt queries) {
        IntFunction<Attack> maker = known().get(name);
        if (maker == null) {
            throw new IllegalArgumentException("No attack " + name);
        }
        return maker.apply(queries.orElse(QUERIES));
    }
}
