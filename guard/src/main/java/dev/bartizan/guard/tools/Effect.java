package dev.bartizan.guard.tools;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a tool does to the world.
public enum Effect {
    /// Looks something up.
    READ,
    /// Speaks to somebody.
    SEND,
    /// Moves money or orders goods.
    MONEY,
    /// Destroys something.
    DELETE,
    /// Changes or creates something.
    WRITE,
    /// Runs code.
    EXECUTE,
    /// Calls an address on the network.
    NETWORK,
    /// Changes rights, accounts or security.
    ADMIN,
    /// Neither stated nor told by the tool's name: judged as one that acts.
    UNKNOWN;

    private static final Vocabulary LOOKS = Vocabulary.of("tool looks");
    private static final Vocabulary DOUBLE = Vocabulary.of("tool looks or acts");
    private static final Vocabulary READABLE = Vocabulary.of("things to read");
    private static final List<Effect> BY_WEIGHT =
            List.of(MONEY, DELETE, ADMIN, EXECUTE, SEND, NETWORK, WRITE);

    /// The effect of that name; empty when there is none.
    public static Optional<Effect> named(String name) {
        for (Effect effect : values()) {
            if (effect.label().equals(name)) {
                return Optional.of(effect);
            }
        }
        return Optional.empty();
    }

    /// The name as written in files.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The effect that a tool's name tells of, and when the name is silent, its description.
    static Effect infer(String toolName, String description) {
        List<String> name = Texts.words(toolName);
        if (isActOfThings(name)) {
            return strongest(WRITE, match(name.subList(1, name.size())));
        }
        if (!name.isEmpty() && LOOKS.has(name.getFirst())) {
            boolean isOnline = name.stream().anyMatch(Effect::isOnline);
            return isOnline ? NETWORK : READ;
        }
        Effect leading = name.isEmpty() ? UNKNOWN : match(List.of(name.getFirst()));
        if (leading != UNKNOWN && (leading != WRITE || name.size() == 1)) {
            return strongest(leading, match(name));
        }
        Effect byName = match(name);
        boolean isThing = // a noun, as in `approve_request`
                byName == NETWORK
                        && leading != NETWORK
                        && name.stream().noneMatch(Effect::isOnline);
        if (isThing && leading == WRITE) {
            return WRITE;
        }
        if (byName != UNKNOWN && !isThing) {
            return byName;
        }
        if (LOOKS.hasAny(name)) {
            return READ;
        }
        List<String> words = Texts.words(description);
        List<String> first = words.subList(0, Math.min(3, words.size()));
        if (!first.isEmpty() && LOOKS.has(first.getFirst())) {
            return READ;
        }
        Effect told = match(first);
        return told == UNKNOWN && LOOKS.hasAny(first) ? READ : told;
    }

    /// Whether a word that mostly looks acts on a thing here: `open_valve`, `rate_driver`,
    /// `log_hours`.
    private static boolean isActOfThings(List<String> name) {
        if (name.size() < 2 || !DOUBLE.has(name.getFirst())) {
            return false;
        }
        return name.stream().skip(1).noneMatch(READABLE::has);
    }

    private static boolean isOnline(String word) {
        return word.equals("url")
                || word.equals("webpage")
                || word.equals("website")
                || word.equals("http");
    }

    private static Effect strongest(Effect leading, Effect any) {
        return any == MONEY || any == ADMIN || (any == SEND && leading == NETWORK) ? any : leading;
    }

    private static Effect match(List<String> words) {
        for (Effect effect : BY_WEIGHT) {
            if (effect.verbs().hasAny(words)) {
                return effect;
            }
        }
        return UNKNOWN;
    }

    private Vocabulary verbs() {
        return Vocabulary.of("tool " + label());
    }
}
