package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Attribute;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.How;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.core.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What setting a state or putting items can do: change loaded code, replace the methods that the
/// next opcode calls, hand code to classes whose `__setstate__` runs it.
final class StateRules {
    /// What opcodes look up on the object itself before they call it.
    private static final Set<String> CALLED_NEXT =
            Set.of(
                    "__setstate__",
                    "append",
                    "extend",
                    "add",
                    "__reduce_ex__",
                    "__reduce__",
                    "__deepcopy__",
                    "__copy__",
                    "__getattr__",
                    "__getattribute__",
                    "__call__",
                    "__del__",
                    "__class__");

    /// State that a class compiles and runs when it is set. What SciPy itself writes there is one
    /// function that returns its arguments.
    private static final String COMPILED_KEY = "_parse_arg_template";

    private static final Pattern COMPILED_BY_SCIPY =
            Pattern.compile(
                    "(\\s*+def _parse_args\\w*\\((?:[\\w\\s,=.]|%\\(\\w+\\)s|'mv')*+\\):[ \\t\\r]*+\\n\\s*+return "
                            + "(\\((?:[\\w\\s,]|%\\(\\w+\\)s)*+\\)"
                            + "|self\\._argcheck_rvs\\((?:[\\w\\s,=]|%\\(\\w+\\)s)*+\\))"
                            + "(?:[\\w \\t,.]|%\\(\\w+\\)s)*+)++\\s*+");

    private StateRules() {}

    static Optional<Concern> set(Judge judge, Value object, Value state, long offset) {
        if (object instanceof Imported || object instanceof Attribute) {
            return tampers(
                    object,
                    offset,
                    "Changes attributes of loaded code: "
                            + Rendering.brief(object)
                            + " gets "
                            + Rendering.brief(state));
        }
        if (object instanceof Made made
                && made.callable instanceof Imported maker
                && Names.canonical(maker).equals("logging.getLogger")) {
            return tampers(
                    object,
                    offset,
                    "Changes a logger that the whole program shares: "
                            + Rendering.brief(object)
                            + " gets "
                            + Rendering.brief(state));
        }
        return Gadgets.worst(
                Stream.concat(
                        dictionaries(state).map(group -> replaced(group, object, offset)),
                        Stream.of(function(judge, object, state, offset))));
    }

    static Optional<Concern> put(Judge judge, Value object, String method, long offset) {
        if (object instanceof Imported || object instanceof Attribute) {
            return tampers(
                    object,
                    offset,
                    "Changes loaded code: calls " + Rendering.brief(object) + "." + method);
        }
        if (isTensor(object)) {
            return tampers(
                    object,
                    offset,
                    "Writes into a tensor while it is loaded, which corrupts memory in PyTorch"
                            + " before 2.10 (CVE-2026-24747): "
                            + Rendering.brief(object)
                            + "."
                            + method);
        }
        boolean isCalled = object instanceof Made made && made.callable instanceof Made;
        return isCalled
                ? judge.called(object, new Group(Group.Kind.TUPLE, List.of()), How.REDUCE, offset)
                : Optional.empty();
    }

    /// A tensor or its storage, which no list or dictionary is.
    private static boolean isTensor(Value object) {
        return switch (object) {
            case Value.Persistent storage -> StorageClaims.count(storage.id()).isPresent();
            case Made made when made.callable instanceof Imported maker ->
                    Names.canonical(maker).startsWith("torch._utils._rebuild_");
            default -> false;
        };
    }

    private static Optional<Concern> tampers(Value object, long offset, String message) {
        return Optional.of(
                new Concern(
                        PickleRules.TAMPERS,
                        Severity.HIGH,
                        offset,
                        Rendering.brief(object),
                        message));
    }

    /// The attributes of a state: it, or its two halves.
    private static Stream<Group> dictionaries(Value state) {
        return state instanceof Group group
                ? Stream.concat(Stream.of(group), group.items().stream().limit(2))
                        .filter(Group.class::isInstance)
                        .map(Group.class::cast)
                        .filter(part -> part.kind == Group.Kind.DICT)
                : Stream.empty();
    }

    private static Optional<Concern> replaced(Group attributes, Value object, long offset) {
        List<Value> items = attributes.items();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            if (!(items.get(i) instanceof Text key)) {
                continue;
            }
            if (CALLED_NEXT.contains(key.value()) && !Machine.isPlain(items.get(i + 1))) {
                return tampers(
                        object,
                        offset,
                        "Replaces the method "
                                + key.value()
                                + " of an object, which the next step calls, by "
                                + Rendering.brief(items.get(i + 1)));
            }
            if (key.value().equals(COMPILED_KEY)
                    && items.get(i + 1) instanceof Text source
                    && !COMPILED_BY_SCIPY.matcher(source.value()).matches()) {
                return tampers(
                        object,
                        offset,
                        "Sets source text that the class compiles and runs: "
                                + Rendering.brief(source));
            }
        }
        return Optional.empty();
    }

    /// A partial takes its function from its state.
    private static Optional<Concern> function(Judge judge, Value object, Value state, long offset) {
        if (!Partials.isOne(object) || !(state instanceof Group group) || group.items().isEmpty()) {
            return Optional.empty();
        }
        Value function = group.items().getFirst();
        return judge.called(
                function,
                new Group(Group.Kind.TUPLE, List.of()),
                Partials.isItsOwn((Made) object, function) ? How.PARTIAL : How.REDUCE,
                offset);
    }
}
