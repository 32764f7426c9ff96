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
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What loading a pickle would do, written as the Python that does the same, each line behind the
/// offset of its opcode. Lines of the same kind are counted after the first few; a line that a
/// concern is about always stands.
final class Account {
    private static final int MOST_LINES = 2_000;
    private static final int MOST_ALIKE = 8;
    private static final Pattern PLAIN_NAME = Pattern.compile("\\w+");
    private static final Pattern PLAIN_MODULE = Pattern.compile("[\\w.]+");

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Integer> alike = new HashMap<>();
    private int named;

    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        alike.entrySet().stream()
                .filter(entry -> entry.getValue() > MOST_ALIKE)
                .sorted((one, other) -> one.getKey().compareTo(other.getKey()))
                .forEach(entry ->
                        all.add(
                                "       …  "
                                        + (entry.getValue() - MOST_ALIKE)
                                        + " more like: "
                                        + entry.getKey()));
        return all;
    }

    void imported(Imported name, Optional<Concern> concern) {
        String kind = "from " + Rendering.brief(new Imported(name.module(), "", 0)) + " import";
        line(name.offset(), () -> imported(name, kind), kind, concern);
    }

    private static String imported(Imported name, String from) {
        boolean isPlain =
                PLAIN_NAME.matcher(name.name()).matches()
                        && PLAIN_MODULE.matcher(name.module()).matches();
        return isPlain ? from + " " + name.name() : "import " + Rendering.brief(name);
    }

    /// Gives what is made a name, and tells how it is made.
    void called(Made made, Optional<Concern> concern) {
        int number = ++named;
        String callable = Rendering.labelled(made.callable);
        line(made.offset, () -> called(made, callable, number), callable + "(…)", concern);
        made.number(number);
    }

    private static String called(Made made, String callable, int number) {
        String how = made.how == How.NEW ? ".__new__" : "";
        return "v" + number + " = " + Rendering.labelledCall(callable + how, made.arguments);
    }

    /// What the call before turns out to give.
    void which(long offset, String what, Optional<Concern> concern) {
        line(offset, () -> "    which is " + what, "which is " + what, concern);
    }

    void stateSet(Value object, Value state, long offset, Optional<Concern> concern) {
        line(
                offset,
                () ->
                        Rendering.labelled(object)
                                + ".__setstate__("
                                + Rendering.labelled(state)
                                + ")",
                ".__setstate__(…)",
                concern);
    }

    void itemsPut(Value object, String method, long offset, Optional<Concern> concern) {
        line(
                offset,
                () -> Rendering.labelled(object) + "." + method + "(…)",
                "." + method,
                concern);
    }

    /// Something that is no statement.
    void note(long offset, String what) {
        line(offset, () -> "# " + what, what, Optional.empty());
    }

    void persistent(long offset, Value id) {
        line(
                offset,
                () -> "persistent_load(" + Rendering.labelled(id) + ")",
                "persistent_load",
                Optional.empty());
    }

    void extension(long offset, long code) {
        line(offset, () -> "copyreg extension " + code, "copyreg extension", Optional.empty());
    }

    /// What a pickle kept as data would do if something loaded it.
    void nested(Account inner) {
        inner.lines().forEach(line -> lines.add("    if loaded too: " + line));
    }

    /// What the loading program gets.
    void result(long offset, Value value) {
        lines.add(at(offset) + "return " + Rendering.labelled(value));
    }

    private void line(long offset, Supplier<String> text, String kind, Optional<Concern> concern) {
        boolean isRemarkable =
                concern.filter(found -> found.severity().isAtLeast(Severity.MEDIUM)).isPresent();
        if (!isRemarkable && isOneOfMany(kind)) {
            return;
        }
        if (lines.size() < MOST_LINES) {
            lines.add(
                    at(offset)
                            + text.get()
                            + concern.filter(_ -> isRemarkable).map(Account::remark).orElse(""));
        } else if (lines.size() == MOST_LINES) {
            lines.add("       …  more follows");
        }
    }

    private boolean isOneOfMany(String kind) {
        if (alike.size() >= MOST_LINES && !alike.containsKey(kind)) {
            return false;
        }
        return alike.merge(kind, 1, Integer::sum) > MOST_ALIKE;
    }

    private static String at(long offset) {
        String digits = Long.toString(offset);
        return " ".repeat(Math.max(0, 8 - digits.length())) + digits + "  ";
    }

    private static String remark(Concern concern) {
        return "   # " + concern.severity().word() + ": " + concern.rule().id();
    }
}
