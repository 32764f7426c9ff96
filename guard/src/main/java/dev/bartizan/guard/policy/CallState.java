package dev.bartizan.guard.policy;

import dev.bartizan.guard.tools.Approver;
import java.time.InstantSource;
import java.util.Optional;

/// What outlives a conversation: approvals that wait, and what was spent.
///
/// @param approver where approvals wait; empty when nobody gives any
/// @param spent limits over time
public record CallState(Optional<Approver> approver, SpentLimits spent) {
    /// No approvals, and limits over time counted while the process runs.
    public static CallState inMemory(InstantSource clock) {
        return new CallState(Optional.empty(), new SpentInMemory(clock));
    }
}
