package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Callables.Entry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A name in a module, with what follows from the two alone, worked out when first asked: a pickle
/// names the same few things thousands of times, and so do the pickles of one scan. Threads that
/// meet here work out the same.
final class Name {
    private static final int MOST_KEPT = 4_096;
    private static final int LONGEST_KEPT = 200;
    private static final Map<Name, Name> KEPT = new ConcurrentHashMap<>();

    private final String module;
    private final String name;
    private final int hash;
    private @Nullable String dotted;
    private @Nullable String shown;
    private @Nullable Name plain;
    private @Nullable Name inPython3;
    private @Nullable Facts facts;

    private record Facts(Optional<Entry> entry, boolean isReflective) {}

    private Name(String module, String name) {
        this.module = module;
        this.name = name;
        this.hash = 31 * module.hashCode() + name.hashCode();
    }

    /// @param name empty for the module itself
    static Name of(String module, String name) {
        Name asked = new Name(module, name);
        Name known = KEPT.get(asked);
        if (known != null) {
            return known;
        }
        if (asked.isShort()) {
            if (KEPT.size() >= MOST_KEPT) { // a file of nothing but names is forgotten again
                KEPT.clear();
            }
            KEPT.put(asked, asked);
        }
        return asked;
    }

    private boolean isShort() {
        return module.length() + name.length() <= LONGEST_KEPT;
    }

    /// Itself, or for a long one as much of it as is shown, which may be kept in any number.
    Name brief() {
        return isShort() ? this : of(shown(), "");
    }

    String module() {
        return module;
    }

    String name() {
        return name;
    }

    String dotted() {
        String known = dotted;
        if (known == null) {
            known = name.isEmpty() ? module : module + "." + name;
            dotted = known;
        }
        return known;
    }

    /// As accounts and messages show it.
    String shown() {
        String known = shown;
        if (known == null) {
            known = Rendering.name(dotted());
            shown = known;
        }
        return known;
    }

    /// What it really stands for ({@link Names}).
    Name plain() {
        Name known = plain;
        if (known == null) {
            known = Names.resolve(this);
            plain = known;
        }
        return known;
    }

    /// What Python 3 takes it for when a pickle of Python 2 names it.
    Name inPython3() {
        Name known = inPython3;
        if (known == null) {
            known = of(Python2.module(module, name), Python2.name(module, name));
            inPython3 = known;
        }
        return known;
    }

    /// What is known of it, read as it stands; ask its plain name.
    Optional<Entry> entry() {
        return facts().entry();
    }

    /// Whether it walks through Python's own machinery.
    boolean isReflective() {
        return facts().isReflective();
    }

    private Facts facts() {
        Facts known = facts;
        if (known == null) {
            known = new Facts(Capabilities.lookup(this), Names.isReflective(name));
            facts = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Name it
                        && hash == it.hash
                        && name.equals(it.name)
                        && module.equals(it.module));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return dotted();
    }
}
