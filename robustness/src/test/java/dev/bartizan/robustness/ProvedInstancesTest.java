package dev.bartizan.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.formats.onnx.OnnxLimits;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxReader;
import dev.bartizan.tensors.DeployedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Local robustness properties that verifiers settled: where they proved that no change within the
/// bounds flips the answer, no attack may claim one; where a counterexample is known, it is found.
class ProvedInstancesTest {
    private static final Pattern BOUND =
            Pattern.compile("\\(assert \\((<=|>=) X_(\\d+) ([-+.0-9eE]+)\\)\\)");
    private static final Pattern OUTPUT = Pattern.compile("Y_(\\d+)");
    private static final int MOST_BYTES = 1 << 26;

    /// The box of a property, and the class that it says is kept.
    private record Property(Ball ball, Examples centre) {}

    private static byte[] unzipped(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private static Property property(Path file, int width) throws IOException {
        String text = new String(unzipped(file), StandardCharsets.UTF_8);
        float[] low = new float[width];
        float[] high = new float[width];
        Matcher bound = BOUND.matcher(text);
        while (bound.find()) {
            float[] side = bound.group(1).equals("<=") ? high : low;
            side[Integer.parseInt(bound.group(2))] = Float.parseFloat(bound.group(3));
        }
        float[] centre = new float[width];
        float[] radius = new float[width];
        for (int i = 0; i < width; i++) {
            centre[i] = Math.clamp((low[i] + high[i]) / 2, low[i], high[i]);
            radius[i] = high[i] - low[i];
        }
        int[] mentions = new int[10];
        Matcher output = OUTPUT.matcher(text.substring(text.lastIndexOf("(assert (or")));
        while (output.find()) {
            mentions[Integer.parseInt(output.group(1))]++;
        }
        int most = Arrays.stream(mentions).max().orElseThrow();
        int label = Arrays.stream(mentions).boxed().toList().indexOf(most);
        return new Property(Ball.linf(radius, low, high), new Examples(centre, new int[] {label}));
    }

    @ParameterizedTest
    @CsvSource({
        "mnist_fc, 784;1, unsat, agreed, 27",
        "mnist_fc, 784;1, sat, replayed, 12",
        "convnet_avgpool, 1;28;28, unsat, agreed, 10",
        "oval21_base_deep, 3;32;32, unsat, agreed, 8"
    })
    void attacksAgreeWithVerifiers(
            String set, String dims, String verdict, String confidence, int count)
            throws IOException, InterruptedException {
        Path folder = CorpusNets.folder().resolveSibling("vnn").resolve(set);
        List<Long> row = Arrays.stream(dims.split(";", -1)).map(Long::valueOf).toList();
        int width = row.stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
        List<String> lines =
                Files.readAllLines(folder.resolve("expected.csv")).stream()
                        .filter(line -> line.contains("," + verdict + "," + confidence + ","))
                        .limit(count)
                        .toList();
        assertThat(lines).hasSize(count);
        int broken = 0;
        for (String line : lines) {
            String[] fields = line.split(",", -1);
            OnnxModel model =
                    OnnxReader.read(
                            ByteBuffer.wrap(unzipped(folder.resolve(fields[0]))),
                            OnnxLimits.DEFAULT);
            Property property = property(folder.resolve(fields[1]), width);
            EvasionResult result =
                    Evasion.quick()
                            .run(
                                    EvasionTask.of(
                                            DeployedModel.of(model),
                                            row,
                                            property.centre(),
                                            property.ball(),
                                            1),
                                    EvasionListener.NONE);
            assertThat(result.cleanCorrect() == 1 || verdict.equals("sat")).isTrue();
            broken += 1 - result.robustCorrect();
        }
        assertThat(broken).isEqualTo(verdict.equals("sat") ? count : 0);
    }
}
