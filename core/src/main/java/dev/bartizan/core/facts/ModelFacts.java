package dev.bartizan.core.facts;

import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Spot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects what a review sees in the files of one element. Of each name and value the first few
/// places are kept and the others counted.
public final class ModelFacts {
    private static final int MOST_VALUES = 12;
    private static final int MOST_SPOTS = 4;
    private static final int MOST_CHARACTERS = 160;

    private final Map<ModelFact, Map<String, Spots>> seen = new LinkedHashMap<>();

    /// Nothing seen yet.
    public ModelFacts() {}

    private static final class Spots {
        private final List<Spot> kept = new ArrayList<>();
        private int more;
    }

    /// Adds what was seen at a place; the text may be hostile and is cut.
    public void add(ModelFact name, String value, Spot spot) {
        if (!name.words().isEmpty() && !name.words().contains(value)) {
            throw new IllegalArgumentException(name.key() + " is never " + value);
        }
        Map<String, Spots> values = seen.computeIfAbsent(name, _ -> new LinkedHashMap<>());
        String brief = brief(value);
        if (values.size() >= MOST_VALUES && !values.containsKey(brief)) {
            return;
        }
        Spots spots = values.computeIfAbsent(brief, _ -> new Spots());
        if (spots.kept.size() < MOST_SPOTS) {
            spots.kept.add(new Spot(brief(spot.file()), spot.part(), brief(spot.name())));
        } else {
            spots.more++;
        }
    }

    /// Whether anything was seen under that name.
    public boolean has(ModelFact name) {
        return seen.containsKey(name);
    }

    /// The facts, those of one name together.
    ///
    /// @param source id of the fact source
    public List<Fact> of(Element element, String source) {
        List<Fact> facts = new ArrayList<>();
        seen.forEach((name, values) ->
                values.forEach((value, spots) -> add(element, source, name, value, spots, facts)));
        return List.copyOf(facts);
    }

    private static void add(
            Element element,
            String source,
            ModelFact name,
            String value,
            Spots spots,
            List<Fact> facts) {
        for (int i = 0; i < spots.kept.size(); i++) {
            Spot spot = spots.kept.get(i);
            boolean isLast = i == spots.kept.size() - 1;
            String more = isLast && spots.more > 0 ? " and " + spots.more + " more" : "";
            facts.add(
                    new Fact(
                            element.id(),
                            name.key(),
                            value,
                            source + " read " + spot + more,
                            false,
                            spot));
        }
    }

    private static String brief(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
