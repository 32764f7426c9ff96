package dev.bartizan.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.Digest;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JcsTest {
    private static String canonical(String json) {
        return Jcs.write(JsonMapper.shared().readTree(json));
    }

    /// RFC 8785 appendix B: bit patterns and their texts.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void publishedNumbersHold(String bits, String expected) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(Jcs.number(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatJsonLacksAreRefused(double value) {
        assertThatThrownBy(() -> Jcs.number(value)).isInstanceOf(IllegalArgumentException.class);
    }

    /// The number file that the authors of RFC 8785 publish is made by a rule, and they publish the
    /// digests of its first lines: https://github.com/cyberphone/json-canonicalization (testdata).
    /// One wrong digit in any line changes the digest.
    @Test
    void publishedDigestsOfTheNumberFileHold() {
        MessageDigest sha = Digest.sha256();
        NumberFile numbers = new NumberFile();
        for (int line = 1; line <= 10_000; line++) {
            double value = numbers.next();
            String text =
                    Long.toHexString(Double.doubleToRawLongBits(value))
                            + ","
                            + Jcs.number(value)
                            + "\n";
            sha.update(text.getBytes(StandardCharsets.US_ASCII));
            if (line == 1_000) {
                assertThat(soFar(sha))
                        .isEqualTo(
                                "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687");
            }
        }
        assertThat(soFar(sha))
                .isEqualTo("b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892");
    }

    private static String soFar(MessageDigest sha) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) sha.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /// Shortest by search: fewest digits that read back, nearest to the exact value.
    private static BigDecimal searched(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; ; digits++) {
            BigDecimal low = exact.round(new MathContext(digits, RoundingMode.FLOOR));
            BigDecimal high = exact.round(new MathContext(digits, RoundingMode.CEILING));
            boolean isLow = low.doubleValue() == value;
            boolean isHigh = high.doubleValue() == value;
            if (isLow && isHigh) {
                return exact.subtract(low).compareTo(high.subtract(exact)) <= 0 ? low : high;
            }
            if (isLow || isHigh) {
                return isLow ? low : high;
            }
        }
    }

    @Test
    void numbersAreTheShortestThatReadBackAndTheNearest() {
        Random random = new Random(8785);
        for (int i = 0; i < 5_000; i++) {
            double value =
                    switch (i % 4) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> random.nextDouble();
                        case 2 -> random.nextInt(2_000_000) / 1000.0 - 1000;
                        default -> Double.longBitsToDouble(random.nextLong(1L << (1 + i % 54)));
                    };
            if (Double.isFinite(value)) {
                assertThat(new BigDecimal(Jcs.number(value)))
                        .as("%s", value)
                        .isEqualByComparingTo(value == 0 ? BigDecimal.ZERO : searched(value));
            }
        }
    }

    /// RFC 8785 section 3.2.2.
    @Test
    void publishedSampleHolds() {
        String sample =
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;
        assertThat(canonical(sample))
                .isEqualTo(
                        "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,"
                                + "0.002,1e-27],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /// RFC 8785 section 3.2.3.
    @Test
    void keysAreSortedByUtf16Units() {
        String sample =
                """
                {"\\u20ac": "Euro", "\\r": "CR", "\\ufb33": "Dalet", "1": "One",
                 "\\ud83d\\ude00": "Emoji", "\\u0080": "Control", "\\u00f6": "o"}
                """;
        assertThat(canonical(sample))
                .isEqualTo(
                        "{\"\\r\":\"CR\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"o\","
                                + "\"\u20ac\":\"Euro\",\"\ud83d\ude00\":\"Emoji\",\"\ufb33\":\"Dalet\"}");
    }

    @Test
    void eachControlCharacterHasItsOneSpelling() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x21; c++) {
            all.append(c);
        }
        all.append("\u007f\u2028\u2029/<>&");
        assertThat(Jcs.write(JsonNodeFactory.instance.stringNode(all.toString())))
                .isEqualTo(
                        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f"
                                + "\\r\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016"
                                + "\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f "
                                + "\u007f\u2028\u2029/<>&\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\ude00", "\ud83dx", "\ude00\ud83d"})
    void loneSurrogatesAreRefused(String text) {
        assertThatThrownBy(() -> Jcs.write(JsonNodeFactory.instance.stringNode(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void nestingIsBounded() {
        ArrayNode deep = JsonNodeFactory.instance.arrayNode();
        ArrayNode inner = deep;
        for (int i = 0; i < 300; i++) {
            inner = inner.addArray();
        }
        assertThatThrownBy(() -> Jcs.write(deep)).hasMessageContaining("nested deeper");
    }

    @Test
    void canonicalTextReadsBackToItself() {
        Random random = new Random(2);
        GeneratedEvidence texts = new GeneratedEvidence(2);
        for (int i = 0; i < 500; i++) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            for (int j = 0; j < 8; j++) {
                node.put(texts.text(), random.nextDouble() * Math.pow(10, random.nextInt(60) - 30));
            }
            String once = Jcs.write(node);
            JsonNode read = JsonMapper.shared().readTree(once);
            assertThat(Jcs.write(read)).isEqualTo(once);
            for (String key : node.propertyNames()) {
                assertThat(read.required(key).doubleValue())
                        .isEqualTo(node.required(key).doubleValue());
            }
        }
    }

    /// The inputs of the published number file: chosen values, a run of neighbours, then doubles
    /// cut out of a chain of SHA-256 digests.
    private static final class NumberFile {
        private static final int NEIGHBOURS = 2000;
        private final long[] chosen = NumberFileStart.bits();
        private ByteBuffer block = ByteBuffer.wrap(new byte[32]).position(32);
        private byte[] seed = new byte[32];
        private int at;

        double next() {
            int i = at++;
            if (i < chosen.length) {
                return Double.longBitsToDouble(chosen[i]);
            }
            if (i < chosen.length + NEIGHBOURS) {
                return Double.longBitsToDouble(0x0010000000000000L + i - chosen.length);
            }
            double value = 0;
            while (value == 0 || !Double.isFinite(value)) {
                if (!block.hasRemaining()) {
                    seed = Digest.sha256().digest(seed);
                    block = ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN);
                }
                value = block.getDouble();
            }
            return value;
        }
    }
}
