package dev.bartizan.formats.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.formats.FormatException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LzfTest {
    private static final int MOST = 1 << 20;
    private static final int FURTHEST = 1 << 13;
    private static final int LONGEST_COPY = 2 + 7 + 255;

    /// Packs without a table: looks through all distances at random places, so that copies of every
    /// length and distance come up, and those that overlap what they make.
    static byte[] pack(byte[] bytes, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int literals = 0;
        int at = 0;
        while (at < bytes.length) {
            int distance = Math.min(at, 1 + random.nextInt(FURTHEST));
            int length = distance == 0 ? 0 : common(bytes, at, distance);
            if (length >= 3) {
                literals(out, bytes, at - literals, literals);
                literals = 0;
                copy(out, distance - 1, length - 2);
                at += length;
            } else {
                literals++;
                at++;
            }
        }
        literals(out, bytes, at - literals, literals);
        return out.toByteArray();
    }

    private static int common(byte[] bytes, int at, int distance) {
        int length = 0;
        while (length < LONGEST_COPY
                && at + length < bytes.length
                && bytes[at + length] == bytes[at + length - distance]) {
            length++;
        }
        return length;
    }

    private static void literals(ByteArrayOutputStream out, byte[] bytes, int from, int count) {
        for (int at = from; at < from + count; at += 32) {
            int n = Math.min(32, from + count - at);
            out.write(n - 1);
            out.write(bytes, at, n);
        }
    }

    private static void copy(ByteArrayOutputStream out, int distance, int length) {
        out.write(Math.min(length, 7) << 5 | distance >> 8);
        if (length >= 7) {
            out.write(length - 7);
        }
        out.write(distance);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsPackedIsUnpackedAgain(long seed) throws FormatException {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            byte[] bytes = new byte[random.nextInt(20_000)];
            int kinds = 1 + random.nextInt(round < 50 ? 3 : 256);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt(kinds);
            }
            byte[] packed = pack(bytes, random);
            assertThat(Lzf.unpack(packed, MOST)).isEqualTo(bytes);
            assertThat(Lzf.unpack(packed, bytes.length)).isEqualTo(bytes);
        }
    }

    /// Worked out by hand from the format: 5 literals; a copy of 9 from 4 back; literals.
    @Test
    void anExampleByHand() throws FormatException {
        byte[] packed = HexFormat.of().parseHex("046162636465" + "e00003" + "0021");
        assertThat(new String(Lzf.unpack(packed, MOST), StandardCharsets.US_ASCII))
                .isEqualTo("abcde" + "bcdebcdeb" + "!");
    }

    @ParameterizedTest
    @CsvSource({
        "1f61, TRUNCATED", // 32 literals promised
        "006120, TRUNCATED", // a copy without its distance
        "0061e0, TRUNCATED",
        "0061e000, TRUNCATED",
        "00612001, BROKEN", // two back where there is one
        "2000, BROKEN"
    })
    void brokenBytesAreRefused(String packed, FormatException.Kind kind) {
        assertThatThrownBy(() -> Lzf.unpack(HexFormat.of().parseHex(packed), MOST))
                .isInstanceOfSatisfying(
                        FormatException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void moreThanAllowedIsRefusedBeforeItIsThere() {
        byte[] zeros = pack(new byte[100_000], new Random(1));
        assertThatThrownBy(() -> Lzf.unpack(zeros, 99_999))
                .isInstanceOfSatisfying(
                        FormatException.class,
                        e -> assertThat(e.kind()).isEqualTo(FormatException.Kind.LIMIT));
    }

    @Test
    void changedBytesUnpackOrAreRefused() {
        Random random = new Random(20261128);
        byte[] bytes = new byte[3_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(4);
        }
        byte[] packed = pack(bytes, random);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] changed = packed.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            try {
                assertThat(Lzf.unpack(changed, 10_000)).hasSizeLessThanOrEqualTo(10_000);
            } catch (FormatException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 2_999);
    }
}
