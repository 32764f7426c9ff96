package dev.bartizan.guard.tools;

import dev.bartizan.core.Digest;
import dev.bartizan.core.ledger.Jcs;
import dev.bartizan.guard.tools.Conversation.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Approvals that persons gave, each bound to one exact call of one principal under one policy,
/// good for one use until it expires. Safe for use by several threads.
public final class Approvals implements Approver {
    /// Most approvals waiting; the oldest go first.
    public static final int MAX_WAITING = 10_000;

    /// Stands for the version of a policy where none is used.
    public static final Digest NO_POLICY = Digest.of("no policy");

    private final InstantSource clock;
    private final Map<Digest, Instant> waiting = new LinkedHashMap<>();

    /// Approvals by a clock.
    public Approvals(InstantSource clock) {
        this.clock = clock;
    }

    /// The digest that an approval is bound to: principal, policy version, tool and arguments in
    /// canonical JSON (RFC 8785). The id of the call is left out: a model may choose another one.
    public static Digest digest(String principal, Digest policy, Call call) {
        return Digest.composite(
                Map.of(
                        "principal", principal,
                        "policy", policy.toString(),
                        "tool", call.tool(),
                        "arguments", Jcs.write(call.arguments())));
    }

    /// Keeps an approval.
    public synchronized void approve(Digest call, Duration goodFor) {
        forgetExpired();
        if (waiting.size() >= MAX_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        waiting.put(call, clock.instant().plus(goodFor));
    }

    @Override
    public synchronized boolean use(Digest call) {
        Instant until = waiting.remove(call);
        return until != null && clock.instant().isBefore(until);
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        waiting.values().removeIf(until -> !now.isBefore(until));
    }
}
