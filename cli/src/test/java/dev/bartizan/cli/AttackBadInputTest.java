package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpzWriter;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `bartizan attack` says when model, examples or labels cannot be used: exit 2, what, where,
/// how to mend it, and nothing half-written.
class AttackBadInputTest {
    private static final int WIDTH = 4;

    @TempDir private Path folder = Path.of("");
    private Path x = Path.of("");
    private Path y = Path.of("");
    private Path net = Path.of("");

    @BeforeEach
    void write() throws IOException {
        x = npz("x.npz", "x", NpyArray.of(List.of(3, WIDTH), new float[3 * WIDTH]));
        y = npz("y.npz", "y", NpyArray.of(List.of(3), 0L, 1L, 0L));
        net = model("net.onnx", weights(1f), "n", "4");
    }

    private Path npz(String name, String array, NpyArray numbers) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            NpzWriter.write(Map.of(array, numbers), out);
        }
        return file;
    }

    private static OnnxTensor weights(float first) {
        return OnnxTensor.floats("w", new long[] {WIDTH, 2}, first, -1, 1, 0, 2, 1, -1, 3);
    }

    private Path model(String name, OnnxTensor weights, String... dims) throws IOException {
        return written(
                name,
                OnnxGraph.of(
                        "g",
                        List.of(OnnxNode.of("MatMul", List.of("x", "w"), List.of("z"))),
                        List.of(weights),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, dims)),
                        List.of(OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "n", "2"))));
    }

    private Path written(String name, OnnxGraph graph) throws IOException {
        return Files.write(
                folder.resolve(name), OnnxWriter.bytes(OnnxModel.of(8, 17, "test", graph)));
    }

    private Ended attack(Path model, Path inputs, String... more) {
        List<Object> words =
                new ArrayList<>(
                        List.of(
                                "attack",
                                model,
                                "--inputs",
                                inputs,
                                "--save",
                                folder.resolve("out.npz"),
                                "--html",
                                folder.resolve("out.html")));
        words.addAll(List.of(more));
        if (!words.contains("--eps")) {
            words.addAll(List.of("--eps", "0.1"));
        }
        return Shell.run(words.toArray());
    }

    private void mistake(Ended ended, String... words) throws IOException {
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains(words)
                .contains("where:", "mend:")
                .doesNotContain("Exception")
                .doesNotContain("bug of ours");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("out.") || name.startsWith(".bartizan"));
        }
    }

    @Test
    void whatFitsIsAttacked() {
        Ended ended = attack(net, x, "--labels", y.toString());
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(folder.resolve("out.npz")).exists();
        assertThat(folder.resolve("out.html")).exists();
    }

    @Test
    void examplesOfAnotherShapeAreRefusedWithBothShapes() throws IOException {
        Path five = npz("five.npz", "x", NpyArray.of(List.of(3, 5), new float[15]));
        mistake(attack(net, five), "[5]", "[4]");
        Path scalar = npz("scalar.npz", "x", NpyArray.of(List.of(), 1f));
        mistake(attack(net, scalar), "shape");
    }

    @Test
    void noExamplesAreNoAttack() throws IOException {
        Path none = npz("none.npz", "x", NpyArray.of(List.of(0, WIDTH), new float[0]));
        mistake(attack(net, none), "no examples");
        mistake(attack(net, x, "--count", "0"), "--count 0");
        mistake(attack(net, Files.createDirectories(folder.resolve("empty"))), "empty");
    }

    @Test
    void numbersThatAreNoneAreRefused() throws IOException {
        float[] values = new float[WIDTH];
        values[2] = Float.NaN;
        Path nan = npz("nan.npz", "x", NpyArray.of(List.of(1, WIDTH), values));
        mistake(attack(net, nan), "NaN");
        values[2] = Float.POSITIVE_INFINITY;
        Path infinite = npz("inf.npz", "x", NpyArray.of(List.of(1, WIDTH), values));
        mistake(attack(net, infinite), "Infinity");
        values[2] = 200;
        Path large = npz("large.npz", "x", NpyArray.of(List.of(1, WIDTH), values));
        mistake(attack(net, large), "200", "--scale");
    }

    @Test
    void labelsThatAreNoClassesAreRefused() throws IOException {
        Path high = npz("high.npz", "y", NpyArray.of(List.of(3), 0L, 2L, 0L));
        mistake(attack(net, x, "--labels", high.toString()), "Label 1", "2 classes");
        Path low = npz("low.npz", "y", NpyArray.of(List.of(3), 0L, -1L, 0L));
        mistake(attack(net, x, "--labels", low.toString()), "Label 1");
        Path half = npz("half.npz", "y", NpyArray.of(List.of(3), 0f, 0.5f, 0f));
        mistake(attack(net, x, "--labels", half.toString()), "Label 1", "0.5");
        Path few = npz("few.npz", "y", NpyArray.of(List.of(2), 0L, 1L));
        mistake(attack(net, x, "--labels", few.toString()), "2", "3 examples");
    }

    @Test
    void weightsThatAreNoNumbersAreNamed() throws IOException {
        Path nan = model("nan.onnx", weights(Float.NaN), "n", "4");
        mistake(attack(nan, x, "--labels", y.toString()), "NaN", "Weight 0", "\"w\"");
        mistake(attack(nan, x, "--labels", y.toString(), "--tier", "blackbox"), "NaN", "\"w\"");
    }

    @Test
    void dynamicSizesTakeThoseOfTheExamples() throws IOException {
        for (String rows : List.of("n", "1")) {
            Path open = model("open.onnx", weights(1), rows, "d");
            Ended ended = attack(open, x, "--labels", y.toString());
            assertThat(ended.code()).as(ended.err()).isZero();
        }
    }

    @Test
    void whatIsNoClassifierIsSaidSo() throws IOException {
        Path two =
                written(
                        "two.onnx",
                        OnnxGraph.of(
                                "g",
                                List.of(OnnxNode.of("Add", List.of("x", "v"), List.of("z"))),
                                List.of(),
                                List.of(
                                        OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "4"),
                                        OnnxValueInfo.tensor("v", OnnxElementType.FLOAT, "n", "4")),
                                List.of(
                                        OnnxValueInfo.tensor(
                                                "z", OnnxElementType.FLOAT, "n", "4"))));
        mistake(attack(two, x), "2 inputs");
        Path picture =
                written(
                        "picture.onnx",
                        OnnxGraph.of(
                                "g",
                                List.of(OnnxNode.of("Relu", List.of("x"), List.of("z"))),
                                List.of(),
                                List.of(
                                        OnnxValueInfo.tensor(
                                                "x", OnnxElementType.FLOAT, "n", "2", "2", "3")),
                                List.of(
                                        OnnxValueInfo.tensor(
                                                "z", OnnxElementType.FLOAT, "n", "2", "2", "3"))));
        Path pictures = npz("pictures.npz", "x", NpyArray.of(List.of(2, 2, 2, 3), new float[24]));
        mistake(attack(picture, pictures), "picture.onnx", "score");
        mistake(attack(picture, pictures, "--tier", "blackbox"), "picture.onnx");
    }

    @ParameterizedTest
    @CsvSource({"../secret.bin, out", "/etc/hostname, out", "missing.bin, missing.bin"})
    void weightsElsewhereAreRefusedUnread(String location, String word) throws IOException {
        Files.write(folder.resolve("secret.bin"), new byte[64]);
        Path inner = Files.createDirectories(folder.resolve("inner"));
        OnnxTensor outside = external(location, "0", "32");
        Path model = model("inner/outside.onnx", outside, "n", "4");
        assertThat(model).hasParent(inner);
        mistake(attack(model, x, "--labels", y.toString()), word, "outside.onnx");
    }

    private static OnnxTensor external(String location, String offset, String length) {
        return new OnnxTensor(
                "w",
                OnnxElementType.FLOAT,
                List.of((long) WIDTH, 2L),
                new OnnxTensorData.External(
                        Map.of("location", location, "offset", offset, "length", length)),
                "");
    }

    @Test
    void moreWeightsThanAreTakenAreRefusedUnread() throws IOException {
        try (RandomAccessFile big =
                new RandomAccessFile(folder.resolve("big.bin").toFile(), "rw")) {
            big.setLength(3L << 30);
        }
        OnnxTensor tensor =
                new OnnxTensor(
                        "w",
                        OnnxElementType.FLOAT,
                        List.of(1L << 14, 40_000L),
                        new OnnxTensorData.External(
                                Map.of(
                                        "location",
                                        "big.bin",
                                        "offset",
                                        "0",
                                        "length",
                                        Long.toString((1L << 14) * 40_000L * 4))),
                        "");
        Path model = model("big.onnx", tensor, "n", "4");
        mistake(attack(model, x, "--labels", y.toString()), "big");
    }

    @ParameterizedTest
    @CsvSource({
        "--norm, l7, l7", "--eps, 0, 0", "--eps, -0.1, -0.1", "--eps, 1.5, larger",
        "--tier, slow, slow", "--device, tpu, tpu", "--target, 2, 2", "--box, '1,0', box",
        "--scale, 0, --scale", "--std, 0, --std"
    })
    void optionsThatMakeNoSenseAreNamed(String option, String value, String word)
            throws IOException {
        mistake(attack(net, x, option, value), option.equals("--device") ? "device" : word);
    }

    @Test
    void bytesThatAreNoModelAreRefused() throws IOException {
        Path broken = Files.write(folder.resolve("broken.onnx"), new byte[] {8, 1, 99, 99, 7});
        mistake(attack(broken, x), "broken.onnx");
        mistake(attack(folder.resolve("nothing.onnx"), x), "nothing.onnx");
        Path cut = folder.resolve("cut.onnx");
        byte[] whole = Files.readAllBytes(net);
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        mistake(attack(cut, x), "cut.onnx");
    }
}
