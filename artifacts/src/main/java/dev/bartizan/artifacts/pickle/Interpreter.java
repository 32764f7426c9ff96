package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.How;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one pickle stream on symbols, opcode by opcode, protocols 0 to 5. Nothing is imported,
/// called or built; what Python would do is told to {@link PickleEvents}. Where Python would raise,
/// an analysis notes it and goes on, since unpicklers differ in what they forgive.
final class Interpreter {
    /// Highest protocol there is.
    static final int HIGHEST_PROTOCOL = 5;

    /// Most opcodes of one stream.
    static final long MOST_OPCODES = 200_000_000;

    /// A value that stands for more than this many, and for far more than there are opcodes, is a
    /// bomb for whoever walks it.
    private static final double EXPLOSIVE_WEIGHT = 1e7;

    /// Deeper nesting than this breaks Python's own recursion limit many times over.
    private static final int DEEPEST_GROUP = 10_000;

    /// Most characters, bytes and items handed to calls that are worked out; later calls stay
    /// symbols, and a computed name that is called is a finding of its own.
    private static final long MOST_FOLDED_WORK = 64L << 20;

    private static final Value EMPTY_TUPLE = new Group(Group.Kind.TUPLE, List.of());

    private static final String OPCODES = "().012FGIJKLMNPQRSTUVXabcdeghijlopqrstu}]BC";
    private static final int LAST_OPCODE = 0x98;

    private final ByteReader in;
    private final PickleEvents events;
    private final Literals literals;
    private final Faults faults;
    private final Machine machine;
    private final InlineArrays inline;
    private int protocol;
    private long frameEnd = -1;
    private long opcodes;
    private boolean isExplosive;
    private long foldedWork;
    private @Nullable Starts starts;

    private Interpreter(ByteReader in, PickleEvents events, Faults faults, int depth) {
        this.in = in;
        this.events = events;
        this.faults = faults;
        this.machine = new Machine(faults);
        this.literals = new Literals(in, faults);
        this.inline = new InlineArrays(in, events, faults, depth);
    }

    /// Stops at the first fault.
    static Interpreter strict(ByteReader in, PickleEvents events) {
        return new Interpreter(in, events, Faults.strict(events), 0);
    }

    /// Notes faults and goes on behind them.
    static Interpreter forgiving(ByteReader in, PickleEvents events) {
        return new Interpreter(in, events, Faults.forgiving(events), 0);
    }

    /// For a pickle that stands inside another's stream.
    static Interpreter inner(ByteReader in, PickleEvents events, Faults faults, int depth) {
        return new Interpreter(in, events, faults, depth);
    }

    /// Has every opcode told where it starts.
    Interpreter tellingStarts(Starts told) {
        starts = told;
        return this;
    }

    /// Whether a byte is an opcode of any protocol.
    static boolean isOpcode(int value) {
        return value >= 0x80 ? value <= LAST_OPCODE : OPCODES.indexOf(value) >= 0;
    }

    /// Where the next opcode stands.
    long position() {
        return in.position();
    }

    /// How many opcodes ran.
    long opcodes() {
        return opcodes;
    }

    /// Runs to STOP and returns the value on top.
    ///
    /// @throws FormatException where Python would raise, or a limit is reached
    Value run() throws IOException, FormatException {
        while (true) {
            long at = in.position();
            if (at == frameEnd) {
                frameEnd = -1;
            }
            int op = in.u8();
            if (starts != null) {
                starts.opcode(op, at);
            }
            if (++opcodes > MOST_OPCODES) {
                throw FormatException.limit(at, "More than " + MOST_OPCODES + " opcodes");
            }
            if (op == '.') {
                Value result = machine.pop(at);
                if (machine.depth() > 0) {
                    events.odd(
                            at,
                            "It leaves " + machine.depth() + " values behind that nothing uses");
                }
                return result;
            }
            step(op, at);
            if (frameEnd >= 0 && at < frameEnd && in.position() > frameEnd) {
                events.odd(at, "An opcode crosses the end of its frame; readers disagree on it");
                frameEnd = -1;
            }
        }
    }

