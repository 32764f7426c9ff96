package dev.bartizan.reports;

import dev.bartizan.core.CheckCard;
import java.util.Set;

/// A check that could be run, and where it has something to look at.
///
/// @param check the check
/// @param elements ids of the elements it applies to
public record Offer(CheckCard check, Set<String> elements) {
    public Offer {
        elements = Set.copyOf(elements);
    }
}
