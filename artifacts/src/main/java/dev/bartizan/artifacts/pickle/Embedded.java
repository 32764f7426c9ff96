package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.spi.BytePairs;
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

    /// Most bytes that are run in one search, all places together: so many, and more in large ones.
    private static final long LEAST_RUN_BYTES = 2L << 20;

    private static final long MOST_RUN_BYTES = 64L << 20;
    private static final int RUN_TIMES = 8;

    /// What is looked at to tell whether a pickle may start.
    private static final int LONGEST_START = 512;

    /// The longest name that a short text holds.
    private static final int LONGEST_NAME = 64;

    private static final BytePairs STARTS = withStarts(new BytePairs());

    private Embedded() {}

    /// Adds how pickles start, as {@link #mayStart} takes it.
    public static BytePairs withStarts(BytePairs pairs) {
        return pairs.with(0x80, Embedded::isProtocol)
                .with('c', next -> isOfName((byte) next))
                .with('(', next -> isOfArguments((byte) next))
                .with(0x8c, Embedded::isNameLength);
    }

    /// Searches from an offset on, and notes what loading a pickle found there could do.
    public static void report(ByteSource bytes, long from, Notes notes) throws IOException {
        report(bytes, from, bytes.size(), notes);
    }

    /// Searches for what starts between two offsets, wherever it ends.
    public static void report(ByteSource bytes, long from, long to, Notes notes)
            throws IOException {
        Search search = new Search(bytes, 0, notes);
        long at = from;
        int tried = 0;
        while (at < to && tried < MOST_TRIED) {
            byte[] block = bytes.bytes(at, (int) Math.min(BLOCK_BYTES, to - at + LONGEST_START));
            int starts = (int) Math.min(block.length - 1, to - at);
            for (int i = STARTS.next(block, 0, starts);
                    i < starts && tried < MOST_TRIED;
                    i = STARTS.next(block, i + 1, starts)) {
                if (mayStart(block, i)) {
                    tried++;
                    if (!breaksOffAtOnce(block, i) && search.isBad(at + i)) {
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

    /// Whether a pickle may start at a place of a block: PROTO and an opcode, GLOBAL with two
    /// names, a mark with INST or GLOBAL not far behind it, or a short text that is a name, as
    /// STACK_GLOBAL takes them.
    public static boolean mayStart(byte[] block, int i) {
        return switch (block[i] & 0xff) {
            case 0x80 ->
                    isProtocol(block[i + 1] & 0xff)
                            && (i + 2 == block.length || Interpreter.isOpcode(block[i + 2] & 0xff));
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
            if (!isOfArguments(b)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isName(byte[] block, int from) {
        int length = from < block.length ? block[from] & 0xff : 0;
        if (!isNameLength(length) || from + 1 + length >= block.length) {
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

    private static boolean isProtocol(int version) {
        return version >= 2 && version <= Interpreter.HIGHEST_PROTOCOL;
    }

    private static boolean isNameLength(int length) {
        return length >= 2 && length <= LONGEST_NAME;
    }

    private static boolean isOfArguments(byte b) {
        return (b >= ' ' && b != 127) || b == '\n' || b == '\r';
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
    /// Search#isBad}, which reads them again.
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

    /// Tries places of one range of bytes, one after another, and notes what a pickle that starts
    /// there could do, when it calls what reaches out.
    public static final class Search {
        private final ByteSource bytes;
        private final long base;
        private final Notes notes;
        private Starts known = new Starts();
        private long knownFrom;
        private long left;

        /// @param bytes where pickles may stand
        /// @param base where the bytes start in the item, for findings
        public Search(ByteSource bytes, long base, Notes notes) {
            this.bytes = bytes;
            this.base = base;
            this.notes = notes;
            this.left = Math.min(MOST_RUN_BYTES, LEAST_RUN_BYTES + RUN_TIMES * bytes.size());
        }

        /// Looks at the pickle that may start at a place.
        ///
        /// @return whether it reaches out
        public boolean isBad(long at) throws IOException {
            if (known.has(at - knownFrom)) {
                return false;
            }
            if (left <= 0) {
                notes.notCovered("places that look like pickles, more than are tried");
                return false;
            }
            ByteSource pickle = bytes.slice(at, TRIED_BYTES);
            Calls calls = new Calls();
            Starts starts = new Starts();
            boolean isWhole = run(pickle, calls, starts);
            if (!calls.areThere()) {
                return false;
            }
            Reading reading = new Reading();
            run(pickle, reading, starts);
            if (reading.worst().filter(worst -> worst.isAtLeast(Severity.HIGH)).isPresent()) {
                report(at, reading);
                return true;
            }
            if (isWhole) {
                known = starts;
                knownFrom = at;
            }
            return false;
        }

        /// Runs it as far as it goes; whether to its end. What comes behind a pickle that is cut or
        /// broken is no part of it.
        private boolean run(ByteSource pickle, PickleEvents events, Starts starts)
                throws IOException {
            Interpreter interpreter =
                    Interpreter.strict(new ByteReader(pickle), events).tellingStarts(starts);
            try {
                interpreter.run();
                return true;
            } catch (FormatException _) {
                return false;
            } finally {
                left -= interpreter.position();
            }
        }

        private void report(long at, Reading reading) {
            for (Concern concern : reading.concerns()) {
                notes.finding(
                        concern.rule(),
                        concern.severity(),
                        base + at + concern.offset(),
                        "In a pickle that starts in the middle of other bytes. "
                                + concern.message());
            }
            notes.explain(
                    notes.item().path()
                            + ", pickle at "
                            + (base + at)
                            + " in the middle of other bytes:\n  "
                            + String.join("\n  ", reading.account().lines())
                            + "\n");
        }
    }
}
