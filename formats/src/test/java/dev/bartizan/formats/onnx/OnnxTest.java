package dev.bartizan.formats.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bartizan.testkit.Corpora;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OnnxTest {
    private static final OnnxLimits LIMITS = OnnxLimits.DEFAULT;

    private static OnnxModel read(byte[] bytes) throws OnnxFormatException {
        return OnnxReader.read(ByteBuffer.wrap(bytes), LIMITS);
    }

    private static OnnxBytes text(String text) {
        return OnnxBytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A model in which every kind of part occurs.
    private static OnnxModel everything() {
        OnnxTensor tensor = OnnxTensor.floats("w", new long[] {2, 1}, 1.5f, -2);
        OnnxSparseTensor sparse =
                new OnnxSparseTensor(
                        OnnxTensor.floats("s", new long[] {1}, 3),
                        OnnxTensor.longs("i", new long[] {1}, 4),
                        List.of(9L));
        OnnxTensor texts =
                new OnnxTensor(
                        "t",
                        OnnxElementType.STRING,
                        List.of(2L),
                        new OnnxTensorData.Texts(List.of(text("a"), text(""))),
                        "doc");
        OnnxTensor external =
                new OnnxTensor(
                        "e",
                        OnnxElementType.FLOAT16,
                        List.of(3L),
                        new OnnxTensorData.External(Map.of("location", "w.bin")),
                        "");
        OnnxType map =
                new OnnxType.SequenceType(
                        new OnnxType.MapType(
                                OnnxElementType.INT64,
                                new OnnxType.TensorType(OnnxElementType.FLOAT, Optional.empty())));
        OnnxType optional =
                new OnnxType.OptionalType(
                        new OnnxType.SparseType(
                                OnnxElementType.DOUBLE,
                                Optional.of(
                                        List.of(
                                                new OnnxDimension.Fixed(-1),
                                                new OnnxDimension.Named("n"),
                                                new OnnxDimension.Unknown()))));
        OnnxGraph inner = OnnxGraph.of("inner", List.of(), List.of(tensor), List.of(), List.of());
        OnnxNode node =
                new OnnxNode(
                        "n",
                        "d",
                        "Op",
                        "o",
                        List.of("x", "", "w"),
                        List.of("y"),
                        List.of(
                                OnnxAttribute.of("f", Float.NaN),
                                OnnxAttribute.of("i", Long.MIN_VALUE),
                                OnnxAttribute.of("s", "text"),
                                OnnxAttribute.ofInts("is", 1, -1, 0),
                                new OnnxAttribute(
                                        "fs", new OnnxAttributeValue.Floats(List.of(0f, -0f))),
                                new OnnxAttribute(
                                        "ss", new OnnxAttributeValue.Texts(List.of(text("b")))),
                                new OnnxAttribute("t", new OnnxAttributeValue.TensorValue(tensor)),
                                new OnnxAttribute(
                                        "ts", new OnnxAttributeValue.Tensors(List.of(texts))),
                                new OnnxAttribute("g", new OnnxAttributeValue.GraphValue(inner)),
                                new OnnxAttribute(
                                        "gs", new OnnxAttributeValue.Graphs(List.of(inner))),
                                new OnnxAttribute("p", new OnnxAttributeValue.SparseValue(sparse)),
                                new OnnxAttribute(
                                        "ps", new OnnxAttributeValue.Sparses(List.of(sparse))),
                                new OnnxAttribute("y", new OnnxAttributeValue.TypeValue(map)),
                                new OnnxAttribute(
                                        "ys", new OnnxAttributeValue.Types(List.of(optional))),
                                new OnnxAttribute("r", new OnnxAttributeValue.Reference("q", 2))),
                        "doc");
        OnnxGraph graph =
                new OnnxGraph(
                        "graph",
                        List.of(node),
                        List.of(tensor, texts, external),
                        List.of(sparse),
                        List.of(new OnnxValueInfo("x", map, "doc")),
                        List.of(OnnxValueInfo.tensor("y", OnnxElementType.FLOAT, "n", "3")),
                        List.of(new OnnxValueInfo("z", new OnnxType.NoType(), "")),
                        "doc");
        OnnxFunction function =
                new OnnxFunction(
                        "d",
                        "Op",
                        "o",
                        List.of("a"),
                        List.of("b"),
                        List.of("c"),
                        List.of(OnnxAttribute.of("e", 1L)),
                        List.of(node),
                        List.of(new OnnxOpset("", 17)));
        return new OnnxModel(
                9,
                "p",
                "v",
                "com.example",
                3,
                "doc",
                graph,
                List.of(new OnnxOpset("", 17), new OnnxOpset("d", 1)),
                Map.of("k", ""),
                List.of(function));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        byte[] bytes = OnnxWriter.bytes(everything());
        OnnxModel again = read(bytes);
        assertThat(again).isEqualTo(everything());
        assertThat(OnnxWriter.bytes(again)).isEqualTo(bytes);
    }

    @Test
    void weightsAreViewsOfTheGivenBytes() throws IOException {
        byte[] bytes = OnnxWriter.bytes(everything());
        OnnxTensor tensor = read(bytes).graph().initializer("w").orElseThrow();
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\0\0\u00c0?");
        float before = tensor.toFloats()[0];
        for (int i = at; i >= 0 && i < bytes.length; i++) {
            bytes[i] = 0;
        }
        assertThat(before).isEqualTo(1.5f);
        assertThat(tensor.toFloats()[0]).isZero();
    }

    @Test
    void elementsInTypedFieldsComeOutAsBytes() throws IOException {
        // A graph with an initializer of dims [2], data type float, float_data 1 and 2, unpacked.
        byte[] tensor = {8, 2, 16, 1, 37, 0, 0, (byte) 128, 63, 37, 0, 0, 0, 64, 66, 1, 'w'};
        byte[] graph = message(5, tensor);
        OnnxModel model = read(message(7, graph));
        assertThat(model.graph().initializer("w").orElseThrow().toFloats()).containsExactly(1, 2);
    }

    private static byte[] message(int field, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((field << 3) | 2);
        out.write((content.length & 0x7f) | 0x80);
        out.write(content.length >> 7);
        out.writeBytes(content);
        return out.toByteArray();
    }

    @Test
    void tensorWithFewerElementsThanItsShapeIsRefused() {
        byte[] tensor = {8, 3, 16, 1, 74, 4, 0, 0, 0, 0};
        assertThatExceptionOfType(OnnxFormatException.class)
                .isThrownBy(() -> read(message(7, message(5, tensor))))
                .withMessageContaining("holds 4, its shape takes 12");
    }

    @Test
    void shapeThatOverflowsIsRefused() {
        byte[] huge = {
            8, -1, -1, -1, -1, -1, -1, -1, -1, 127, 8, -1, -1, -1, -1, -1, -1, -1, -1, 127, 16, 1
        };
        assertThatExceptionOfType(OnnxFormatException.class)
                .isThrownBy(() -> read(message(7, message(5, huge))))
                .withMessageContaining("too large");
    }

    @Test
    void twoGraphsAreRefused() throws IOException {
        byte[] one = OnnxWriter.bytes(everything());
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        assertThatExceptionOfType(OnnxFormatException.class)
                .isThrownBy(() -> read(two))
                .withMessageContaining("two graphs");
    }

    @Test
    void deepNestingIsALimitNotACrash() {
        byte[] graph = new byte[0];
        for (int i = 0; i < 100; i++) {
            graph = message(1, message(5, message(6, graph)));
        }
        byte[] model = message(7, graph);
        assertThatExceptionOfType(OnnxFormatException.class)
                .isThrownBy(() -> read(model))
                .matches(OnnxFormatException::isLimit);
    }

    @Test
    void morePartsThanTheLimitAreRefused() {
        byte[] nodes = new byte[3000];
        for (int i = 0; i < nodes.length; i += 2) {
            nodes[i] = 10;
        }
        byte[] model = message(7, nodes);
        assertThatExceptionOfType(OnnxFormatException.class)
                .isThrownBy(() ->
                        OnnxReader.read(ByteBuffer.wrap(model), new OnnxLimits(1 << 20, 1000, 64)))
                .matches(OnnxFormatException::isLimit);
    }

    @Test
    void largerFileThanTheLimitIsRefused() {
        assertThatExceptionOfType(OnnxFormatException.class)
                .isThrownBy(() ->
                        OnnxReader.read(ByteBuffer.allocate(11), new OnnxLimits(10, 1000, 64)))
                .matches(OnnxFormatException::isLimit);
    }

    @Test
    void textFilesAreNoModels() {
        byte[] pointer = "version https://git-lfs.example/spec/v1".getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(OnnxFormatException.class)
                .isThrownBy(() -> read(pointer))
                .matches(e -> !e.isLimit());
        assertThatExceptionOfType(OnnxFormatException.class).isThrownBy(() -> read(new byte[0]));
    }

    @Test
    void mutatedModelsGiveModelsOrTheDeclaredException() {
        byte[] sound = OnnxWriter.bytes(everything());
        Random random = new Random(17);
        int refused = 0;
        for (int round = 0; round < 30_000; round++) {
            byte[] bytes =
                    random.nextInt(4) == 0
                            ? Arrays.copyOf(sound, random.nextInt(sound.length))
                            : sound.clone();
            for (int i = random.nextInt(5); i >= 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                OnnxModel model = read(bytes);
                assertThat(read(OnnxWriter.bytes(model)).graph().nodes())
                        .hasSameSizeAs(model.graph().nodes());
            } catch (OnnxFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1000, 29_000);
    }

    @Test
    void modelsOfTheCorpusAreReadWholeAndWrittenAgain() throws IOException {
        try (Stream<Path> files = Files.list(Corpora.folder("models"))) {
            List<Path> models =
                    files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
            assertThat(models).isNotEmpty();
            for (Path file : models) {
                OnnxModel model = OnnxReader.read(file);
                assertThat(model.graph().nodes()).as(file.toString()).isNotEmpty();
                OnnxModel again = read(OnnxWriter.bytes(model));
                assertThat(again).as(file.toString()).isEqualTo(model);
            }
        }
    }
}
