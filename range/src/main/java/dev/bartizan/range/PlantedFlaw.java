package dev.bartizan.range;

import dev.bartizan.core.Claim;
import java.util.List;

/// A flaw that a simulation has on purpose, with the rate at which it shows.
///
/// @param id stable name
/// @param claim what a check that finds it confirms
/// @param trigger which requests can set it off, in words
/// @param rate how often such a request does, 0..1; exact, each request decided on its own
/// @param examples requests that can set it off, as the principal `alice`
public record PlantedFlaw(
        String id, Claim claim, String trigger, double rate, List<String> examples) {
    public PlantedFlaw {
        examples = List.copyOf(examples);
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("A flaw's rate is in 0..1, given " + rate);
        }
    }
}
