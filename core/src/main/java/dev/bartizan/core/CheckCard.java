package dev.bartizan.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a check is.
///
/// @param id stable name, lower case with dashes; also its key under `checks:` in the system file
/// @param title one line for people
/// @param version changes whenever the same target could give another result
/// @param claims what it can settle
/// @param cost how much it takes
/// @param effects whether it may change the target's state; then it runs only in staging
/// @param freshFor how long its evidence stays fresh
/// @param recall how often it finds what is there, with the source of the number, when that was
///   measured
/// @param parameterSchema JSON Schema (an object schema, as text) of its parameters; empty when it
///   takes none
public record CheckCard(
        String id,
        String title,
        String version,
        List<Claim> claims,
        Cost cost,
        Effects effects,
        Duration freshFor,
        Optional<String> recall,
        Optional<String> parameterSchema) {
    public CheckCard {
        claims = List.copyOf(claims);
    }

    /// How much a run takes on an ordinary machine.
    public enum Cost {
        SECONDS,
        MINUTES,
        HOURS
    }

    /// Whether the target may be changed.
    public enum Effects {
        NONE,
        CHANGES_STATE
    }
}
