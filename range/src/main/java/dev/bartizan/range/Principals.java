package dev.bartizan.range;

import dev.bartizan.core.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Who a simulation knows, and the bearer token of each.
final class Principals {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int MAX_PRINCIPALS = 64;

    private final String profile;
    private final long seed;
    private final Map<String, String> tokens = new TreeMap<>();

    Principals(String profile, long seed) {
        this.profile = profile;
        this.seed = seed;
        tokenOf("alice");
        tokenOf("bob");
    }

    /// The token of a principal, who is known from then on.
    synchronized String tokenOf(String name) {
        if (!NAME.matcher(name).matches() || tokens.size() >= MAX_PRINCIPALS) {
            throw new IllegalArgumentException("Not a principal of a simulation: " + name);
        }
        return tokens.computeIfAbsent(
                name,
                _ -> {
                    Map<String, String> parts =
                            Map.of("for", name, "at", profile, "seed", Long.toString(seed));
                    return "sim_" + Digest.composite(parts).hex().substring(0, 40);
                });
    }

    /// Who an `Authorization` header stands for.
    synchronized Optional<String> of(String header) {
        byte[] given = header.getBytes(StandardCharsets.UTF_8);
        return tokens.entrySet().stream()
                .filter(entry -> isSame(given, "Bearer " + entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isSame(byte[] given, String expected) {
        return MessageDigest.isEqual(given, expected.getBytes(StandardCharsets.UTF_8));
    }

    /// Everyone known.
    synchronized Set<String> names() {
        return new TreeSet<>(tokens.keySet());
    }
}
