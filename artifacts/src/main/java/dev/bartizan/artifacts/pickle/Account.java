package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.How;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What loading a pickle would do, written as the Python that does the same, each line behind the
/// offset of its opcode. Lines of the same kind are counted after the first few; a line that a
/// concern is about always stands.
final class Account {
    private static final int MOST_LINES = 2_000;
    private static final int MOST_ALIKE = 8;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Integer> alike = new HashMap<>();
    private int named;

    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        alike.entrySet().stream()
                .filter(entry -> entry.getValue() > MOST_ALIKE)
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        all.add(
                                "       …  "
                                        + (entry.getValue() - MOST_ALIKE)
                                        + " more like: "
                                        + entry.getKey()));
        return all;
    }

    void imported(Imported name, Optional<Concern> concern) {
        String shown = Rendering.brief(name);
        String module = Rendering.brief(new Imported(name.module(), "", 0));
        boolean isPlain = name.name().matches("\\w+") && name.module().matches("[\\w.]+");
        line(
                name.offset(),
                isPlain ? "from " + module + " import " + name.name() : "import " + shown,
                "from " + module + " import",
                concern);
    }

    /// Gives what is made a name, and tells how it is made.
    void called(Made made, Optional<Concern> concern) {
        String callable = Rendering.labelled(made.callable);
        String text =
                Rendering.labelledCall(
                        callable + (made.how == How.NEW ? ".__new__" : ""), made.arguments);
        made.label("v" + ++named);
        line(made.offset, made.label() + " = " + text, callable + "(…)", concern);
    }

    /// What the call before turns out to give.
    void which(long offset, String what, Optional<Concern> concern) {
        line(offset, "    which is " + what, "which is " + what, concern);
    }

    void stateSet(Value object, Value state, long offset, Optional<Concern> concern) {
        line(
                offset,
                Rendering.labelled(object) + ".__setstate__(" + Rendering.labelled(state) + ")",
                ".__setstate__(…)",
                concern);
    }

    void itemsPut(Value object, String method, long offset, Optional<Concern> concern) {
        line(offset, Rendering.labelled(object) + "." + method + "(…)", "." + method, concern);
    }

    /// Something that is no statement.
    void note(long offset, String what) {
        line(offset, "# " + what, what, Optional.empty());
    }

    void statement(long offset, String what) {
        line(offset, what, what.replaceAll("\\(.*", ""), Optional.empty());
    }

    /// What a pickle kept as data would do if something loaded it.
    void nested(Account inner) {
        inner.lines().forEach(line -> lines.add("    if loaded too: " + line));
    }

    /// What the loading program gets.
    void result(long offset, Value value) {
        lines.add(at(offset) + "return " + Rendering.labelled(value));
    }

    private void line(long offset, String text, String kind, Optional<Concern> concern) {
        boolean isRemarkable =
                concern.filter(found -> found.severity().isAtLeast(Severity.MEDIUM)).isPresent();
        int seen = alike.merge(kind, isRemarkable ? 0 : 1, Integer::sum);
        if (!isRemarkable && seen > MOST_ALIKE) {
            return;
        }
        if (lines.size() < MOST_LINES) {
            lines.add(
                    at(offset)
                            + text
                            + concern.filter(_ -> isRemarkable).map(Account::remark).orElse(""));
        } else if (lines.size() == MOST_LINES) {
            lines.add("       …  more follows");
        }
    }

    private static String at(long offset) {
        String digits = Long.toString(offset);
        return " ".repeat(Math.max(0, 8 - digits.length())) + digits + "  ";
    }

    private static String remark(Concern concern) {
        return "   # " + concern.severity().word() + ": " + concern.rule().id();
    }
}
