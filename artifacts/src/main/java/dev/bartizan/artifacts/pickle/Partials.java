package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Attribute;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// `functools.partial`: a function kept with some of its arguments. Making one calls nothing; its
/// state, set behind that, may bring another function.
final class Partials {
    private static final int MOST_NESTED = 32;

    private Partials() {}

    static boolean isOne(Value value) {
        return value instanceof Made made
                && made.callable instanceof Imported maker
                && Names.canonical(maker).equals("functools.partial");
    }

    /// Whether a partial gets the function that it was made of, as Python saves it. Whoever has
    /// taken the partial by now calls another one unseen.
    static boolean isItsOwn(Made partial, Value function) {
        return !partial.positional().isEmpty() && isSame(partial.positional().getFirst(), function);
    }

    private static boolean isSame(Value one, Value other) {
        return switch (one) {
            case Imported name -> other instanceof Imported o && name.what().equals(o.what());
            case Made made -> made.equals(other); // that very one
            case Attribute attribute ->
                    other instanceof Attribute o
                            && attribute.name().equals(o.name())
                            && attribute.of() instanceof Made made
                            && made.equals(o.of());
            default -> false;
        };
    }

    /// A call that calling a partial makes.
    ///
    /// @param function no partial, unless they are nested so deep that it stays unknown
    /// @param arguments those kept, then those given
    record Inner(Value function, Group arguments) {}

    /// Every call that calling a partial may make, by what it was made of or by its state.
    static List<Inner> calls(Made partial, Value given) {
        List<Inner> calls = new ArrayList<>();
        Deque<Inner> open = new ArrayDeque<>();
        List<Value> last = given instanceof Group group ? group.items() : List.of(given);
        open.add(new Inner(partial, new Group(Group.Kind.TUPLE, last)));
        for (int seen = 0; !open.isEmpty(); seen++) {
            Inner next = open.remove();
            if (!isOne(next.function()) || seen >= MOST_NESTED) {
                calls.add(next);
                continue;
            }
            Made here = (Made) next.function();
            if (!(here.state() instanceof Group state) || state.items().isEmpty()) {
                add(open, here.positional(), next.arguments());
            } else {
                boolean isSwapped = !isItsOwn(here, state.items().getFirst());
                if (isSwapped) {
                    add(open, here.positional(), next.arguments());
                }
                List<Value> kept = new ArrayList<>();
                kept.add(state.items().getFirst());
                if (state.items().size() > 1 && state.items().get(1) instanceof Group arguments) {
                    kept.addAll(arguments.items());
                }
                add(open, kept, next.arguments());
            }
        }
        return calls;
    }

    private static void add(Deque<Inner> open, List<Value> kept, Group given) {
        if (!kept.isEmpty()) {
            List<Value> all = new ArrayList<>(kept.subList(1, kept.size()));
            all.addAll(given.items());
            open.add(new Inner(kept.getFirst(), new Group(Group.Kind.TUPLE, all)));
        }
    }
}
