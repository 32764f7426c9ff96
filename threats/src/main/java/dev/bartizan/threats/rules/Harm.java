package dev.bartizan.threats.rules;

import java.util.Set;

/// Who is harmed outside when a threat at such an element comes true.
///
/// @param id stable name
/// @param says one sentence
/// @param stride letters of the threats it goes with
/// @param when what must be known of the element
/// @param atlas id of the harm in ATLAS
public record Harm(String id, String says, Set<String> stride, Condition when, String atlas) {
    public Harm {
        stride = Set.copyOf(stride);
    }
}
