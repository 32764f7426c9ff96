package dev.bartizan.core.ledger;

import dev.bartizan.core.ledger.LedgerVerification.Kind;
import dev.bartizan.core.ledger.LedgerVerification.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects problems: bounded, and one for a line unless they are of different kinds.
final class Problems {
    static final int MAX_KEPT = 200;
    static final String RESTORE =
            "Restore the evidence folder from a backup; or move it aside and run again, which starts"
                    + " a new ledger.";

    private record Mark(Kind kind, long line) {}

    private final List<Problem> kept = new ArrayList<>();
    private final Set<Mark> marks = new HashSet<>();
    private final Set<Long> lines = new HashSet<>();
    private long further;

    void add(Kind kind, long line, String what, String mend) {
        if (kept.size() >= MAX_KEPT) {
            further++;
            return;
        }
        if (line == 0 || marks.add(new Mark(kind, line))) {
            lines.add(line);
            kept.add(new Problem(kind, line, what, mend));
        }
    }

    boolean isAbout(long line) {
        return lines.contains(line);
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    List<Problem> kept() {
        return List.copyOf(kept);
    }

    long further() {
        return further;
    }
}
