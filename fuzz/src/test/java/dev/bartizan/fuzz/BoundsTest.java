package dev.bartizan.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundsTest {
    @Test
    void whatTakesMoreThanASecondIsADefect() {
        Parser slow =
                Parser.of(
                        "slow",
                        input -> {
                            long sum = input.length;
                            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                            long end = threads.getCurrentThreadCpuTime() + 1_100_000_000L;
                            while (threads.getCurrentThreadCpuTime() < end) {
                                sum += Long.bitCount(sum);
                            }
                            return sum == 0 ? Parser.Outcome.REFUSED : Parser.Outcome.READ;
                        });
        assertThatThrownBy(() -> Bounds.check(slow, new byte[3]))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ms of CPU for 3 bytes");
    }

    @Test
    void whatIsSlowOnceIsNone() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        Parser cold =
                Parser.of(
                        "cold",
                        input -> {
                            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                            long end = threads.getCurrentThreadCpuTime() + 1_100_000_000L;
                            boolean isFirst = reads.getAndIncrement() == 0;
                            long sum = input.length;
                            while (isFirst && threads.getCurrentThreadCpuTime() < end) {
                                sum += Long.bitCount(sum);
                            }
                            return sum == 0 ? Parser.Outcome.REFUSED : Parser.Outcome.READ;
                        });
        assertThat(Bounds.check(cold, new byte[3])).isEqualTo(Parser.Outcome.READ);
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatIsThrownIsADefect() {
        Parser broken =
                Parser.of(
                        "broken",
                        _ -> {
                            throw new IllegalStateException("as expected");
                        });
        assertThatThrownBy(() -> Bounds.check(broken, new byte[0])).hasMessage("as expected");
    }

    @Test
    void everyFormatOfTheScannerHasAnEntry() {
        assertThat(dev.bartizan.artifacts.Scanner.formats())
                .allSatisfy(format -> assertThat(Parsers.named(format.format())).isPresent());
    }
}
