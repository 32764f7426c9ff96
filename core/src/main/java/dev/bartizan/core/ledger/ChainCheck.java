package dev.bartizan.core.ledger;

import dev.bartizan.core.ledger.LedgerVerification.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Follows the chain of lines: each names its place and the hash of the line before, so that what
/// was changed, dropped, moved or doubled is found at its line.
///
/// A line whose link is broken accuses itself or the line before. The next link decides: when it
/// holds, the accuser is what its successor saw, so the line before was changed; when it is broken
/// too, the accuser was.
final class ChainCheck {
    private static final int MAX_REMEMBERED = 1 << 22;
    private static final int MAX_GAPS = 1000;

    private final Problems problems;
    private final TreeMap<Long, Gap> gaps = new TreeMap<>();
    private long[] seen = new long[1024];
    private long expected;
    private byte[] last = Merkle.bytes(LedgerLine.NONE);
    private long accused;

    /// Indices that were skipped: from the key up to `end`, exclusive; noticed at a line.
    private record Gap(long end, long line) {}

    ChainCheck(Problems problems) {
        this.problems = problems;
    }

    /// A line that could not be read stands where one was expected.
    void unreadable(byte[] hash) {
        settle(false, 0);
        step(expected, hash);
    }

    void follow(long number, LedgerLine line, byte[] hash) {
        if (line.index() < expected) {
            stray(number, line.index(), hash);
            return;
        }
        if (line.index() > expected) {
            settle(true, 0);
            if (gaps.size() < MAX_GAPS) {
                gaps.put(expected, new Gap(line.index(), number));
            }
        } else {
            boolean holds = Arrays.equals(Merkle.bytes(line.previous()), last);
            settle(holds, number - 1);
            if (!holds) {
                accuse(number);
            }
        }
        step(line.index(), hash);
    }

    private void accuse(long number) {
        if (number == 1) {
            problems.add(
                    Kind.CHANGED,
                    1,
                    "The first line names a line before it, or lines before it were taken out",
                    Problems.RESTORE);
            return;
        }
        accused = number - 1;
    }

    /// Decides about an open accusation of the line before the accuser.
    private void settle(boolean accuserIsSound, long accuser) {
        if (accused == 0) {
            return;
        }
        long line = accuserIsSound || accuser == 0 ? accused : accuser;
        accused = 0;
        if (!problems.isAbout(line)) {
            problems.add(
                    Kind.CHANGED,
                    line,
                    "The line was changed after it was written: its hash is not the one in the"
                            + " chain",
                    Problems.RESTORE);
        }
    }

    private void stray(long number, long index, byte[] hash) {
        boolean isCopy =
                index < seen.length && index < expected && seen[(int) index] == brief(hash);
        if (isCopy) {
            problems.add(
                    Kind.DUPLICATED,
                    number,
                    "The line is a copy of the one with index " + index,
                    Problems.RESTORE);
            return;
        }
        fillGap(index);
        problems.add(
                Kind.MOVED,
                number,
                "The line has index " + index + ", lines with higher ones stand before it",
                Problems.RESTORE);
    }

    private void fillGap(long index) {
        Map.Entry<Long, Gap> entry = gaps.floorEntry(index);
        if (entry == null || entry.getValue().end() <= index) {
            return;
        }
        Gap gap = entry.getValue();
        gaps.remove(entry.getKey());
        if (entry.getKey() < index) {
            gaps.put(entry.getKey(), new Gap(index, gap.line()));
        }
        if (index + 1 < gap.end()) {
            gaps.put(index + 1, new Gap(gap.end(), gap.line()));
        }
    }

    private void step(long index, byte[] hash) {
        if (index < MAX_REMEMBERED) {
            if (index >= seen.length) {
                seen = Arrays.copyOf(seen, (int) Math.min(MAX_REMEMBERED, (index + 1) * 2));
            }
            seen[(int) index] = brief(hash);
        }
        expected = index + 1;
        last = hash;
    }

    private static long brief(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    /// To be called after the last line.
    void finish() {
        settle(true, 0);
        gaps.forEach((start, gap) ->
                problems.add(
                        Kind.DROPPED,
                        gap.line(),
                        (gap.end() - start == 1
                                        ? "The line with index " + start + " is"
                                        : "The lines with indices "
                                                + start
                                                + " to "
                                                + (gap.end() - 1)
                                                + " are")
                                + " missing before this one",
                        Problems.RESTORE));
    }
}
