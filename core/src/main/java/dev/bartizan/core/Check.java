package dev.bartizan.core;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Settles claims about an element by looking at its real bytes or endpoint. Found by
/// `ServiceLoader`; adding one is one class, one catalogue entry and one line in
/// `META-INF/services`.
public interface Check {
    /// Id, claims, cost, effects, freshness.
    CheckCard card();

    /// Whether it has anything to look at there.
    boolean isApplicable(AiSystem system, Element element);

    /// What it would look at, now. Evidence for another digest is stale. Empty when the target
    /// cannot be reached or read (the run then says why).
    Optional<TargetDigest> target(AiSystem system, Element element)
            throws IOException, InterruptedException;

    /// Looks. Says something of each claim it can speak to; a claim not mentioned stays untested.
    ///
    /// @throws IOException when the target cannot be read; recorded as `Failed`
    /// @throws InterruptedException when cancelled
    List<Observation> run(AiSystem system, Element element, Context context)
            throws IOException, InterruptedException;
}
