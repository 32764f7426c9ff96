package dev.bartizan.guard.policy;

import dev.bartizan.core.Digest;
import java.time.Duration;
import java.util.Optional;

/// What was called and spent before, over all conversations.
public interface SpentLimits {
    /// Takes note of a call unless it would go over a limit.
    ///
    /// @param ask who calls what, and how much is allowed
    /// @return why the call goes over the limit; empty when it does not and was noted
    Optional<String> spend(Ask ask);

    /// A call that counts.
    ///
    /// @param key principal and rule that the limit is for
    /// @param call digest of the very call: one that was noted before counts once
    /// @param amount what it spends, 0 or more
    /// @param limit most calls and most amount
    /// @param window how far back counts
    record Ask(Digest key, Digest call, double amount, ToolRules.Limit limit, Duration window) {}
}
