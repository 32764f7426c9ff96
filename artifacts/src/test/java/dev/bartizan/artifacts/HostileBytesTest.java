package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random changes of fixtures of every format: the scanner always answers, and says something of no
/// more bytes than there are.
class HostileBytesTest {
    private static final int PER_SEED = 150;

    static Stream<Long> seeds() {
        return IntStream.range(0, 10).mapToObj(i -> 77L + i * 1_000_003L);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void changedFixturesAreAnswered(long seed) {
        Random random = new Random(seed);
        List<byte[]> fixtures = fixtures();
        for (int i = 0; i < PER_SEED; i++) {
            byte[] bytes = mutated(fixtures.get(random.nextInt(fixtures.size())), random);
            FileReport report = Scans.scan("artifact", bytes);
            assertThat(report.coveredBytes()).isBetween(0L, (long) bytes.length);
            assertThat(ScanJson.write(new ScanReport(List.of(report)), "test"))
                    .contains("\"verdict\"");
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] =
                    switch (random.nextInt(3)) {
                        case 0 -> (byte) random.nextInt(256);
                        case 1 -> (byte) (bytes[at] ^ (1 << random.nextInt(8)));
                        default -> (byte) 0xff;
                    };
        }
        return random.nextInt(4) == 0
                ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))
                : bytes;
    }

    private static List<byte[]> fixtures() {
        List<byte[]> all = new ArrayList<>();
        byte[] pickle = Pickles.calling("os", "system");
        all.add(pickle);
        all.add(Pickles.protocol(4).ops("}(").shortText("a").ops("](K\u0001K\u0002eu.").bytes());
        all.add(Scans.zip(Map.of("a/data.pkl", pickle, "a/data/0", new byte[64])));
        all.add(FormatScanTest.tar("a.pkl", '0', "", pickle));
        String json =
                "{\"class_name\":\"Lambda\",\"config\":{\"function\":[\"YWJj\",null]},\"chat_template\":\"{% for m in x %}{{ m['a']|join }}{% endfor %}\"}";
        all.add(json.getBytes(StandardCharsets.UTF_8));
        all.add("a: 1\n_target_: torch.nn.Linear\nb: '{{ x }}'\n".getBytes(StandardCharsets.UTF_8));
        all.add("<net name='x'><layers/></net>".getBytes(StandardCharsets.UTF_8));
        all.add(
                new byte[] {
                    (byte) 0x82, (byte) 0xa1, 'a', 1, (byte) 0xa1, 'b', (byte) 0xc4, 3, 1, 2, 3
                });
        all.add(
                ParquetFiles.table()
                        .texts("text", "one", "two", "three")
                        .encoding(ParquetFiles.DELTA)
                        .codec(1)
                        .bytes());
        all.add(
                ParquetFiles.table()
                        .binary("file", pickle, new byte[40])
                        .encoding(ParquetFiles.DICTIONARY)
                        .version(2)
                        .bytes());
        all.add(OcdbtFiles.manifest("d/" + OcdbtFiles.NAME));
        all.add(OcdbtFiles.data("d/x", Map.of("a", pickle), Map.of("b", new byte[9])));
        all.add(ArrowFiles.table().texts("text", "one", "two").packed().stream());
        all.add(ArrowFiles.table().binary("file", pickle).batches(2).file());
        return all;
    }
}
