package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Judge.Call;
import dev.bartizan.artifacts.pickle.Value.Attribute;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.How;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.core.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Callables that are as harmless or as dangerous as what they are given: they fetch attributes,
/// call what they get, or make classes.
final class Gadgets {
    private static final int DEEPEST = 32;
    private static final Group NOTHING = new Group(Group.Kind.TUPLE, List.of());

    private final Judge judge;

    Gadgets(Judge judge) {
        this.judge = judge;
    }

    /// @param rule the word in the second column of the table
    Optional<Concern> called(String rule, Call call) {
        if (!(call.arguments() instanceof Group group)) {
            return Optional.of(Judge.computed(call.offset(), call.shown()));
        }
        List<Value> given = group.items();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Value first = given.getFirst();
        return switch (rule) {
            case "getattr" -> attributeFetched(given, call);
            case "attrgetter" ->
                    given.stream().allMatch(Gadgets::isOrdinaryName)
                            ? Optional.empty()
                            : Optional.of(Judge.reflective(call.offset(), call.shown()));
            case "methodcaller" ->
                    isOrdinaryName(first)
                            ? Optional.empty()
                            : Optional.of(Judge.reflective(call.offset(), call.shown()));
            case "itemgetter" ->
                    first instanceof Text text && Names.isReflective(text.value())
                            ? Optional.of(Judge.reflective(call.offset(), call.shown()))
                            : Optional.empty();
            case "partial" -> applied(How.PARTIAL, given, call);
            case "reduce", "apply-each", "call", "rebuild-from-type" ->
                    applied(How.REDUCE, given, call);
            case "apply-later" -> applied(How.REDUCE, keptFirst(given), call);
            case "iter" -> given.size() == 1 ? Optional.empty() : applied(How.REDUCE, given, call);
            case "factory" -> judge.called(first, NOTHING, How.REDUCE, call.offset());
            case "map-of-file" -> Optional.of(unpickled(call));
            case "undefined-function" ->
                    isFunctionOfSympy(given) ? Optional.empty() : Optional.of(parsed(call));
            case "array" -> judge.called(first, NOTHING, How.NEW, call.offset());
            case "newobj" -> newObject(given, call);
            case "logger", "dill-type" ->
                    first instanceof Text text && text.isWhole()
                            ? Optional.empty()
                            : Optional.of(Judge.computed(call.offset(), call.shown()));
            case "opens" -> named(given, "reach files", call);
            case "fetches" -> named(given, "reach the network", call);
            case "mesh" ->
                    given.isEmpty()
                            ? Optional.empty()
                            : Optional.of(reaching(Severity.HIGH, "reach the network", call));
            case "no-text" -> holdsText(group, 0) ? Optional.of(parsed(call)) : Optional.empty();
            case "type" -> given.size() == 1 ? Optional.empty() : made(given, 0, call);
            case "dill-class" -> given.size() < 3 ? Optional.empty() : made(given, 1, call);
            case "skeleton" -> made(given, 1, call);
            case "class-state" -> namespace(given, call);
            case "storage-bytes" ->
                    given.size() == 1 && StorageBytes.areThose(first)
                            ? Optional.empty()
                            : Optional.of(unpickled(call));
            default ->
                    throw new IllegalStateException(
                            "No rule " + rule + " for " + call.callable().dotted());
        };
    }

    /// `copyreg._reconstructor` calls its second argument, a base, with the third.
    private Optional<Concern> newObject(List<Value> given, Call call) {
        Optional<Concern> made = judge.called(given.getFirst(), NOTHING, How.NEW, call.offset());
        boolean hasBase =
                call.callable().name().equals("_reconstructor")
                        && given.size() > 2
                        && !Machine.isPlain(given.get(1));
        if (!hasBase) {
            return made;
        }
        Group state = new Group(Group.Kind.TUPLE, List.of(given.get(2)));
        return worst(Stream.of(made, judge.called(given.get(1), state, How.REDUCE, call.offset())));
    }

    /// What may be given a text anywhere, or something so deep that nobody looks.
    private static boolean holdsText(Value value, int depth) {
        return depth > DEEPEST
                || switch (value) {
                    case Text _ -> true;
                    case Group group when isOfNumbers(group) -> false;
                    case Group group ->
                            group.items().stream().anyMatch(item -> holdsText(item, depth + 1));
                    case Made made -> made.callable instanceof Attribute;
                    case Value.Plain _,
                            Value.Whole _,
                            Value.Bytes _,
                            Imported _,
                            Value.Persistent _ ->
                            false;
                    case Attribute _, Value.Extension _, Value.Unknown _ -> true;
                };
    }

