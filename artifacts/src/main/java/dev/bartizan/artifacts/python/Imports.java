package dev.bartizan.artifacts.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the names of a source mean by its imports. A name that is imported several times, in
/// branches or in functions of their own, may mean any of them; a name that nothing defines may
/// come from a module of which everything is imported.
final class Imports {
    private static final int MOST_MEANINGS = 8;

    private final Map<String, List<String>> meanings = new HashMap<>();
    private final List<String> starred = new ArrayList<>();
    private final Set<String> defined = new HashSet<>();

    void add(String name, String meaning) {
        if (name.equals("*")) {
            if (starred.size() < MOST_MEANINGS) {
                starred.add(meaning.substring(0, meaning.length() - 1));
            }
            return;
        }
        List<String> known = meanings.computeIfAbsent(name, _ -> new ArrayList<>(1));
        known.remove(meaning);
        if (known.size() < MOST_MEANINGS) {
            known.add(meaning);
        }
    }

    /// A function or class of the source's own.
    void define(String name) {
        defined.add(name);
    }

    boolean has(String name) {
        return meanings.containsKey(name);
    }

    /// What a name means by the last import of it.
    Optional<String> of(String name) {
        return Optional.ofNullable(meanings.get(name)).map(List::getLast);
    }

    /// What a dotted name may mean besides that.
    List<String> others(String dotted) {
        int dot = dotted.indexOf('.');
        String first = dot < 0 ? dotted : dotted.substring(0, dot);
        List<String> known = meanings.get(first);
        if (known != null) {
            String rest = dot < 0 ? "" : dotted.substring(dot);
            return known.size() == 1
                    ? List.of()
                    : known.subList(0, known.size() - 1).stream().map(each -> each + rest).toList();
        }
        return starred.isEmpty() || defined.contains(first)
                ? List.of()
                : starred.stream().map(module -> module + dotted).toList();
    }
}
