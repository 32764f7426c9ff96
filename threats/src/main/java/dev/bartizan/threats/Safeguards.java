package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Control;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Flow;
import dev.bartizan.threats.rules.Rule;
import dev.bartizan.threats.rules.Rule.Unless;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The declared safeguards of a system, by the element they protect. A guardrail that is an element
/// of its own counts where `guarded-by` names it and on every path through it.
final class Safeguards {
    private static final String GUARDRAIL = "guardrail";

    private final AiSystem system;
    private final Map<String, List<Control>> byElement = new HashMap<>();

    Safeguards(AiSystem system) {
        this.system = system;
        system.controls().forEach(control -> add(control.at(), control));
        for (Element element : system.elements().values()) {
            for (String guard : Relations.of(element, "guarded-by")) {
                system.element(guard)
                        .ifPresent(found -> add(element.id(), asControl(found, element.id())));
            }
        }
    }

    private void add(String element, Control control) {
        byElement.computeIfAbsent(element, _ -> new ArrayList<>()).add(control);
    }

    private static Control asControl(Element guard, String at) {
        return new Control(guard.id(), at, GUARDRAIL, Attributes.NONE, guard.place());
    }

    /// The safeguards that a rule says stand against it, by id.
    List<Control> against(Rule rule, Element at, Optional<Element> other, List<Flow> path) {
        List<Control> found = new ArrayList<>();
        for (Unless unless : rule.unless()) {
            for (String place : places(unless, at, other, path)) {
                standing(place, path).stream()
                        .filter(control -> unless.kinds().contains(control.kind()))
                        .forEach(found::add);
            }
        }
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Control::id).thenComparing(Control::at))
                .toList();
    }

    private List<Control> standing(String place, List<Flow> path) {
        List<Control> controls = new ArrayList<>(byElement.getOrDefault(place, List.of()));
        boolean isPassed =
                path.stream().anyMatch(flow -> flow.from().equals(place))
                        && path.stream().anyMatch(flow -> flow.to().equals(place));
        system.element(place)
                .filter(element -> isPassed && element.kind() == ElementKind.GUARDRAIL)
                .ifPresent(element -> controls.add(asControl(element, place)));
        return controls;
    }

    private static Set<String> places(
            Unless unless, Element at, Optional<Element> other, List<Flow> path) {
        Set<String> places = new LinkedHashSet<>();
        switch (unless.on()) {
            case ELEMENT -> places.add(at.id());
            case OTHER -> other.ifPresent(element -> places.add(element.id()));
            case PATH -> {
                places.add(at.id());
                path.forEach(flow -> {
                    places.add(flow.from());
                    places.add(flow.to());
                });
            }
        }
        return places;
    }

    /// Whether it takes the threat away as declared, rather than a part of it.
    static boolean isFull(Control control) {
        return control.attributes().text("strength").filter("partial"::equals).isEmpty();
    }

    /// The control as a fact.
    static Fact fact(Control control) {
        return new Fact(
                control.at(),
                "control." + control.kind(),
                control.id(),
                control.place().toString(),
                true);
    }
}
