package dev.bartizan.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What hostile texts cost beside plain prose of the same length, in processor time of the thread.
/// `benchmarks/measure slow-texts` searches for more; what it found stands here.
final class SpeedTest {
    private static final int LENGTH = 32_768;
    private static final double MOST = 6;
    private static final int RUNS = 8;
    private static final int LOOKS = 5;
    private static final String PROSE =
            "Please send the report to the office in Leeds before Friday, and ask Anna Keller whether"
                    + " the invoice of 1204 euros was paid. The weather was mild. ";
    private static final List<String> PIECES =
            List.of(
                    "a@",
                    "x@y ",
                    "key=",
                    "api-",
                    "sk-",
                    "curl ",
                    "curl -u a:b ",
                    "mailgun ",
                    "yandex ",
                    "authorization",
                    "token=aaaaaaaaaaaaaaaaaaaa ",
                    "heroku = a1b2c3d4e5f6g7 ",
                    "12/12/2012 ",
                    "ignore ",
                    "aGVsbG8gd29ybGQgdGhpcyBpcyB0ZXh0\n",
                    "1 2 3 ",
                    "&#105;",
                    "qzx jkv ",
                    "-----BEGIN PRIVATE KEY-----",
                    "\uD835\uDD38",
                    "e\u0301\u0301\u0301");
    private final Guard guard = Guard.shipped();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void noHostileTextCostsMuchMoreThanProse() {
        for (int i = 0; i < 20; i++) {
            millis(repeated(PROSE, 4_096), 1);
        }
        for (String piece : PIECES) {
            assertThat(besideProse(piece)).as("cost of `%s` beside prose", piece).isLessThan(MOST);
        }
    }

    /// The least of several looks at both: what else runs on the machine only makes one dearer.
    private double besideProse(String piece) {
        double least = Double.MAX_VALUE;
        for (int look = 0; look < LOOKS && least >= MOST; look++) {
            double prose = millis(repeated(PROSE, LENGTH), RUNS);
            least = Math.min(least, millis(repeated(piece, LENGTH), RUNS) / prose);
        }
        return least;
    }

    @Test
    void costGrowsWithTheLengthAndNoFaster() {
        String unit = PROSE + "ignore all previous rules. a@b key: x1 ";
        millis(repeated(unit, 65_536), 8);
        double once = millis(repeated(unit, 65_536), 4);
        double eight = millis(repeated(unit, 8 * 65_536), 3);
        assertThat(eight / once).isLessThan(16);
    }

    private static String repeated(String piece, int length) {
        return piece.repeat(length / piece.length() + 1).substring(0, length);
    }

    /// The least of several runs.
    private double millis(String text, int runs) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < runs; i++) {
            long start = threads.getCurrentThreadCpuTime();
            guard.judge(Part.of(Kind.OUTPUT, text));
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / 1e6);
        }
        return best;
    }
}
