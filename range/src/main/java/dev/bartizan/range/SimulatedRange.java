package dev.bartizan.range;

import dev.bartizan.core.SimulatedEndpoints;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The simulated endpoints: `claims-desk` with planted flaws, `clean-desk` without any.
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
        return new TreeSet<>(Profile.ALL.keySet());
    }

    /// What is wrong with a profile; empty when there is no such profile.
    public Optional<Truth> truth(String profile) {
        return Optional.ofNullable(Profile.ALL.get(profile)).map(Profile::truth);
    }

    @Override
    public boolean has(String profile) {
        return Profile.ALL.containsKey(profile);
    }

    @Override
    public SimulatedServer start(String profile, long seed) throws IOException {
        Profile found = Profile.ALL.get(profile);
        if (found == null) {
            throw new UserError(
                    "No simulation is called \"" + profile + "\"",
                    "simulated:" + profile,
                    "Use one of " + String.join(", ", profiles()) + ".");
        }
        return SimulatedServer.start(found, seed, clock);
    }
}
