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

    private Embedded() {}

    /// Searches from an offset on, and notes what loading a pickle found there could do.
    public static void report(ByteSource bytes, long from, Notes notes) throws IOException {
        long at = from;
        int tried = 0;
        while (at < bytes.size() && tried < MOST_TRIED) {
            byte[] block = bytes.bytes(at, BLOCK_BYTES);
            for (int i = 0; i < block.length - 1 && tried < MOST_TRIED; i++) {
                if (mayStart(block, i)) {
                    tried++;
                    if (tryAt(bytes, at + i, notes)) {
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

    private static boolean mayStart(byte[] block, int i) {
        int b = block[i] & 0xff;
        if (b == 0x80) {
            return block[i + 1] >= 2 && block[i + 1] <= Interpreter.HIGHEST_PROTOCOL;
        }
        if (b != 'c') {
            return false;
        }
        int lines = 0;
        for (int k = i + 1; k < block.length && k < i + 120; k++) {
            int c = block[k];
            if (c == '\n') {
                if (++lines == 2) {
                    return true;
                }
            } else if (!(Character.isLetterOrDigit(c) || c == '_' || c == '.')) {
                return false;
            }
        }
        return false;
    }

    private static boolean tryAt(ByteSource bytes, long at, Notes notes) throws IOException {
        Reading reading = new Reading();
        try {
            Interpreter.strict(new ByteReader(bytes.slice(at, TRIED_BYTES)), reading).run();
        } catch (FormatException e) {
            if (reading.calls() == 0) {
                return false;
            }
        }
        boolean isBad =
                reading.calls() > 0
                        && reading.worst()
                                .filter(worst -> worst.isAtLeast(Severity.HIGH))
                                .isPresent();
        if (!isBad) {
            return false;
        }
        for (Concern concern : reading.concerns()) {
            notes.finding(
                    concern.rule(),
                    concern.severity(),
                    at + concern.offset(),
                    "In a pickle that starts in the middle of other bytes. " + concern.message());
        }
        notes.explain(
                notes.item().path()
                        + ", pickle at "
                        + at
                        + " in the middle of other bytes:\n  "
                        + String.join("\n  ", reading.account().lines())
                        + "\n");
        return true;
    }
}
