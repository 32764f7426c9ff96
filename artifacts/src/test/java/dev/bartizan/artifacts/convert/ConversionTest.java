package dev.bartizan.artifacts.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.safetensors.SafetensorsHeader;
import dev.bartizan.formats.safetensors.SafetensorsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "BoolStorage,BOOL,1", "ByteStorage,U8,1", "CharStorage,I8,1", "ShortStorage,I16,2",
        "IntStorage,I32,4", "LongStorage,I64,8", "HalfStorage,F16,2", "BFloat16Storage,BF16,2",
        "FloatStorage,F32,4", "DoubleStorage,F64,8", "ComplexFloatStorage,C64,8"
    })
    void everyElementTypeSurvivesBitForBit(String storage, String type, int bytes)
            throws Exception {
        byte[] data = random(12 * bytes, bytes);
        byte[] file =
                new TorchFiles()
                        .tensor("w", storage, "0", 12, 0, new long[] {3, 4}, new long[] {4, 1})
                        .storage("0", data)
                        .zip();
        Map<String, byte[]> tensors = convert(file);
        assertThat(tensors).containsOnlyKeys("w:" + type + "[3, 4]");
        assertThat(tensors.values().iterator().next()).isEqualTo(data);
    }

    @Test
    void bigEndianStoragesAreSwappedByElement() throws Exception {
        TorchFiles files =
                new TorchFiles()
                        .tensor("w", "IntStorage", "0", 2, 0, new long[] {2}, new long[] {1})
                        .tensor(
                                "c",
                                "ComplexFloatStorage",
                                "1",
                                1,
                                0,
                                new long[] {1},
                                new long[] {1})
                        .storage("0", new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
                        .storage("1", new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        files.byteOrder = "big";
        Map<String, byte[]> tensors = convert(files.zip());
        assertThat(tensors.get("w:I32[2]")).containsExactly(4, 3, 2, 1, 8, 7, 6, 5);
        assertThat(tensors.get("c:C64[1]")).containsExactly(4, 3, 2, 1, 8, 7, 6, 5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void viewsWithAnyStridesAreGathered(long seed) throws Exception {
        Random random = new Random(seed);
        long[] shape = {1 + random.nextInt(5), 1 + random.nextInt(5), 1 + random.nextInt(5)};
        long[] strides = {random.nextInt(30), random.nextInt(30), random.nextInt(3)};
        long offset = random.nextInt(20);
        int numel = 400;
        byte[] data = random(numel * 2, seed);
        byte[] file =
                new TorchFiles()
                        .tensor("v", "HalfStorage", "7", numel, offset, shape, strides)
                        .storage("7", data)
                        .zip();
        byte[] expected = new byte[(int) (shape[0] * shape[1] * shape[2] * 2)];
        int at = 0;
        for (long i = 0; i < shape[0]; i++) {
            for (long j = 0; j < shape[1]; j++) {
                for (long k = 0; k < shape[2]; k++) {
                    int from =
                            (int) (offset + i * strides[0] + j * strides[1] + k * strides[2]) * 2;
                    expected[at++] = data[from];
                    expected[at++] = data[from + 1];
                }
            }
        }
        assertThat(convert(file).values()).containsExactly(expected);
    }

    @Test
    void sharedStoragesAreWrittenApartAndSaid() throws Exception {
        byte[] data = random(16, 3);
        Path input =
                Files.write(
                        folder.resolve("m.pt"),
                        new TorchFiles()
                                .tensor(
                                        "a",
                                        "FloatStorage",
                                        "0",
                                        4,
                                        0,
                                        new long[] {4},
                                        new long[] {1})
                                .tensor(
                                        "b",
                                        "FloatStorage",
                                        "0",
                                        4,
                                        2,
                                        new long[] {2},
                                        new long[] {1})
                                .storage("0", data)
                                .zip());
        Path output = folder.resolve("m.safetensors");
        Conversion.Written written = all().convert(input, output);
        assertThat(written.notes()).singleElement().asString().contains("a, b");
        assertThat(written.sha256()).isEqualTo(Digest.ofFile(output));
        Map<String, byte[]> tensors = read(output);
        assertThat(tensors.get("a:F32[4]")).isEqualTo(data);
        assertThat(tensors.get("b:F32[2]")).isEqualTo(Arrays.copyOfRange(data, 8, 16));
    }

    @Test
    void theStreamBeforeVersion16IsRead() throws Exception {
        byte[] first = random(24, 1);
        byte[] second = random(8, 2);
        byte[] file =
                new TorchFiles()
                        .tensor(
                                "x",
                                "FloatStorage",
                                "17",
                                6,
                                0,
                                new long[] {2, 3},
                                new long[] {1, 2})
                        .tensor("y", "FloatStorage", "18", 2, 0, new long[] {2}, new long[] {1})
                        .storage("17", first)
                        .storage("18", second)
                        .legacy(4);
        Map<String, byte[]> tensors = convert(file);
        assertThat(tensors.get("y:F32[2]")).isEqualTo(second);
        byte[] turned = tensors.get("x:F32[2, 3]");
        assertThat(Arrays.copyOfRange(turned, 4, 8)).isEqualTo(Arrays.copyOfRange(first, 8, 12));
    }

    @Test
    void nestedNamesAreJoinedAndAPartCanBeSelected() throws Exception {
        String tensor =
                TorchFiles.tensor("FloatStorage", "0", 1, 0, new long[] {1}, new long[] {1});
        byte[] file =
                new TorchFiles()
                        .other("epoch", "K\u0005")
                        .other(
                                "state_dict",
                                "}("
                                        + TorchFiles.text("layer")
                                        + "}("
                                        + TorchFiles.text("w")
                                        + tensor
                                        + "uu")
                        .storage("0", random(4, 1))
                        .zip();
        assertThatThrownBy(() -> convert(file))
                .isInstanceOfSatisfying(
                        UserError.class,
                        e -> {
                            assertThat(e.what()).contains("would be lost", "epoch is 5");
                            assertThat(e.mend()).contains("--select");
                        });
        Path input = Files.write(folder.resolve("c.pt"), file);
        Path output = folder.resolve("c.safetensors");
        new Conversion(
                        Conversion.Target.SAFETENSORS,
                        Optional.of("state_dict"),
                        Conversion.Rest.REFUSE)
                .convert(input, output);
        assertThat(read(output)).containsOnlyKeys("layer.w:F32[1]");
    }

    @Test
    void whatWouldRunIsRefusedAndNothingIsWritten() throws Exception {
        byte[] file = TorchFiles.latin("\u0080\u0002cos\nsystem\nX\u0004\0\0\0true\u0085R.");
        Path input = Files.write(folder.resolve("bad.pkl"), file);
        assertThatThrownBy(() -> all().convert(input, folder.resolve("bad.safetensors")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.what()).contains("os.system"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(input);
        }
    }

    @Test
    void buffersOutOfBandAreRefusedByName() throws Exception {
        byte[] file = TorchFiles.latin("\u0080\u0005}\u008c\u0001w\u0097s.");
        Path input = Files.write(folder.resolve("oob.pkl"), file);
        assertThatThrownBy(() -> all().convert(input, folder.resolve("oob.safetensors")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.what()).contains("out of band"));
    }

    /// What NumPy 2 writes with `pickle.dumps({"a": …, "b": …}, 5, buffer_callback=…)`.
    private static byte[] arraysWithoutTheirBytes() {
        String array =
                "\u008c\u0013numpy._core.numeric\u008c\u000b_frombuffer\u0093(\u0097%s"
                        + "\u008c\u0005numpy\u008c\u0005dtype\u0093\u008c\u0002f4\u0089\u0088\u0087R"
                        + "(K\u0003\u008c\u0001<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb"
                        + "K\u0002\u0085\u008c\u0001CtR";
        return TorchFiles.latin(
                "\u0080\u0005}(\u008c\u0001a"
                        + array.formatted("")
                        + "\u008c\u0001b"
                        + array.formatted("\u0098")
                        + "u.");
    }

    @Test
    void buffersOutOfBandAreTakenInTheirOrder() throws Exception {
        Path input = Files.write(folder.resolve("oob.pkl"), arraysWithoutTheirBytes());
        byte[] first = random(8, 1);
        byte[] second = random(8, 2);
        Path one = Files.write(folder.resolve("oob.0"), first);
        Path two = Files.write(folder.resolve("oob.1"), second);
        Path output = folder.resolve("oob.safetensors");

        all().convert(input, List.of(one, two), output);

        assertThat(read(output).get("a:F32[2]")).isEqualTo(first);
        assertThat(read(output).get("b:F32[2]")).isEqualTo(second);
        assertThatThrownBy(() -> all().convert(input, List.of(one), output))
                .hasMessageContaining("more than the 1 buffers");
        assertThatThrownBy(() -> all().convert(input, List.of(one, two, one), output))
                .hasMessageContaining("takes 2");
    }

    @Test
    void aViewOutsideItsStorageIsRefused() {
        byte[] file =
                new TorchFiles()
                        .tensor("w", "FloatStorage", "0", 4, 2, new long[] {3}, new long[] {1})
                        .storage("0", new byte[16])
                        .zip();
        assertThatThrownBy(() -> convert(file)).isInstanceOf(UserError.class);
    }

    @Test
    void aTensorThatRepeatsOneNumberForeverIsRefused() {
        byte[] file =
                new TorchFiles()
                        .tensor(
                                "w",
                                "FloatStorage",
                                "0",
                                1,
                                0,
                                new long[] {100_000, 100_000},
                                new long[] {0, 0})
                        .storage("0", new byte[4])
                        .zip();
        assertThatThrownBy(() -> convert(file))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.what()).contains("grow"));
    }

    @Test
    void arraysInPicklesKeepTheirOrderAndObjectsAreRefused() throws Exception {
        String array =
                "cnumpy._core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\u0000\u0085C\u0001b\u0087R(K\u0001K\u0002K\u0002\u0086"
                        + "cnumpy\ndtype\n"
                        + TorchFiles.text("f4")
                        + "\u0089\u0088\u0087R(K\u0003"
                        + TorchFiles.text("<")
                        + "NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb\u0088C\u0010"
                        + "aaaabbbbccccddddtb";
        Map<String, byte[]> tensors = convert(TorchFiles.latin("\u0080\u0003" + array + "."));
        assertThat(tensors.get("tensor:F32[2, 2]")).isEqualTo(TorchFiles.latin("aaaaccccbbbbdddd"));
        String objects = array.replace("f4", "O8");
        assertThatThrownBy(() -> convert(TorchFiles.latin("\u0080\u0003" + objects + ".")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.what()).contains("objects"));
    }

    @Test
    void whatTheTargetDoesNotHaveIsRefused() throws Exception {
        byte[] file =
                new TorchFiles()
                        .tensor("w", "BFloat16Storage", "0", 2, 0, new long[] {2}, new long[] {1})
                        .storage("0", new byte[4])
                        .zip();
        Path input = Files.write(folder.resolve("b.pt"), file);
        assertThatThrownBy(() ->
                        new Conversion(
                                        Conversion.Target.NPZ,
                                        Optional.empty(),
                                        Conversion.Rest.REFUSE)
                                .convert(input, folder.resolve("b.npz")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.what()).contains("bfloat16"));
    }

    @Test
    void npzAndBackGivesTheSameBytes() throws Exception {
        byte[] data = random(48, 9);
        Path input =
                Files.write(
                        folder.resolve("m.pt"),
                        new TorchFiles()
                                .tensor(
                                        "a.b",
                                        "DoubleStorage",
                                        "0",
                                        6,
                                        0,
                                        new long[] {2, 3},
                                        new long[] {3, 1})
                                .storage("0", data)
                                .zip());
        Path npz = folder.resolve("m.npz");
        new Conversion(Conversion.Target.NPZ, Optional.empty(), Conversion.Rest.REFUSE)
                .convert(input, npz);
        Path back = folder.resolve("back.safetensors");
        all().convert(npz, back);
        assertThat(read(back).get("a.b:F64[2, 3]")).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void changedFilesAreConvertedOrRefused(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] original =
                new TorchFiles()
                        .tensor(
                                "a",
                                "FloatStorage",
                                "0",
                                4,
                                0,
                                new long[] {2, 2},
                                new long[] {2, 1})
                        .storage("0", random(16, 3))
                        .legacy(4);
        for (int i = 0; i < 300; i++) {
            byte[] changed = original.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Path input = Files.write(folder.resolve("changed"), changed);
            try {
                all().convert(input, folder.resolve("out"));
            } catch (UserError e) {
                assertThat(e.what()).startsWith("Not converted: ");
            }
        }
    }

    private static Conversion all() {
        return new Conversion(
                Conversion.Target.SAFETENSORS, Optional.empty(), Conversion.Rest.REFUSE);
    }

    private Map<String, byte[]> convert(byte[] file) throws IOException, FormatException {
        Path input = Files.write(folder.resolve("input"), file);
        Path output = folder.resolve("output.safetensors");
        all().convert(input, output);
        return read(output);
    }

    /// Tensors by `name:TYPE[shape]`.
    private static Map<String, byte[]> read(Path file) throws IOException, FormatException {
        Map<String, byte[]> tensors = new LinkedHashMap<>();
        try (ByteSource bytes = ByteSource.open(file)) {
            SafetensorsHeader header = SafetensorsReader.read(bytes);
            assertThat(header.problems()).isEqualTo(List.of());
            for (SafetensorsHeader.Tensor tensor : header.tensors()) {
                tensors.put(
                        tensor.name() + ":" + tensor.dtype() + tensor.shape(),
                        bytes.bytes(
                                header.dataStart() + tensor.begin(),
                                (int) (tensor.end() - tensor.begin())));
            }
        }
        return tensors;
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