    /// The parts of a number as SymPy saves them, or options by name that are numbers themselves.
    private static boolean isOfNumbers(Group group) {
        List<Value> items = group.items();
        boolean isFloat =
                group.kind == Group.Kind.TUPLE
                        && group.count() == 4
                        && items.get(1) instanceof Text digits
                        && digits.isWhole()
                        && digits.value().chars().allMatch(c -> Character.digit(c, 16) >= 0)
                        && Stream.of(0, 2, 3).allMatch(i -> items.get(i) instanceof Value.Whole);
        boolean areOptions = group.kind == Group.Kind.DICT && group.isWhole();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            areOptions &= items.get(i) instanceof Text && isNumber(items.get(i + 1));
        }
        return isFloat || areOptions;
    }

    private static boolean isNumber(Value value) {
        return value instanceof Value.Whole || value instanceof Value.Plain;
    }

    private static Concern unpickled(Call call) {
        return new Concern(
                PickleRules.RUNS,
                Severity.CRITICAL,
                call.offset(),
                call.callable().dotted(),
                "Loading would "
                        + Capabilities.can("deserialise")
                        + " ("
                        + call.callable().dotted()
                        + "): "
                        + call.shown());
    }

    /// What opens or fetches what it is given the name of.
    private static Optional<Concern> named(List<Value> given, String does, Call call) {
        return given.stream().anyMatch(each -> each instanceof Text text && !text.value().isEmpty())
                ? Optional.of(reaching(Severity.MEDIUM, does, call))
                : Optional.empty();
    }

    private static Concern reaching(Severity severity, String does, Call call) {
        return new Concern(
                PickleRules.REACHES,
                severity,
                call.offset(),
                call.callable().dotted(),
                "Loading would " + does + " (" + call.callable().dotted() + "): " + call.shown());
    }

    private static Concern parsed(Call call) {
        return new Concern(
                PickleRules.UNKNOWN_CALL,
                Severity.MEDIUM,
                call.offset(),
                call.callable().dotted(),
                "Calls code that works out the texts it is given: " + call.shown());
    }

    private static boolean isOrdinaryName(Value value) {
        return value instanceof Text text && text.isWhole() && !Names.isReflective(text.value());
    }

    /// Everything callable among the arguments is judged as if it were called.
    private Optional<Concern> applied(How how, List<Value> given, Call call) {
        Group rest = new Group(Group.Kind.TUPLE, given.subList(1, given.size()));
        Stream.Builder<Optional<Concern>> all = Stream.builder();
        for (int i = 0; i < given.size(); i++) {
            switch (given.get(i)) {
                case Imported name -> all.add(judge.called(name, rest, how, call.offset()));
                case Attribute attribute ->
                        all.add(judge.called(attribute, rest, how, call.offset()));
                case Made made when isGenerator(made) -> {}
                case Made made ->
                        all.add(
                                i == 0
                                        ? appliedResult(made, rest, how, call)
                                        : handed(made, how, call));
                default -> {}
            }
        }
        return worst(all.build());
    }

    /// Arguments of what goes through its first one and calls those behind it.
    private static List<Value> keptFirst(List<Value> given) {
        return given.getFirst() instanceof Made
                ? Stream.concat(Stream.of(new Value.Plain("…")), given.stream().skip(1)).toList()
                : given;
    }

    /// The name of a function, and what is assumed of it: truths.
    private static boolean isFunctionOfSympy(List<Value> given) {
        return given.getFirst() instanceof Text name
                && name.isWhole()
                && name.value().chars().allMatch(Character::isJavaIdentifierPart)
                && given.stream()
                        .skip(1)
                        .allMatch(rest ->
                                rest instanceof Group group
                                        && group.items().stream()
                                                .allMatch(item ->
                                                        item instanceof Text
                                                                || item instanceof Value.Plain));
    }

    /// A source of random numbers, which NumPy 2 hands over made rather than by its name.
    private static boolean isGenerator(Made made) {
        return made.callable instanceof Imported maker
                && Names.canonical(maker).equals("numpy.random._pickle.__bit_generator_ctor");
    }

    private Optional<Concern> appliedResult(Made made, Group rest, How how, Call call) {
        boolean isMethod =
                made.callable instanceof Imported maker
                        && Names.canonical(maker).equals("operator.methodcaller");
        if (!isMethod) {
            return judge.called(made, rest, how, call.offset());
        }
        boolean isOnPlain =
                rest.items().stream()
                        .allMatch(values ->
                                values instanceof Group group
                                        && group.items().stream().allMatch(Machine::isPlain));
        return isOnPlain
                ? Optional.empty()
                : Optional.of(Judge.computed(call.offset(), call.shown()));
    }

    /// A partial or a getter that is handed on is called by what gets it.
    private Optional<Concern> handed(Made made, How how, Call call) {
        boolean isCaller =
                how != How.PARTIAL
                        && made.callable instanceof Imported maker
                        && Names.canonical(maker)
                                .matches(
                                        "functools\\.partial|operator\\.(methodcaller|attrgetter)");
        return isCaller ? appliedResult(made, NOTHING, How.REDUCE, call) : Optional.empty();
    }

    private Optional<Concern> attributeFetched(List<Value> given, Call call) {
        if (given.size() < 2 || !(given.get(1) instanceof Text name) || !name.isWhole()) {
            return Optional.of(Judge.computed(call.offset(), call.shown()));
        }
        if (Names.isReflective(name.value())) {
            return Optional.of(Judge.reflective(call.offset(), call.shown()));
        }
        if (given.getFirst() instanceof Imported owner) {
            @Nullable Value fetched = Folding.attribute(owner, name);
            return fetched instanceof Imported inner ? judge.named(inner) : Optional.empty();
        }
        return Machine.isPlain(given.getFirst()) || given.getFirst() instanceof Made
                ? Optional.empty()
                : Optional.of(Judge.computed(call.offset(), call.shown()));
    }

    /// A class made on the spot is judged by what makes it and by what it holds.
    private Optional<Concern> made(List<Value> given, int from, Call call) {
        Stream<Optional<Concern>> maker =
                from == 0
                        ? Stream.of(Optional.of(madeHere(call)))
                        : Stream.of(
                                judge.called(given.getFirst(), NOTHING, How.REDUCE, call.offset()));
        return worst(Stream.concat(maker, Stream.of(namespace(given, call))));
    }

    private static Concern madeHere(Call call) {
        return new Concern(
                PickleRules.UNKNOWN_CALL,
                Severity.MEDIUM,
                call.offset(),
                call.callable().dotted(),
                "Makes a class on the spot: " + call.shown());
    }

    /// Functions that a class gets as its methods run when Python uses it.
    private Optional<Concern> namespace(List<Value> given, Call call) {
        return worst(
                given.stream()
                        .flatMap(Gadgets::flat)
                        .filter(Group.class::isInstance)
                        .map(Group.class::cast)
                        .filter(group -> group.kind == Group.Kind.DICT)
                        .flatMap(group -> methods(group, call)));
    }

    private static Stream<Value> flat(Value value) {
        return value instanceof Group group && group.kind == Group.Kind.TUPLE
                ? Stream.concat(Stream.of(value), group.items().stream())
                : Stream.of(value);
    }

    private Stream<Optional<Concern>> methods(Group namespace, Call call) {
        Stream.Builder<Optional<Concern>> all = Stream.builder();
        List<Value> items = namespace.items();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            Value value = items.get(i + 1);
            boolean isCode =
                    value instanceof Imported
                            || value instanceof Attribute
                            || Partials.isOne(value);
            if (isCode) {
                all.add(
                        judge.called(value, NOTHING, How.REDUCE, call.offset())
                                .map(concern -> atLeastHigh(concern, call)));
            }
        }
        return all.build();
    }

    private static Concern atLeastHigh(Concern concern, Call call) {
        boolean isUnknown = concern.rule().equals(PickleRules.UNKNOWN_CALL);
        return isUnknown
                ? new Concern(
                        concern.rule(),
                        Severity.HIGH,
                        call.offset(),
                        concern.about(),
                        "Makes a class whose methods are other code: " + call.shown())
                : concern;
    }

    static Optional<Concern> worst(Stream<Optional<Concern>> concerns) {
        return concerns.flatMap(Optional::stream)
                .max((one, other) -> one.severity().compareTo(other.severity()));
    }
}
