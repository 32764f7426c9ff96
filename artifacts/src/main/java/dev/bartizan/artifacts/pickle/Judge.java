package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Callables.Entry;
import dev.bartizan.artifacts.pickle.Value.Attribute;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.How;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.core.Severity;
import java.util.List;
import java.util.Optional;

/// Decides how bad it is that a pickle names or calls something. What is known to reach out is
/// judged by what it reaches, what is known to be harmless passes, everything else is graded by how
/// it is used: a name alone, an instance, an instance with arguments, a call.
final class Judge {
    private static final int DEEPEST_PARTIAL = 16;

    /// Most arguments of the calls that partials make in one pickle; later ones stay unknown.
    private static final long MOST_PARTIAL_WORK = 1_000_000;

    private final Gadgets gadgets = new Gadgets(this);
    private int partialsOpen;
    private long partialWork;

    /// A call of a callable that is known, with how it reads.
    record Call(Name callable, Value arguments, long offset, Shown reading) {
        String shown() {
            return reading.toString();
        }
    }

    /// How a call reads, worked out when somebody asks: most calls are of no concern.
    record Shown(Value callable, Value arguments) {
        @Override
        public String toString() {
            return Rendering.call(callable, arguments);
        }
    }

    /// What naming something alone means.
    Optional<Concern> named(Imported imported) {
        Name plain = imported.what().plain();
        Optional<Concern> known = known(imported, plain, false);
        if (known.isPresent()) {
            return known;
        }
        if (isComputed(imported)) {
            return Optional.of(
                    concern(
                            imported,
                            Severity.HIGH,
                            PickleRules.COMPUTED,
                            "Names code by a computed name",
                            ""));
        }
        if (plain.entry().isPresent()) {
            return Optional.empty();
        }
        if (Callables.bundled().isStandard(plain.module())) {
            return Optional.of(
                    concern(
                            imported,
                            Severity.MEDIUM,
                            PickleRules.IMPORTS,
                            "Names code of the standard library that model data has no use for",
                            ""));
        }
        return Callables.bundled().isFramework(plain.module())
                ? Optional.empty()
                : Optional.of(
                        concern(
                                imported,
                                Severity.LOW,
                                PickleRules.UNUSUAL,
                                "Imports a package that is no known framework",
                                ""));
    }

    /// Whether what naming it means is settled when it is called, by what it is given.
    boolean isSettledByCall(Imported imported) {
        return imported.what()
                .plain()
                .entry()
                .filter(entry -> entry.mark() == Callables.Mark.CRITICAL_UNLESS)
                .isPresent();
    }

    /// Whether it is a class that reads a file when it is called, and none as the type of an array.
    static boolean isMapOfFile(Value value) {
        return value instanceof Imported imported && hasWord(imported, "map-of-file");
    }

    /// Whether a call makes an array of the type that it is given, which it does not call.
    static boolean makesArray(Value callable) {
        return callable instanceof Imported imported && hasWord(imported, "array");
    }

    private static boolean hasWord(Imported imported, String word) {
        return imported.what()
                .plain()
                .entry()
                .filter(entry -> entry.word().equals(word))
                .isPresent();
    }

    /// What naming something means whose arguments decide, when the pickle breaks off before them.
    Optional<Concern> namedBeforeTheEnd(Imported imported) {
        boolean isOpen =
                imported.what()
                        .plain()
                        .entry()
                        .filter(entry -> entry.mark() == Callables.Mark.BY_ARGUMENTS)
                        .isPresent();
        return isOpen
                ? Optional.of(
                        concern(
                                imported,
                                Severity.MEDIUM,
                                PickleRules.IMPORTS,
                                "Breaks off after naming code whose arguments decide what it does",
                                ""))
                : Optional.empty();
    }

    /// What calling or making something means.
    Optional<Concern> called(Value callable, Value arguments, How how, long offset) {
        Shown shown = new Shown(callable, arguments);
        return switch (callable) {
            case Imported imported -> calledName(imported, arguments, how, offset, shown);
            case Attribute attribute ->
                    Machine.isPlain(attribute.of()) || how == How.PARTIAL
                            ? Optional.empty()
                            : Optional.of(computed(offset, shown.toString()));
            case Made made ->
                    how == How.PARTIAL
                            ? Optional.empty()
                            : calledResult(made, arguments, offset, shown);
            case Value.Extension extension ->
                    Optional.of(
                            new Concern(
                                    PickleRules.EXTENSION,
                                    Severity.HIGH,
                                    offset,
                                    "extension " + extension.code(),
                                    "Calls what the loading program registered under a number: "
                                            + shown));
            case Value.Persistent _ when how == How.PARTIAL -> Optional.empty();
            case Value.Persistent _, Value.Unknown _ ->
                    Optional.of(
                            new Concern(
                                    PickleRules.COMPUTED,
                                    Severity.MEDIUM,
                                    offset,
                                    shown.toString(),
                                    "Calls an object that the loading program supplies: " + shown));
            case Value.Plain _, Value.Whole _, Text _, Value.Bytes _, Group _ -> Optional.empty();
        };
    }

