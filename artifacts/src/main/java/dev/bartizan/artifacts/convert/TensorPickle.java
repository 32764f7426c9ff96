package dev.bartizan.artifacts.convert;

import dev.bartizan.artifacts.convert.Node.Items;
import dev.bartizan.artifacts.convert.Node.Items.Kind;
import dev.bartizan.artifacts.convert.Node.Name;
import dev.bartizan.artifacts.convert.Node.Scalar;
import dev.bartizan.artifacts.convert.Node.Text;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The pickle machine for weights (Python's `pickletools` for the opcodes). It builds data and
/// nothing else: names are looked up in {@link TensorCalls}, and one that is not there ends the
/// run. Opcodes that no writer of weights uses are refused as well, so there is nothing to disagree
/// on.
final class TensorPickle {
    private static final int MOST_VALUES = 20_000_000;
    private static final int MOST_LINE_BYTES = 1 << 16;

    private final ByteReader in;
    private final TensorCalls calls;
    private final BuffersBeside buffers;
    private final ArrayList<Node> stack = new ArrayList<>();
    private final ArrayList<Integer> marks = new ArrayList<>();
    private final Map<Long, Node> memo = new HashMap<>();
    private int values;

    TensorPickle(ByteReader in, TensorCalls calls) {
        this(in, calls, BuffersBeside.NONE);
    }

    TensorPickle(ByteReader in, TensorCalls calls, BuffersBeside buffers) {
        this.in = in;
        this.calls = calls;
        this.buffers = buffers;
    }

    /// Runs to STOP and returns what is left.
    Node run() throws IOException, FormatException, Refused {
        while (true) {
            long at = in.position();
            int op = in.u8();
            if (op == '.') {
                return pop(at);
            }
            step(op, at);
        }
    }

    private void step(int op, long at) throws IOException, FormatException, Refused {
        switch (op) {
            case 0x80 -> in.u8();
            case 0x95 -> in.skip(8);
            case '(' -> marks.add(stack.size());
            case '0' -> pop(at);
            case '1' -> popToMark(at);
            case '2' -> push(top(at), at);
            case 'c' -> push(calls.name(line(at), line(at)), at);
            case 0x93 -> stackGlobal(at);
            case 'R', 0x81 -> call(at);
            case 'b' -> build(at);
            case 'Q' -> push(calls.persistent(pop(at)), at);
            case 0x98 -> top(at); // READONLY_BUFFER: the same bytes
            case 'p' -> memo.put(index(at), top(at));
            case 'q' -> memo.put((long) in.u8(), top(at));
            case 'r' -> memo.put(in.u32(), top(at));
            case 0x94 -> memo.put((long) memo.size(), top(at));
            case 'g' -> push(remembered(index(at), at), at);
            case 'h' -> push(remembered(in.u8(), at), at);
            case 'j' -> push(remembered(in.u32(), at), at);
            default -> group(op, at);
        }
    }

    private void group(int op, long at) throws IOException, FormatException, Refused {
        switch (op) {
            case ')' -> push(Items.of(Kind.TUPLE, List.of()), at);
            case ']' -> push(Items.of(Kind.LIST, List.of()), at);
            case '}' -> push(Items.of(Kind.DICT, List.of()), at);
            case 0x8f -> push(Items.of(Kind.SET, List.of()), at);
            case 't' -> push(Items.of(Kind.TUPLE, popToMark(at)), at);
            case 'l' -> push(Items.of(Kind.LIST, popToMark(at)), at);
            case 'd' -> push(Items.of(Kind.DICT, popToMark(at)), at);
            case 0x91 -> push(Items.of(Kind.SET, popToMark(at)), at);
            case 0x85 -> tuple(1, at);
            case 0x86 -> tuple(2, at);
            case 0x87 -> tuple(3, at);
            case 'a' -> add(List.of(pop(at)), Kind.LIST, at);
            case 'e' -> add(popToMark(at), Kind.LIST, at);
            case 0x90 -> add(popToMark(at), Kind.SET, at);
            case 'u' -> add(popToMark(at), Kind.DICT, at);
            case 's' -> {
                Node value = pop(at);
                add(List.of(pop(at), value), Kind.DICT, at);
            }
            default -> push(literal(op, at), at);
        }
    }

    private Node literal(int op, long at) throws IOException, FormatException, Refused {
        return switch (op) {
            case 'N' -> Scalar.NONE;
            case 0x88 -> Scalar.of(true);
            case 0x89 -> Scalar.of(false);
            case 'K' -> Scalar.of((long) in.u8());
            case 'M' -> Scalar.of((long) in.u16());
            case 'J' -> Scalar.of((long) (int) in.u32());
            case 'I', 'L' -> number(line(at), at);
            case 0x8a -> number(in.bytes(in.u8()));
            case 'G' -> Scalar.of(Double.longBitsToDouble(in.i64BigEndian()));
            case 'F' -> floating(line(at), at);
            case 'X' -> text(in.u32(), at);
            case 0x8c -> text(in.u8(), at);
            case 0x8d -> text(in.i64(), at);
            case 'V' -> plainLine(at);
            case 'U' -> new Text(new String(in.bytes(in.u8()), StandardCharsets.ISO_8859_1));
            case 'T' -> new Node.Bytes(slice(in.u32()));
            case 'C' -> new Node.Bytes(slice(in.u8()));
            case 'B' -> new Node.Bytes(slice(in.u32()));
            case 0x8e, 0x96 -> new Node.Bytes(slice(in.i64()));
            case 0x97 -> new Node.Bytes(buffers.next());
            default ->
                    throw new Refused(
                            "opcode 0x"
                                    + Integer.toHexString(op)
                                    + " at byte "
                                    + at
                                    + " is none that weights are written with");
        };
    }

    private ByteSource slice(long length) throws FormatException {
        long start = in.position();
        in.skip(length);
        return in.source().slice(start, length);
    }

    private Text text(long length, long at) throws IOException, FormatException {
        if (length < 0 || length > in.remaining() || length > Integer.MAX_VALUE - 8) {
            throw FormatException.truncated(at, "A text ends outside the file");
        }
        try {
            return new Text(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(java.nio.ByteBuffer.wrap(in.bytes((int) length)))
                            .toString());
        } catch (CharacterCodingException e) {
            throw FormatException.broken(at, "A text is not UTF-8");
        }
    }

    private Node plainLine(long at) throws IOException, FormatException, Refused {
        String text = line(at);
        if (text.indexOf('\\') >= 0) {
            throw new Refused("a text with escapes at byte " + at + " is not read here");
        }
        return new Text(text);
    }

    private String line(long at) throws IOException, FormatException {
        String text = in.line(MOST_LINE_BYTES);
        if (text.endsWith("\r")) {
            throw FormatException.broken(at, "A line ends as on Windows");
        }
        return text;
    }

    private static Scalar number(byte[] littleEndian) {
        byte[] bytes = littleEndian.clone();
        for (int low = 0, high = bytes.length - 1; low < high; low++, high--) {
            byte kept = bytes[low];
            bytes[low] = bytes[high];
            bytes[high] = kept;
        }
        return whole(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
    }

    private static Scalar number(String line, long at) throws FormatException {
        if (line.equals("00") || line.equals("01")) {
            return Scalar.of(line.equals("01"));
        }
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        if (!digits.matches("-?[0-9]{1,400}")) {
            throw FormatException.broken(at, "Not a whole number");
        }
        return whole(new BigInteger(digits));
    }

    private static Scalar whole(BigInteger value) {
        return value.bitLength() < Long.SIZE ? Scalar.of(value.longValue()) : Scalar.of(value);
    }

    private static Scalar floating(String line, long at) throws FormatException {
        try {
            return Scalar.of(Double.parseDouble(line));
        } catch (NumberFormatException e) {
            throw FormatException.broken(at, "Not a number");
        }
    }

    private long index(long at) throws IOException, FormatException {
        String line = line(at);
        if (!line.matches("[0-9]{1,10}")) {
            throw FormatException.broken(at, "Not a memo index");
        }
        return Long.parseLong(line);
    }

    private Node remembered(long index, long at) throws FormatException {
        Node node = memo.get(index);
        if (node == null) {
            throw FormatException.broken(at, "Memo " + index + " was never set");
        }
        return node;
    }

    private void stackGlobal(long at) throws FormatException, Refused {
        Node name = pop(at);
        Node module = pop(at);
        if (!(name instanceof Text nameText) || !(module instanceof Text moduleText)) {
            throw new Refused("a callable is named by something other than text at byte " + at);
        }
        push(calls.name(moduleText.value(), nameText.value()), at);
    }

    private void call(long at) throws IOException, FormatException, Refused {
        Node arguments = pop(at);
        Node callable = pop(at);
        if (!(arguments instanceof Items items) || items.kind() != Kind.TUPLE) {
            throw new Refused("a call without a tuple of arguments at byte " + at);
        }
        if (!(callable instanceof Name name)) {
            throw new Refused("a call of something that is no known callable at byte " + at);
        }
        push(calls.call(name, items.all()), at);
    }

    private void build(long at) throws IOException, FormatException, Refused {
        Node state = pop(at);
        calls.build(top(at), state, in);
    }

    private void tuple(int count, long at) throws FormatException {
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.addFirst(pop(at));
        }
        push(Items.of(Kind.TUPLE, items), at);
    }

    private void add(List<Node> items, Kind kind, long at) throws FormatException, Refused {
        if (!(top(at) instanceof Items group) || group.kind() != kind) {
            throw new Refused(
                    "items are added to something other than a plain group, at byte " + at);
        }
        count(items.size(), at);
        group.all().addAll(items);
    }

    private void push(Node node, long at) throws FormatException {
        count(1, at);
        stack.add(node);
    }

    private void count(int more, long at) throws FormatException {
        values += more;
        if (values > MOST_VALUES) {
            throw FormatException.limit(at, "More than " + MOST_VALUES + " values");
        }
    }

    private Node pop(long at) throws FormatException {
        Node node = top(at);
        stack.removeLast();
        return node;
    }

    private Node top(long at) throws FormatException {
        if (stack.size() <= (marks.isEmpty() ? 0 : marks.getLast())) {
            throw FormatException.broken(at, "A value is taken from an empty stack");
        }
        return stack.getLast();
    }

    private List<Node> popToMark(long at) throws FormatException {
        if (marks.isEmpty()) {
            throw FormatException.broken(at, "A mark was never set");
        }
        int mark = marks.removeLast();
        List<Node> tail = stack.subList(mark, stack.size());
        List<Node> items = new ArrayList<>(tail);
        tail.clear();
        return items;
    }
}