    private void step(int op, long at) throws IOException, FormatException {
        switch (op) {
            case '(' -> machine.mark(at);
            case '0' -> machine.popAny(at);
            case '1' -> machine.popToMark(at);
            case '2' -> machine.push(machine.top(at), at);
            case 0x80 -> protocol(at);
            case 0x95 -> frame(at);
            case 'c' -> push(imported(literals.name(), literals.name(), at), at);
            case 0x93 -> stackGlobal(at);
            case 'i' -> instance(imported(literals.name(), literals.name(), at), at);
            case 'o' -> object(at);
            case 'R' -> reduce(at);
            case 0x81 -> newObject(at);
            case 0x92 -> newObjectWithKeywords(at);
            case 'b' -> build(at);
            case 'P' -> persistent(literals.lineText(), at);
            case 'Q' -> persistent(machine.pop(at), at);
            case 0x82 -> extension(in.u8(), at);
            case 0x83 -> extension(in.u16(), at);
            case 0x84 -> extension(in.u32(), at);
            case 'p' -> machine.put(literals.index(), machine.top(at), at);
            case 'q' -> machine.put(in.u8(), machine.top(at), at);
            case 'r' -> machine.put(in.u32(), machine.top(at), at);
            case 0x94 -> machine.put(machine.memoSize(), machine.top(at), at);
            case 'g' -> machine.push(machine.get(literals.index(), at), at);
            case 'h' -> machine.push(machine.get(in.u8(), at), at);
            case 'j' -> machine.push(machine.get(in.u32(), at), at);
            default -> group(op, at);
        }
    }

    private void group(int op, long at) throws IOException, FormatException {
        switch (op) {
            case ')' -> machine.push(EMPTY_TUPLE, at);
            case ']' -> machine.push(new Group(Group.Kind.LIST, List.of()), at);
            case '}' -> machine.push(new Group(Group.Kind.DICT, List.of()), at);
            case 0x8f -> machine.push(new Group(Group.Kind.SET, List.of()), at);
            case 't' -> grouped(Group.Kind.TUPLE, at);
            case 'l' -> grouped(Group.Kind.LIST, at);
            case 'd' -> grouped(Group.Kind.DICT, at);
            case 0x91 -> grouped(Group.Kind.FROZEN_SET, at);
            case 0x85 -> push(machine.tuple(1, at), at);
            case 0x86 -> push(machine.tuple(2, at), at);
            case 0x87 -> push(machine.tuple(3, at), at);
            case 'a' -> put(List.of(machine.pop(at)), "append", at);
            case 'e' -> put(machine.popToMark(at), "extend", at);
            case 0x90 -> put(machine.popToMark(at), "update", at);
            case 'u' -> put(machine.popToMark(at), "__setitem__", at);
            case 's' -> {
                Value value = machine.pop(at);
                put(List.of(machine.pop(at), value), "__setitem__", at);
            }
            case 0x97 -> {
                events.missing(at, "A buffer that stands outside of the file");
                machine.push(new Value.Unknown("out-of-band buffer"), at);
            }
            case 0x98 -> machine.top(at);
            default -> literal(op, at);
        }
    }

    private void literal(int op, long at) throws IOException, FormatException {
        Value value = literals.read(op, at);
        machine.push(value, at);
        if (value instanceof Value.Bytes || value instanceof Text) {
            events.data(value, at);
        }
    }

    private void push(Value value, long at) throws FormatException {
        watchGrowth(value, at);
        machine.push(value, at);
    }

    private void watchGrowth(Value value, long at) {
        if (isExplosive) {
            return;
        }
        if (value.weight() > EXPLOSIVE_WEIGHT && value.weight() > opcodes * 100.0) {
            isExplosive = true;
            events.odd(
                    at,
                    "A few values hold one another so that walking them takes "
                            + String.format(java.util.Locale.ROOT, "%.0e", value.weight())
                            + " steps");
        } else if (value instanceof Group group && group.depth() > DEEPEST_GROUP) {
            isExplosive = true;
            events.odd(
                    at,
                    "Values are nested more than "
                            + DEEPEST_GROUP
                            + " deep; walking them exhausts the stack");
        }
    }

    private void grouped(Group.Kind kind, long at) throws FormatException {
        List<Value> items = machine.popToMark(at);
        checkKeys(kind, items, at);
        push(new Group(kind, items), at);
    }

    /// Python refuses to put what it cannot hash into a set or use it as a key.
    private void checkKeys(Group.Kind kind, List<Value> items, long at) throws FormatException {
        if (kind == Group.Kind.TUPLE || kind == Group.Kind.LIST) {
            return;
        }
        if (kind == Group.Kind.DICT && items.size() % 2 != 0) {
            faults.fault(at, "A dictionary has a key without value");
        }
        for (int i = 0; i < items.size(); i += kind == Group.Kind.DICT ? 2 : 1) {
            if (items.get(i) instanceof Group group && !group.isHashable()) {
                faults.fault(at, "A key or set item that Python cannot hash");
            }
        }
    }

    private void protocol(long at) throws IOException, FormatException {
        int version = in.u8();
        if (version > HIGHEST_PROTOCOL) {
            faults.fault(at, "Protocol " + version + " does not exist");
        }
        protocol = version;
    }

    private void frame(long at) throws IOException, FormatException {
        long length = in.i64();
        if (length < 0 || length > in.remaining()) {
            events.odd(
                    at,
                    "A frame promises "
                            + Long.toUnsignedString(length)
                            + " bytes, "
                            + in.remaining()
                            + " present; readers disagree on it");
            return;
        }
        if (frameEnd > in.position()) {
            events.odd(at, "A frame begins inside another; readers disagree on it");
        }
        frameEnd = in.position() + length;
    }

