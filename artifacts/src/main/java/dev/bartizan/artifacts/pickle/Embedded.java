package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// Looks for pickles with a payload in the middle of other bytes, where a loader that skips a
/// prefix or resumes after an error would find them.
public final class Embedded {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int MOST_TRIED = 2_000;
    private static final int TRIED_BYTES = 1 << 18;
    private static final int GLIMPSE_BYTES = 64;

    /// First bytes of what may start: nearly every byte is none, and a table is asked fastest.
    private static final boolean[] STARTS = new boolean[256];

    static {
        for (int start : new int[] {0x80, 0x8c, 'c', '('}) {
            STARTS[start] = true;
        }
    }

    private Embedded() {}

    /// Searches from an offset on, and notes what loading a pickle found there could do.
    public static void report(ByteSource bytes, long from, Notes notes) throws IOException {
        long at = from;
        int tried = 0;
        while (at < bytes.size() && tried < MOST_TRIED) {
            byte[] block = bytes.bytes(at, BLOCK_BYTES);
            for (int i = 0; i < block.length - 1 && tried < MOST_TRIED; i++) {
                if (STARTS[block[i] & 0xff] && mayStart(block, i)) {
                    tried++;
                    if (!breaksOffAtOnce(block, i) && tryAt(bytes, at + i, 0, notes)) {
                        return;
                    }
                }
            }
            at += Math.max(1, block.length - 16);
            if (block.length < BLOCK_BYTES) {
                return;
            }
        }
    }

    /// Whether a pickle may start at a place of a block: PROTO, GLOBAL with two names, a mark with
    /// INST or GLOBAL not far behind it, or a short text that is a name, as STACK_GLOBAL takes
    /// them.
    public static boolean mayStart(byte[] block, int i) {
        return switch (block[i] & 0xff) {
            case 0x80 -> block[i + 1] >= 2 && block[i + 1] <= Interpreter.HIGHEST_PROTOCOL;
            case 'c' -> isTwoNames(block, i + 1);
            case '(' -> isMarkedCall(block, i + 1);
            case 0x8c -> isName(block, i + 1);
            default -> false;
        };
    }

    private static boolean isTwoNames(byte[] block, int from) {
        int lines = 0;
        int start = from;
        for (int k = from; k < block.length && k < from + 120; k++) {
            if (block[k] == '\n') {
                if (k == start) {
                    return false;
                }
                if (++lines == 2) {
                    return true;
                }
                start = k + 1;
            } else if (!isOfName(block[k])) {
                return false;
            }
        }
        return false;
    }

    /// Protocol 0: a mark, arguments as text, then INST with two names; or GLOBAL for OBJ.
    private static boolean isMarkedCall(byte[] block, int from) {
        int end = Math.min(block.length, from + 200);
        for (int k = from; k < end; k++) {
            byte b = block[k];
            if ((b == 'i' || b == 'c')
                    && (k == from || block[k - 1] == '\n')
                    && isTwoNames(block, k + 1)) {
                return true;
            }
            if ((b < ' ' && b != '\n' && b != '\r') || b == 127) {
                return false;
            }
        }
        return false;
    }

    private static boolean isName(byte[] block, int from) {
        int length = from < block.length ? block[from] & 0xff : 0;
        if (length < 2 || length > 64 || from + 1 + length >= block.length) {
            return false;
        }
        for (int k = from + 1; k <= from + length; k++) {
            if (!isOfName(block[k])) {
                return false;
            }
        }
        int next = block[from + 1 + length] & 0xff;
        return next == 0x8c || next == 0x94 || next == 'q';
    }

    private static boolean isOfName(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '_'
                || b == '.';
    }

    /// Whether the first few bytes at a place of a block are no opcodes, before anything is called:
    /// nearly every place in numbers that looks like a start is such. To be asked before {@link
    /// #tryAt}, which reads them again.
    public static boolean breaksOffAtOnce(byte[] block, int i) throws IOException {
        ByteSource glimpse = ByteSource.of(block).slice(i, GLIMPSE_BYTES);
        Calls calls = new Calls();
        try {
            Interpreter.strict(new ByteReader(glimpse), calls).run();
            return false;
        } catch (FormatException e) {
            return e.kind() == FormatException.Kind.BROKEN && !calls.areThere();
        }
    }

    private static boolean calls(ByteSource bytes) throws IOException {
        Calls calls = new Calls();
        runTo(calls, bytes);
        return calls.areThere();
    }

    /// Whether it reaches out, as far as it goes.
    private static boolean isBad(ByteSource bytes, Reading reading) throws IOException {
        runTo(reading, bytes);
        return reading.worst().filter(worst -> worst.isAtLeast(Severity.HIGH)).isPresent();
    }

    private static void runTo(PickleEvents events, ByteSource bytes) throws IOException {
        try {
            Interpreter.strict(new ByteReader(bytes), events).run();
        } catch (FormatException _) {
            // What comes behind a pickle that is cut or broken is no part of it.
        }
    }

    /// Notes what a pickle that starts at an offset could do, when it calls what reaches out.
    ///
    /// @param base where the bytes start in the item, for findings
    /// @return whether it does
    public static boolean tryAt(ByteSource bytes, long at, long base, Notes notes)
            throws IOException {
        ByteSource pickle = bytes.slice(at, TRIED_BYTES);
        Reading reading = new Reading();
        if (!calls(pickle) || !isBad(pickle, reading)) {
            return false;
        }
        for (Concern concern : reading.concerns()) {
            notes.finding(
                    concern.rule(),
                    concern.severity(),
                    base + at + concern.offset(),
                    "In a pickle that starts in the middle of other bytes. " + concern.message());
        }
        notes.explain(
                notes.item().path()
                        + ", pickle at "
                        + (base + at)
                        + " in the middle of other bytes:\n  "
                        + String.join("\n  ", reading.account().lines())
                        + "\n");
        return true;
    }
}
