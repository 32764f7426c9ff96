package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import java.util.ArrayList;
import java.util.List;

/// Keeps the strictest decision with its reason.
final class Ruling {
    private Decision decision = Decision.ALLOW;
    private String reason = "nothing speaks against it";
    private final List<String> taint = new ArrayList<>();

    void atLeast(Decision wanted, String why) {
        if (wanted.compareTo(decision) > 0) {
            decision = wanted;
            reason = why;
        }
    }

    void taint(String what) {
        if (!taint.contains(what)) {
            taint.add(what);
        }
    }

    void taint(Argument argument, Ground ground) {
        taint(argument.path() + " ← " + ground.origin());
    }

    boolean isTainted() {
        return !taint.isEmpty();
    }

    CallVerdict verdict(String callId) {
        return new CallVerdict(callId, decision, reason, taint);
    }
}
