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
import java.util.TreeMap;
import java.util.function.Supplier;

/// What loading a pickle would do, written as the Python that does the same, each line behind the
/// offset of its opcode. Lines of the same kind are counted after the first few; a line that a
/// concern is about always stands.
final class Account {
    private static final int MOST_LINES = 2_000;
    private static final int MOST_ALIKE = 8;

    private final List<String> lines = new ArrayList<>();
    private final Map<Name, Integer> importedOf = new HashMap<>(); // by module
    private final Map<Object, Integer> calledOf = new HashMap<>(); // by name, or by what it reads
    private final Map<String, Integer> others = new HashMap<>(); // by what they read
    private int named;

    List<String> lines() {
        Map<String, Integer> more = new TreeMap<>();
        importedOf.forEach((module, count) -> more(more, from(module.shown()), count));
        calledOf.forEach((callable, count) ->
                more(
                        more,
                        (callable instanceof Name name ? name.shown() : callable) + "(…)",
                        count));
        others.forEach((kind, count) -> more(more, kind, count));
        List<String> all = new ArrayList<>(lines);
        more.forEach((kind, count) -> all.add("       …  " + count + " more like: " + kind));
        return all;
    }

    private static void more(Map<String, Integer> more, String kind, int count) {
        if (count > MOST_ALIKE) {
            more.merge(kind, count - MOST_ALIKE, Integer::sum);
        }
    }

    void imported(Imported name, Optional<Concern> concern) {
        Name kind = Name.of(name.module(), "").brief();
        line(name.offset(), () -> imported(name), importedOf, kind, concern);
    }

    private static String from(String module) {
        return "from " + module + " import";
    }

    /// Letters, digits, underscores and dots.
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && !(c >= '0' && c <= '9') && c != '_' && c != '.') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static String imported(Imported name) {
        boolean isPlain =
                isPlain(name.name()) && name.name().indexOf('.') < 0 && isPlain(name.module());
        return isPlain
                ? from(Rendering.name(name.module())) + " " + name.name()
                : "import " + Rendering.brief(name);
    }

    /// Gives what is made a name, and tells how it is made.
    void called(Made made, Optional<Concern> concern) {
        int number = ++named;
        Object callable =
                made.callable instanceof Imported name
                        ? name.what().brief()
                        : Rendering.labelled(made.callable);
        line(made.offset, () -> called(made, number), calledOf, callable, concern);
        made.number(number);
    }

    private static String called(Made made, int number) {
        String callable = Rendering.labelled(made.callable);
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
        line(offset, text, others, kind, concern);
    }

    /// @param alike lines of each kind so far
    private <K> void line(
            long offset,
            Supplier<String> text,
            Map<K, Integer> alike,
            K kind,
            Optional<Concern> concern) {
        boolean isRemarkable =
                concern.isPresent() && concern.get().severity().isAtLeast(Severity.MEDIUM);
        if (!isRemarkable && isOneOfMany(alike, kind)) {
            return;
        }
        if (lines.size() < MOST_LINES) {
            lines.add(at(offset) + text.get() + (isRemarkable ? remark(concern.get()) : ""));
        } else if (lines.size() == MOST_LINES) {
            lines.add("       …  more follows");
        }
    }

    private static <K> boolean isOneOfMany(Map<K, Integer> alike, K kind) {
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