    private Optional<Concern> calledResult(Made made, Value arguments, long offset, Shown shown) {
        String maker = made.callable instanceof Imported i ? Names.canonical(i) : "";
        return switch (maker) {
            case "operator.itemgetter" -> Optional.empty();
            case "operator.methodcaller" -> methodCalled(made, arguments, offset, shown);
            case "functools.partial" -> partialCalled(made, arguments, offset, shown);
            case "sympy.core.function._rebuild_undef" ->
                    gadgets.called(
                            "no-text",
                            new Call(
                                    Name.of("sympy.core.function", "_rebuild_undef"),
                                    arguments,
                                    offset,
                                    shown));
            default -> Optional.of(computed(offset, shown.toString()));
        };
    }

    /// A kept call that is made: with what was kept, and with what is given now.
    private Optional<Concern> partialCalled(Made made, Value arguments, long offset, Shown shown) {
        if (partialsOpen >= DEEPEST_PARTIAL || partialWork > MOST_PARTIAL_WORK) {
            return Optional.of(computed(offset, shown.toString()));
        }
        partialsOpen++;
        try {
            return Gadgets.worst(
                    Partials.calls(made, arguments).stream()
                            .map(inner -> innerCalled(inner, offset, shown)));
        } finally {
            partialsOpen--;
        }
    }

    private Optional<Concern> innerCalled(Partials.Inner inner, long offset, Shown shown) {
        partialWork += inner.arguments().items().size() + 1;
        return Partials.isOne(inner.function())
                ? Optional.of(computed(offset, shown.toString()))
                : called(inner.function(), inner.arguments(), How.REDUCE, offset);
    }

    private Optional<Concern> methodCalled(Made made, Value arguments, long offset, Shown shown) {
        List<Value> on = arguments instanceof Group group ? group.items() : List.of();
        if (on.isEmpty() || made.positional().isEmpty()) {
            return Optional.empty();
        }
        Value method = Folding.attribute(on.getFirst(), made.positional().getFirst());
        return method == null
                ? Optional.of(computed(offset, shown.toString()))
                : called(method, arguments, How.REDUCE, offset);
    }

    static Concern computed(long offset, String shown) {
        return new Concern(
                PickleRules.COMPUTED,
                Severity.HIGH,
                offset,
                shown,
                "Calls something it computed first: " + shown);
    }

    /// Whether it is `C.__new__` that gets `C`, as protocols 2 and 3 make objects with options.
    private static boolean isNewOfItsOwn(Imported imported, Group arguments) {
        return !arguments.items().isEmpty()
                && arguments.items().getFirst() instanceof Imported type
                && imported.module().equals(type.module())
                && imported.name().equals(type.name() + ".__new__");
    }

    private Optional<Concern> calledName(
            Imported imported, Value arguments, How how, long offset, Shown shown) {
        if (arguments instanceof Group group && isNewOfItsOwn(imported, group)) {
            List<Value> rest = group.items().subList(1, group.items().size());
            return called(
                    group.items().getFirst(), new Group(Group.Kind.TUPLE, rest), How.NEW, offset);
        }
        Name plain = imported.what().plain();
        Optional<Concern> known =
                known(imported, plain, true)
                        .map(concern ->
                                new Concern(
                                        concern.rule(),
                                        concern.severity(),
                                        offset,
                                        concern.about(),
                                        concern.message() + ": " + shown));
        if (known.isPresent()) {
            return known;
        }
        Optional<Entry> entry = plain.entry();
        boolean isStoredOnly =
                how == How.PARTIAL
                        && entry.filter(e -> e.mark() != Callables.Mark.CALL_IS_SUSPICIOUS)
                                .isEmpty();
        if (isStoredOnly) {
            return named(imported);
        }
        if (Exhaustion.isBy(plain, arguments)) {
            return Optional.of(
                    new Concern(
                            PickleRules.LIMIT,
                            Severity.MEDIUM,
                            offset,
                            plain.brief().dotted(),
                            "Takes all memory, or does not come to an end: " + shown));
        }
        if (entry.isPresent()) {
            return switch (entry.get().mark()) {
                case SAFE -> Optional.empty();
                case BY_ARGUMENTS, CRITICAL_UNLESS ->
                        gadgets.called(
                                entry.get().word(), new Call(plain, arguments, offset, shown));
                case CRITICAL, DANGEROUS, CALL_IS_SUSPICIOUS ->
                        Optional.of(
                                new Concern(
                                        PickleRules.UNKNOWN_CALL,
                                        entry.get().word().equals("output")
                                                ? Severity.HIGH
                                                : Severity.MEDIUM,
                                        offset,
                                        plain.brief().dotted(),
                                        "Calls code that model data has no use for: " + shown));
            };
        }
        return unknownCalled(imported, plain, arguments, how, offset, shown);
    }

