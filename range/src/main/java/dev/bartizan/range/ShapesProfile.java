package dev.bartizan.range;

import dev.bartizan.core.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A kind of simulated classifier.
///
/// @param truth what is wrong with it
/// @param requestsPerWindow most requests in a window; 0 for no limit
/// @param window length of the window
record ShapesProfile(Truth truth, int requestsPerWindow, Duration window) {
    private static final String VERSION = "1";

    /// All profiles by name.
    static final Map<String, ShapesProfile> ALL =
            Map.of(
                    "shapes", new ShapesProfile(truth("shapes"), 0, Duration.ofSeconds(1)),
                    "shapes-limited",
                            new ShapesProfile(truth("shapes-limited"), 50, Duration.ofMillis(100)));

    private static Truth truth(String name) {
        return new Truth(
                name,
                VERSION,
                List.of(
                        new PlantedFlaw(
                                "nearest-centre",
                                new Claim("linf-evasion-within-budget"),
                                "moves an example over the plane between two centres",
                                1,
                                List.of()),
                        new PlantedFlaw(
                                "scores-for-everyone",
                                new Claim("returns-scores"),
                                "asks for predictions",
                                1,
                                List.of())),
                List.of());
    }
}
