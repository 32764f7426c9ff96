package dev.bartizan.range;

import dev.bartizan.core.SimulatedEndpoints;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The simulated endpoints: the assistants `claims-desk` with planted flaws and `clean-desk`
/// without any, the classifiers `shapes` and `shapes-limited`.
public final class SimulatedRange implements SimulatedEndpoints {
    private final InstantSource clock;

    /// On the machine's clock.
    public SimulatedRange() {
        this(Clock.systemUTC());
    }

    /// @param clock that rate limits go by
    public SimulatedRange(InstantSource clock) {
        this.clock = clock;
    }

    /// Names of the profiles.
    public Set<String> profiles() {
        Set<String> names = new TreeSet<>(Profile.ALL.keySet());
        names.addAll(ShapesProfile.ALL.keySet());
        return names;
    }

    /// What is wrong with a profile; empty when there is no such profile.
    public Optional<Truth> truth(String profile) {
        return Optional.ofNullable(Profile.ALL.get(profile))
                .map(Profile::truth)
                .or(() ->
                        Optional.ofNullable(ShapesProfile.ALL.get(profile))
                                .map(ShapesProfile::truth));
    }

    @Override
    public boolean has(String profile) {
        return Profile.ALL.containsKey(profile) || ShapesProfile.ALL.containsKey(profile);
    }

    @Override
    public Session start(String profile, long seed) throws IOException {
        return ShapesProfile.ALL.containsKey(profile)
                ? startClassifier(profile, seed)
                : startAssistant(profile, seed);
    }

    /// Starts an assistant.
    ///
    /// @throws UserError when there is none of that name
    /// @throws IOException when it cannot listen
    public SimulatedServer startAssistant(String profile, long seed) throws IOException {
        Profile found = Profile.ALL.get(profile);
        if (found == null) {
            throw unknown(profile);
        }
        return SimulatedServer.start(found, seed, clock);
    }

    /// Starts a classifier.
    ///
    /// @throws UserError when there is none of that name
    /// @throws IOException when it cannot listen
    public SimulatedClassifier startClassifier(String profile, long seed) throws IOException {
        ShapesProfile found = ShapesProfile.ALL.get(profile);
        if (found == null) {
            throw unknown(profile);
        }
        return SimulatedClassifier.start(found, seed, clock);
    }

    private UserError unknown(String profile) {
        return new UserError(
                "No simulation is called \"" + profile + "\"",
                "simulated:" + profile,
                "Use one of " + String.join(", ", profiles()) + ".");
    }
}
