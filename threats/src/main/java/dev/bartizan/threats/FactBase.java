package dev.bartizan.threats;

import dev.bartizan.core.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Facts by element and name. What was read off the target outweighs what was declared under the
/// same name.
final class FactBase {
    private final Map<String, Map<String, List<Fact>>> byElement = new HashMap<>();
    private final List<Fact> all;

    FactBase(List<Fact> declared, List<Fact> read) {
        all = new ArrayList<>(declared);
        all.addAll(read);
        read.forEach(this::add);
        Map<String, Map<String, List<Fact>>> readOnly = new HashMap<>();
        byElement.forEach((element, names) -> readOnly.put(element, Map.copyOf(names)));
        declared.stream()
                .filter(fact ->
                        !readOnly.getOrDefault(fact.element(), Map.of()).containsKey(fact.name()))
                .forEach(this::add);
    }

    private void add(Fact fact) {
        byElement
                .computeIfAbsent(fact.element(), _ -> new HashMap<>())
                .computeIfAbsent(fact.name(), _ -> new ArrayList<>())
                .add(fact);
    }

    /// Every fact given.
    List<Fact> all() {
        return List.copyOf(all);
    }

    /// The facts that count under that name.
    List<Fact> of(String element, String name) {
        return byElement.getOrDefault(element, Map.of()).getOrDefault(name, List.of());
    }

    /// The facts that say something other than no, none or nothing.
    List<Fact> positive(String element, String name) {
        return of(element, name).stream().filter(fact -> !isNegative(fact.value())).toList();
    }

    private static boolean isNegative(String value) {
        return switch (value) {
            case "false", "none", "nothing", "never", "nobody", "" -> true;
            default -> false;
        };
    }
}
