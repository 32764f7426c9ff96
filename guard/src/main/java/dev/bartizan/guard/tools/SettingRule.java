package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Untrusted.Sentence;
import java.util.List;

/// A setting that untrusted text orders by its name (`grade 6`, `with force`), or that the user
/// named otherwise (`project WEB`): values so short that they are said anyway, and flags.
final class SettingRule {
    private static final Vocabulary STOP = Vocabulary.of("stop");
    private static final int NEAR = 3;
    private final Scene scene;
    private final Ruling ruling;

    SettingRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    /// Judges a value under its name.
    void judge(Argument argument) {
        String name = name(argument);
        String value = Texts.plain(argument.value());
        if (name.isEmpty() || scene.isLooking() || isNear(userWords(), name, value)) {
            return;
        }
        for (Untrusted one : scene.heard().untrusted()) {
            for (Sentence sentence : one.sentences()) {
                boolean isOrder =
                        Texts.holds(sentence.text(), value)
                                && isNear(Texts.words(sentence.text()), name, value)
                                && (one.isDescription() || Demand.isIn(sentence.text()));
                if (isOrder) {
                    ask(argument, one);
                }
            }
        }
    }

    /// Judges a flag that is set.
    void flag(Argument argument) {
        String name = name(argument);
        if (name.isEmpty() || scene.isLooking() || scene.intent().says(name)) {
            return;
        }
        for (Untrusted one : scene.heard().untrusted()) {
            for (Sentence sentence : one.sentences()) {
                if (!one.isDescription()
                        && Texts.words(sentence.text()).contains(name)
                        && Demand.isIn(sentence.text())) {
                    ask(argument, one);
                }
            }
        }
    }

    /// Whether the user gave the setting another value by its name.
    boolean isNamedOtherwise(Argument argument) {
        String name = name(argument);
        List<String> words = userWords();
        for (int i = 0; i + 1 < words.size(); i++) {
            String next = words.get(i + 1);
            if (words.get(i).equals(name)
                    && next.length() > 1
                    && !STOP.has(next)
                    && !Texts.words(argument.value()).contains(next)) {
                return true;
            }
        }
        return false;
    }

    private void ask(Argument argument, Untrusted one) {
        ruling.taint(argument.path() + " ← " + one.origin());
        ruling.atLeast(
                Decision.ASK,
                "an instruction in " + one.origin() + " sets `" + argument.path() + "`");
    }

    private List<String> userWords() {
        return Texts.words(scene.heard().userText());
    }

    private static String name(Argument argument) {
        List<String> words = Texts.words(argument.key());
        String last = words.isEmpty() ? "" : words.getLast();
        return last.length() < 3 || last.equals("ids") ? "" : last;
    }

    /// Whether the value follows the name within a few words.
    private static boolean isNear(List<String> words, String name, String value) {
        List<String> parts = Texts.words(value);
        if (parts.isEmpty()) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(name)) {
                int to = Math.min(words.size(), i + 1 + NEAR);
                if (words.subList(i + 1, to).contains(parts.getFirst())) {
                    return true;
                }
            }
        }
        return false;
    }
}
