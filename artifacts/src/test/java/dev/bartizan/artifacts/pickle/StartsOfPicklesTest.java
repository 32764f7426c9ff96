package dev.bartizan.artifacts.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.spi.BytePairs;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartsOfPicklesTest {
    private static final byte[] LIKELY = {
        (byte) 0x80, 2, 4, (byte) 0x8c, 3, 'c', 'o', 's', '\n', '(', 'i', '.', 'q', (byte) 0x94, ' '
    };

    @Test
    void findsInOnePassEveryPlaceWhereAPickleMayStart() {
        BytePairs starts = Embedded.withStarts(new BytePairs());
        Random random = new Random(7);
        int all = 0;
        for (int round = 0; round < 8_000; round++) {
            byte[] block = block(random);
            int end = block.length - 1;
            List<Integer> found = new ArrayList<>();
            for (int i = starts.next(block, 0, end); i < end; i = starts.next(block, i + 1, end)) {
                if (Embedded.mayStart(block, i)) {
                    found.add(i);
                }
            }
            List<Integer> there = new ArrayList<>();
            for (int i = 0; i < end; i++) {
                if (Embedded.mayStart(block, i)) {
                    there.add(i);
                }
            }
            assertThat(found).isEqualTo(there);
            all += there.size();
        }
        assertThat(all).isGreaterThan(1_000);
    }

    private static byte[] block(Random random) {
        byte[] block = new byte[2 + random.nextInt(300)];
        for (int i = 0; i < block.length; i++) {
            boolean isLikely = random.nextBoolean();
            block[i] =
                    isLikely ? LIKELY[random.nextInt(LIKELY.length)] : (byte) random.nextInt(256);
        }
        return block;
    }

    @Test
    void knowsTheOpcodesThatTheInterpreterRuns() throws IOException {
        for (int value = 0; value < 256; value++) {
            String fault = "";
            try {
                ByteReader in = new ByteReader(ByteSource.of(new byte[] {(byte) value}));
                Interpreter.strict(in, new Calls()).run();
            } catch (FormatException e) {
                fault = e.what();
            }
            assertThat(fault.startsWith("No opcode is"))
                    .as(Integer.toHexString(value))
                    .isNotEqualTo(Interpreter.isOpcode(value));
        }
    }
}
