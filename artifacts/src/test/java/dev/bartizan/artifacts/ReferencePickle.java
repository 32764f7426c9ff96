package dev.bartizan.artifacts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tiny unpickler of its own, sharing no code with the scanner: it keeps a stack of strings,
/// lists and calls as CPython's `_Unpickler` (Lib/pickle.py) does, and says whether one of the
/// functions under test would be called before the first error. It knows the opcodes that the
/// samples and their mutations are made of; any other, and anything that Python would raise on,
/// ends it, as it ends Python. It never claims a call that Python would not make, so that a payload
/// it sees is still there.
final class ReferencePickle {
    private static final Set<String> DANGEROUS =
            Set.of(
                    "os.system",
                    "posix.system",
                    "nt.system",
                    "subprocess.check_output",
                    "subprocess.Popen",
                    "builtins.eval",
                    "builtins.exec",
                    "__builtin__.eval",
                    "__builtin__.exec",
                    "runpy.run_path",
                    "webbrowser.open");

    private record Global(String dotted) {}

    private final byte[] in;
    private int at;
    private List<Object> stack = new ArrayList<>();
    private final Deque<List<Object>> marks = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private int protocol;

    private ReferencePickle(byte[] in) {
        this.in = in;
    }

    /// Whether loading the first pickle of these bytes calls one of the functions under test.
    static boolean calls(byte[] pickle) {
        try {
            return new ReferencePickle(pickle).run();
        } catch (RuntimeException e) {
            return false; // Python raises here, or the reference does not know the opcode
        }
    }

    private boolean run() {
        while (true) {
            int op = u8();
            if (op == '.') {
                pop();
                return false;
            }
            if (step(op)) {
                return true;
            }
        }
    }

    /// Runs one opcode; true when it calls a function under test.
    private boolean step(int op) {
        switch (op) {
            case 0x80 -> {
                protocol = u8();
                require(protocol <= 5);
            }
            case 'N' -> push("None");
            case 'K' -> push((long) u8());
            case 'M' -> push((long) (u8() | u8() << 8));
            case 'J' -> push((long) (int) u32());
            case 'I' -> push(Long.parseLong(line()));
            case 'X' -> push(text(Math.toIntExact(u32())));
            case 0x8c -> push(text(u8()));
            case 0x8d -> push(text(Math.toIntExact(u64())));
            case 'V' -> push(rawUnicode(line()));
            case ']', '}' -> push(new ArrayList<>());
            case ')' -> push(new ArrayList<>());
            case '(' -> {
                marks.push(stack);
                stack = new ArrayList<>();
            }
            case '1' -> stack = marks.pop();
            case '0' -> popOrMark();
            case '2' -> push(top());
            case 0x85, 0x86, 0x87 -> tuple(op - 0x84);
            case 't', 'l' -> push(fromMark());
            case 'e' -> {
                fromMark();
                top();
            }
            case 'a' -> {
                pop();
                top();
            }
            case 'q' -> memo.put((long) u8(), top());
            case 'r' -> memo.put(u32(), top());
            case 'p' -> memo.put(Long.parseLong(line()), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> push(known(memo.get((long) u8())));
            case 'j' -> push(known(memo.get(u32())));
            case 'g' -> push(known(memo.get(Long.parseLong(line()))));
            case 'c' -> push(new Global(line() + "." + line()));
            case 0x93 -> {
                Object name = pop();
                Object module = pop();
                require(name instanceof String && module instanceof String);
                push(new Global(module + "." + name));
            }
            default -> {
                return call(op);
            }
        }
        return false;
    }

    private boolean call(int op) {
        return switch (op) {
            case 'R', 0x81 -> reduced();
            case 'o' -> isDangerous(fromMark().getFirst());
            case 'i' -> instance();
            default -> throw new IllegalArgumentException("An opcode that is not known here");
        };
    }

    private boolean reduced() {
        require(pop() instanceof List<?>);
        return isDangerous(pop());
    }

    private boolean instance() {
        Global type = new Global(line() + "." + line());
        fromMark();
        return isDangerous(type);
    }

    /// Anything else that is called is no business of the reference; it cannot tell what comes
    /// back.
    private boolean isDangerous(Object callable) {
        require(callable instanceof Global);
        String dotted = ((Global) callable).dotted();
        require(DANGEROUS.contains(dotted));
        return true;
    }

    private void tuple(int size) {
        require(stack.size() >= size);
        List<Object> tail = stack.subList(stack.size() - size, stack.size());
        List<Object> tuple = new ArrayList<>(tail);
        tail.clear();
        push(tuple);
    }

    private List<Object> fromMark() {
        List<Object> items = stack;
        stack = marks.pop();
        return items;
    }

    private void popOrMark() {
        if (stack.isEmpty()) {
            stack = marks.pop();
        } else {
            pop();
        }
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        return stack.removeLast();
    }

    private Object top() {
        return stack.getLast();
    }

    private static Object known(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("A memo value that was never stored");
        }
        return value;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("Python raises here");
        }
    }

    private int u8() {
        return in[at++] & 0xff;
    }

    private long u32() {
        return u8() | u8() << 8 | (long) u8() << 16 | (long) u8() << 24;
    }

    private long u64() {
        return u32() | u32() << 32;
    }

    private String text(int length) {
        require(length >= 0 && length <= in.length - at);
        String text = new String(in, at, length, StandardCharsets.UTF_8);
        require(text.indexOf('\ufffd') < 0);
        at += length;
        return text;
    }

    private static String rawUnicode(String line) {
        require(line.indexOf('\\') < 0);
        return line;
    }

    private String line() {
        int start = at;
        while (in[at] != '\n') {
            at++;
        }
        String line = new String(in, start, at - start, StandardCharsets.ISO_8859_1);
        at++;
        return line;
    }
}