    private Imported imported(String module, String name, long at) {
        Name named = Name.of(module, name);
        Imported imported = new Imported(protocol < 3 ? named.inPython3() : named, at);
        events.imported(imported);
        return imported;
    }

    private void stackGlobal(long at) throws FormatException {
        Value name = machine.pop(at);
        Value module = machine.pop(at);
        if (name instanceof Text nameText && module instanceof Text moduleText) {
            push(imported(moduleText.value(), nameText.value(), at), at);
            return;
        }
        push(
                imported(
                        module instanceof Text text ? text.value() : "<computed>",
                        name instanceof Text text ? text.value() : "<computed>",
                        at),
                at);
    }

    private void reduce(long at) throws FormatException {
        Value arguments = machine.pop(at);
        call(machine.pop(at), arguments, How.REDUCE, at);
    }

    private void newObject(long at) throws FormatException {
        Value arguments = machine.pop(at);
        call(machine.pop(at), arguments, How.NEW, at);
    }

    private void newObjectWithKeywords(long at) throws FormatException {
        Value keywords = machine.pop(at);
        Value arguments = machine.pop(at);
        Value callable = machine.pop(at);
        boolean isBare = keywords instanceof Group group && group.count() == 0;
        Value all = isBare ? arguments : new Group(Group.Kind.TUPLE, List.of(arguments, keywords));
        call(callable, all, How.NEW, at);
    }

    private void instance(Imported type, long at) throws FormatException {
        List<Value> arguments = machine.popToMark(at);
        call(type, new Group(Group.Kind.TUPLE, arguments), How.INSTANCE, at);
    }

    private void object(long at) throws FormatException {
        List<Value> all = machine.popToMark(at);
        if (all.isEmpty()) {
            machine.push(faults.missing(at, "OBJ without a class"), at);
            return;
        }
        call(
                all.getFirst(),
                new Group(Group.Kind.TUPLE, all.subList(1, all.size())),
                How.INSTANCE,
                at);
    }

    private void call(Value callable, Value arguments, How how, long at) throws FormatException {
        if (!Refusals.isCallable(callable)) {
            faults.fault(at, "Calls data, which Python cannot call");
        }
        Made made = new Made(callable, arguments, how, at);
        Value result = folded(made);
        events.called(made, result);
        if (Refusals.isNoTuple(arguments)) {
            events.missing(at, "Calls with what is no tuple of arguments");
        }
        push(result, at);
    }

    /// What a call gives, when that can be worked out within the work that one pickle may cause.
    private Value folded(Made made) {
        if (foldedWork > MOST_FOLDED_WORK) {
            return made;
        }
        foldedWork += Folding.work(made);
        return Folding.fold(made).orElse(made);
    }

    private void build(long at) throws IOException, FormatException {
        Value state = machine.pop(at);
        Value object = machine.top(at);
        if (object instanceof Made made) {
            made.state(state);
        } else if (Refusals.isBare(object) && !Refusals.isEmptyState(state)) {
            faults.fault(at, "Sets the state of a value that has none");
        }
        events.stateSet(object, state, at);
        long before = in.position();
        if (object instanceof Made made) {
            inline.readBehind(made);
        }
        if (in.position() != before) {
            frameEnd = -1;
        }
    }

    private void put(List<Value> items, String method, long at) throws FormatException {
        Value object = machine.top(at);
        if (object instanceof Group group) {
            if (group.isHashable()) { // and therefore never changes
                faults.fault(at, "Puts items into a group that Python cannot change");
                return;
            }
            if (!Refusals.takes(group.kind, method, items)) {
                faults.fault(at, "Puts items into a group that has no " + method + " for them");
                return;
            }
            checkKeys(group.kind, items, at);
            items.forEach(group::add);
            if (group.kind == Group.Kind.DICT) {
                tellNamed(items, at);
            }
            watchGrowth(group, at);
            return;
        }
        if (!items.isEmpty()) {
            if (Refusals.isBare(object)) {
                faults.fault(at, "Puts items into a value that has none");
            }
            events.itemsPut(object, method, at);
        }
    }

    private void tellNamed(List<Value> pairs, long at) {
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            if (pairs.get(i) instanceof Text key) {
                events.named(key.value(), pairs.get(i + 1), at);
            }
        }
    }

    private void persistent(Value id, long at) throws FormatException {
        events.persistent(id, at);
        machine.push(TorchLegacy.moduleClass(id).orElseGet(() -> new Value.Persistent(id)), at);
    }

    private void extension(long code, long at) throws FormatException {
        events.extension(code, at);
        machine.push(new Value.Extension(code), at);
    }
}
