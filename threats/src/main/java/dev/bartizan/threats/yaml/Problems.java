package dev.bartizan.threats.yaml;

import dev.bartizan.core.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong with a file, so that all of it can be told at once.
public final class Problems {
    /// More than this is noise; the rest is counted.
    public static final int MAX_PROBLEMS = 500;

    private final Set<Problem> found = new LinkedHashSet<>();
    private int dropped;

    /// Nothing wrong yet.
    public Problems() {}

    /// Adds a problem; the same problem twice counts once.
    public void add(Place place, String key, String message, String suggestion) {
        add(new Problem(place, key, message, suggestion));
    }

    /// Adds a problem; the same problem twice counts once.
    public void add(Problem problem) {
        if (found.size() < MAX_PROBLEMS) {
            found.add(problem);
        } else if (!found.contains(problem)) {
            dropped++;
        }
    }

    /// Adds all of them.
    public void addAll(Problems others) {
        others.found.forEach(this::add);
        dropped += others.dropped;
    }

    /// Whether nothing is wrong.
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// How many were found, not counting what was dropped.
    public int size() {
        return found.size();
    }

    /// All of them in the order of the file.
    public List<Problem> inOrder() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(
                Comparator.comparingInt((Problem problem) -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()));
        if (dropped > 0) {
            Place place = new Place(sorted.get(0).place().file(), 0, 0);
            sorted.add(
                    new Problem(
                            place, "", dropped + " more problems.", "Mend the first ones first."));
        }
        return List.copyOf(sorted);
    }
}
