package dev.bartizan.targets;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Context;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Place;
import dev.bartizan.core.Protocol;
import dev.bartizan.range.SimulatedRange;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Small systems for tests.
public final class Systems {
    public static final Limits QUICK =
            new Limits(
                    Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMillis(900), 100_000);
    public static final Map<String, String> TOKENS =
            Map.of("ALICE_TOKEN", "tok-alice-5f0e1d", "BOB_TOKEN", "tok-bob-77aa10");

    private Systems() {}

    public static Element assistant(String endpoint, Map<String, Object> more) {
        Map<String, Object> values = new java.util.TreeMap<>(more);
        values.put("endpoint", endpoint);
        values.putIfAbsent("principals", Map.of("alice", "ALICE_TOKEN", "bob", "BOB_TOKEN"));
        return new Element(
                "assistant",
                ElementKind.LLM,
                "assistant",
                "",
                new Attributes(values),
                Place.NOWHERE);
    }

    public static AiSystem system(Element element, Protocol... protocols) {
        return new AiSystem(
                "Test",
                Path.of("system.yaml"),
                Attributes.NONE,
                "staging",
                Map.of(),
                Map.of(element.id(), element),
                List.of(),
                List.of(),
                List.of(protocols),
                List.of(),
                Map.of());
    }

    /// Opens endpoints with quick limits; waiting moves a clock that simulations go by.
    public static Targets targets(Limits limits) {
        MovableClock clock = new MovableClock();
        return new Targets(
                List.of(new SimulatedRange(clock)),
                name -> Optional.ofNullable(TOKENS.get(name)),
                limits,
                clock::advance);
    }

    public static Context context(long seed, Map<String, Object> parameters) {
        return new Context(
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                seed,
                new Attributes(parameters),
                Context.Progress.SILENT,
                false);
    }

    private static final class MovableClock implements InstantSource {
        private Instant now = Instant.EPOCH;

        synchronized void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }
    }
}