    private Optional<Concern> unknownCalled(
            Imported imported, Name plain, Value arguments, How how, long offset, Shown shown) {
        if (isComputed(imported)) {
            return Optional.of(computed(offset, shown.toString()));
        }
        boolean isBare = how == How.NEW && arguments instanceof Group group && group.count() == 0;
        Severity severity = UnknownCode.severity(plain, arguments, how);
        return Optional.of(
                new Concern(
                        severity.isAtLeast(Severity.MEDIUM)
                                ? PickleRules.UNKNOWN_CALL
                                : PickleRules.UNUSUAL,
                        severity,
                        offset,
                        plain.brief().dotted(),
                        (isBare ? "Makes an object of a class from " : "Calls code of ")
                                + (Callables.bundled().isStandard(plain.module())
                                        ? "the standard library that model data has no use for: "
                                        : "a package: ")
                                + shown));
    }

    static Concern reflective(long offset, String shown) {
        return new Concern(
                PickleRules.COMPUTED,
                Severity.HIGH,
                offset,
                shown,
                "Reaches into Python's own machinery: " + shown);
    }

    /// Judged by the table alone.
    private Optional<Concern> known(Imported imported, Name plain, boolean isCalled) {
        if (imported.what().isReflective()) {
            return Optional.of(
                    concern(
                            imported,
                            Severity.HIGH,
                            PickleRules.COMPUTED,
                            "Reaches into Python's own machinery",
                            ""));
        }
        if (plain.name().isEmpty() && Callables.bundled().isStandard(plain.module())) {
            return Optional.of(
                    concern(
                            imported,
                            Severity.MEDIUM,
                            PickleRules.IMPORTS,
                            "Fetches a module itself",
                            ""));
        }
        Optional<Entry> entry = plain.entry();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        return switch (entry.get().mark()) {
            case CRITICAL_UNLESS ->
                    isCalled
                            ? Optional.empty()
                            : Optional.of(
                                    concern(
                                            imported,
                                            Severity.HIGH,
                                            PickleRules.IMPORTS,
                                            "Names code that can "
                                                    + Capabilities.can("deserialise"),
                                            ""));
            case CRITICAL ->
                    Optional.of(
                            isCalled
                                    ? concern(
                                            imported,
                                            Severity.CRITICAL,
                                            PickleRules.RUNS,
                                            verb(entry.get().word()),
                                            "")
                                    : concern(
                                            imported,
                                            Severity.HIGH,
                                            PickleRules.IMPORTS,
                                            "Names code that can "
                                                    + Capabilities.can(entry.get().word()),
                                            ""));
            case DANGEROUS ->
                    Optional.of(
                            isCalled
                                    ? concern(
                                            imported,
                                            Severity.HIGH,
                                            PickleRules.REACHES,
                                            verb(entry.get().word()),
                                            "")
                                    : concern(
                                            imported,
                                            Severity.HIGH,
                                            PickleRules.IMPORTS,
                                            "Names code that can "
                                                    + Capabilities.can(entry.get().word()),
                                            ""));
            case CALL_IS_SUSPICIOUS, BY_ARGUMENTS, SAFE -> Optional.empty();
        };
    }

    private static Concern concern(
            Imported imported,
            Severity severity,
            dev.bartizan.artifacts.spi.Rule rule,
            String what,
            String detail) {
        String name = Rendering.brief(imported);
        return new Concern(
                rule,
                severity,
                imported.offset(),
                imported.what().plain().brief().dotted(),
                what + " (" + name + ")" + detail);
    }

    private static boolean isComputed(Imported imported) {
        return imported.module().equals("<computed>") || imported.name().equals("<computed>");
    }

    private static String verb(String capability) {
        return "Loading would " + Capabilities.can(capability);
    }
}
