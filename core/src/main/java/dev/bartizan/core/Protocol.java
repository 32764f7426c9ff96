package dev.bartizan.core;

import java.util.Optional;

/// A safety protocol: a claim in prose with an oracle that a machine can read.
///
/// @param id name of the protocol
/// @param claim what is promised, in the team's words
/// @param at id of the element that promises it
/// @param oracle how a machine tells that it was broken; none means untested prose
/// @param tolerance highest rate of violations the team accepts, 0..1
/// @param place where the file says it
public record Protocol(
        String id,
        String claim,
        String at,
        Optional<Oracle> oracle,
        double tolerance,
        Place place) {
    public Protocol {
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("Tolerance is in 0..1, given " + tolerance);
        }
    }
}
