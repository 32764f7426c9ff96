package dev.bartizan.artifacts.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Ranges may overlap, touch, repeat and be empty; each byte counts once.
class CoveredRangesTest {
    private static final int BYTES = 200;
    private static final int LONGEST = 40;

    @Test
    void rangesCountEachByteOnce() {
        Random random = new Random(0xC0FE);
        for (int round = 0; round < 500; round++) {
            Coverage coverage = new Coverage();
            BitSet bytes = new BitSet();
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(BYTES);
                int to = from + random.nextInt(LONGEST) - 2;
                coverage.add(from, to);
                if (to > from) {
                    bytes.set(from, to);
                }
                assertThat(coverage.bytes()).isEqualTo(bytes.cardinality());
            }
        }
    }
}
