package dev.bartizan.guard.policy;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.text.KeptJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls that count towards limits over time, as a file holds them. Never changes.
///
/// @param calls in the order they came
public record SpentList(List<Spent> calls) {
    /// Larger files are refused.
    public static final int MAX_BYTES = 64 << 20;

    /// Most calls kept; a file that is full lets no further one through.
    public static final int MAX_CALLS = 100_000;

    private static final KeptJson FILE =
            new KeptJson(
                    "state of limits",
                    "spent",
                    MAX_BYTES,
                    "Bring back an older copy, or move it away and count from nothing.");

    /// Copies the list.
    public SpentList {
        calls = List.copyOf(calls);
    }

    /// A call that counts.
    ///
    /// @param key digest of principal and rule
    /// @param call digest of the call
    /// @param at when it was let through
    /// @param until from when on it counts no more
    /// @param amount what it spent
    public record Spent(Digest key, Digest call, Instant at, Instant until, double amount) {}

    /// What came of a call.
    ///
    /// @param problem why it goes over a limit; empty when it does not
    /// @param after the list with it, when it counts
    public record Outcome(Optional<String> problem, SpentList after) {}

    /// Takes note of a call unless it would go over its limit.
    public Outcome spend(SpentLimits.Ask ask, Instant now) {
        List<Spent> kept =
                new ArrayList<>(calls.stream().filter(one -> now.isBefore(one.until())).toList());
        Instant since = now.minus(ask.window());
        long count = 0;
        double amount = 0;
        for (Spent one : kept) {
            if (!one.key().equals(ask.key()) || !one.at().isAfter(since)) {
                continue;
            }
            if (one.call().equals(ask.call())) {
                return new Outcome(Optional.empty(), new SpentList(kept));
            }
            count++;
            amount += one.amount();
        }
        Optional<String> problem = problem(ask, count + 1, amount + ask.amount());
        if (problem.isEmpty() && kept.size() >= MAX_CALLS) {
            problem = Optional.of("the state holds " + MAX_CALLS + " calls and takes no more");
        }
        if (problem.isEmpty()) {
            kept.add(new Spent(ask.key(), ask.call(), now, now.plus(ask.window()), ask.amount()));
        }
        return new Outcome(problem, new SpentList(kept));
    }

    private static Optional<String> problem(SpentLimits.Ask ask, long count, double amount) {
        String time = " in " + words(ask.window());
        if (count > ask.limit().calls()) {
            return Optional.of("more than " + ask.limit().calls() + " calls" + time);
        }
        return amount > ask.limit().amount() || Double.isNaN(amount)
                ? Optional.of("more than " + ask.limit().amount() + time)
                : Optional.empty();
    }

    private static String words(Duration window) {
        return window.toSeconds() % 3600 == 0
                ? window.toHours() + " hours"
                : window.toSeconds() + " seconds";
    }

    /// Reads a file.
    ///
    /// @param place its name, for messages
    /// @throws UserError when it holds anything else: limits that cannot be counted let nothing
    ///   through
    public static SpentList read(byte[] bytes, String place) {
        return FILE.read(bytes, place, SpentList::of);
    }

    private static SpentList of(JsonNode root) {
        List<Spent> calls = new ArrayList<>();
        for (JsonNode one : KeptJson.list(root, "calls", MAX_CALLS)) {
            double amount = KeptJson.number(one, "amount");
            if (!(amount >= 0)) {
                throw new IllegalArgumentException("an amount is below 0");
            }
            calls.add(
                    new Spent(
                            KeptJson.digest(one.path("key")),
                            KeptJson.digest(one.path("call")),
                            Instant.ofEpochMilli(one.path("at").asLong(0)),
                            Instant.ofEpochMilli(one.path("until").asLong(0)),
                            amount));
        }
        return new SpentList(calls);
    }

    /// The file's bytes.
    public byte[] toBytes() {
        ObjectNode root = FILE.start();
        ArrayNode list = root.putArray("calls");
        for (Spent one : calls) {
            list.addObject()
                    .put("key", one.key().hex())
                    .put("call", one.call().hex())
                    .put("at", one.at().toEpochMilli())
                    .put("until", one.until().toEpochMilli())
                    .put("amount", one.amount());
        }
        return KeptJson.bytes(root);
    }
}
