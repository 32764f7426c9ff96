package dev.bartizan.guard.tools;

import dev.bartizan.core.Digest;

/// Where approvals of persons wait for the call that they are for.
public interface Approver {
    /// Uses an approval up.
    ///
    /// @param call digest of the exact call, as `Approvals.digest` makes it
    /// @return whether there was one that still holds
    boolean use(Digest call);
}
