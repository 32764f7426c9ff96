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
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private static final double ENOUGH = 0.95;

    /// The tier by which every instance is attacked; empty for some of them by the quick tier.
    private static final Optional<Tier> WHOLE =
            Tier.of(System.getenv().getOrDefault("BARTIZAN_PROPERTIES", ""));

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

    /// An instance of a set that verifiers settled.
    private record Instance(Path model, Path property, String verdict) {
        boolean isBroken(List<Long> row, Evasion evasion) throws IOException, InterruptedException {
            int width = row.stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
            OnnxModel net = OnnxReader.read(ByteBuffer.wrap(unzipped(model)), OnnxLimits.DEFAULT);
            Property wanted = ProvedInstancesTest.property(property, width);
            EvasionResult result =
                    evasion.run(
                            EvasionTask.of(
                                    DeployedModel.of(net), row, wanted.centre(), wanted.ball(), 1),
                            EvasionListener.NONE);
            assertThat(result.cleanCorrect() == 1 || verdict.equals("sat"))
                    .as("right in the middle of %s", property)
                    .isTrue();
            return result.robustCorrect() == 0;
        }
    }

    private static List<Instance> instances(String set, String verdict, String confidence)
            throws IOException {
        Path folder = CorpusNets.folder().resolveSibling("vnn").resolve(set);
        return Files.readAllLines(folder.resolve("expected.csv")).stream()
                .map(line -> line.split(",", -1))
                .filter(fields -> fields[3].equals(verdict) && fields[4].equals(confidence))
                .map(fields ->
                        new Instance(
                                folder.resolve(fields[0]), folder.resolve(fields[1]), fields[3]))
                .toList();
    }

    private static List<Long> row(String dims) {
        return Arrays.stream(dims.split(";", -1)).map(Long::valueOf).toList();
    }

    /// Some instances of each set by the quick tier; with a tier in `BARTIZAN_PROPERTIES`, which
    /// `scripts/measure-properties` sets, all of them.
    @ParameterizedTest
    @CsvSource({
        "mnist_fc, 784;1, 27, 12",
        "convnet_avgpool, 1;28;28, 10, 0",
        "cifar10_resnet2b, 3;32;32, 2, 0",
        "eran_relu, 1;28;28, 2, 0",
        "oval21_base_deep, 3;32;32, 8, 0"
    })
    void attacksAgreeWithVerifiers(String set, String dims, int proved, int refuted)
            throws IOException, InterruptedException {
        List<Instance> withoutWay = some(instances(set, "unsat", "agreed"), proved);
        List<Instance> withWay = some(instances(set, "sat", "replayed"), refuted);
        int wrong = broken(withoutWay, row(dims));
        int found = broken(withWay, row(dims));
        if (WHOLE.isPresent()) {
            Files.writeString(
                    Path.of("target", "properties.md"),
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %d | %d | %d |%n",
                            set,
                            withoutWay.size(),
                            wrong,
                            withWay.size(),
                            found),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        assertThat(wrong).as("proved, and yet broken").isZero();
        assertThat(found).isGreaterThanOrEqualTo((int) Math.ceil(ENOUGH * withWay.size()));
    }

    private static List<Instance> some(List<Instance> all, int count) {
        assertThat(all).hasSizeGreaterThanOrEqualTo(count);
        return WHOLE.isPresent() ? all : all.subList(0, count);
    }

    private static int broken(List<Instance> instances, List<Long> row)
            throws IOException, InterruptedException {
        Evasion evasion = Evasion.of(WHOLE.orElse(Tier.QUICK), false);
        int broken = 0;
        for (Instance instance : instances) {
            broken += instance.isBroken(row, evasion) ? 1 : 0;
        }
        return broken;
    }
}
