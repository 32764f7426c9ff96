package dev.bartizan.guard.policy;

import dev.bartizan.core.UserError;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/// What is wrong with a policy file, each with line and column.
final class Problems {
    private static final int MOST = 20;
    private final String file;
    private final List<String> lines = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Node node, String what) {
        lines.add(place(node.getStartMark().orElse(null)) + ": " + what.strip());
    }

    private static String place(@org.jspecify.annotations.Nullable Mark mark) {
        return mark == null ? "1:1" : (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    /// @throws UserError when there are any
    void refuse() {
        if (lines.isEmpty()) {
            return;
        }
        List<String> shown = lines.subList(0, Math.min(MOST, lines.size()));
        StringBuilder all = new StringBuilder("The policy cannot be used");
        shown.forEach(line -> all.append("\n  ").append(file).append(':').append(line));
        throw new UserError(all.toString(), file, "docs/guard.md shows every key.");
    }
}
