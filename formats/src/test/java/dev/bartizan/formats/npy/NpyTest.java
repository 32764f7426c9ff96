package dev.bartizan.formats.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    /// What `numpy.save` wrote for `numpy.array([[1, 2], [3, 4]], dtype='<f4')`.
    private static final String SAVED_BY_NUMPY =
            "934e554d505901007600"
                    + HexFormat.of()
                            .formatHex(
                                    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
                                                    + " ".repeat(58)
                                                    + "\n")
                                            .getBytes(StandardCharsets.US_ASCII))
                    + "0000803f000000400000404000008040";

    private static byte[] file(int version, String header, byte[] data) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer out =
                ByteBuffer.allocate(12 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(NpyReader.magic()).put((byte) version).put((byte) 0);
        if (version == 1) {
            out.putShort((short) text.length);
        } else {
            out.putInt(text.length);
        }
        out.put(text).put(data).flip();
        byte[] bytes = new byte[out.remaining()];
        out.get(bytes);
        return bytes;
    }

    private static NpyArray read(byte[] bytes) throws NpyFormatException {
        return NpyReader.read(ByteBuffer.wrap(bytes));
    }

    private static byte[] upTo(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static List<Long> integers(NpyArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::integer).toList();
    }

    @Test
    void arrayIsWrittenAsNumpyWritesIt() {
        NpyArray array = NpyArray.of(List.of(2, 2), 1f, 2f, 3f, 4f);
        assertThat(HexFormat.of().formatHex(NpyWriter.bytes(array))).isEqualTo(SAVED_BY_NUMPY);
    }

    @Test
    void arraySavedByNumpyIsRead() throws IOException {
        NpyArray array = read(HexFormat.of().parseHex(SAVED_BY_NUMPY));
        assertThat(array.shape()).containsExactly(2, 2);
        assertThat(array.floats(1, 2)).containsExactly(3, 4);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            int rows = random.nextInt(5);
            int columns = 1 + random.nextInt(4);
            long[] values = random.longs((long) rows * columns).toArray();
            NpyArray again = read(NpyWriter.bytes(NpyArray.of(List.of(rows, columns), values)));
            assertThat(again.shape()).containsExactly(rows, columns);
            assertThat(integers(again).stream().mapToLong(Long::longValue))
                    .containsExactly(box(values));
        }
    }

    private static Long[] box(long[] values) {
        return Arrays.stream(values).boxed().toArray(Long[]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVersionIsRead(int version) throws IOException {
        byte[] bytes =
                file(version, "{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}", upTo(3));
        assertThat(integers(read(bytes))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void columnMajorArrayIsTurned() throws IOException {
        byte[] bytes = file(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}", upTo(6));
        assertThat(integers(read(bytes))).containsExactly(0L, 2L, 4L, 1L, 3L, 5L);
    }

    @Test
    void columnMajorCubeIsTurned() throws IOException {
        byte[] bytes =
                file(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 2)}", upTo(8));
        assertThat(integers(read(bytes))).containsExactly(0L, 4L, 2L, 6L, 1L, 5L, 3L, 7L);
    }

    @Test
    void bigEndianNumbersAreTurned() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(16).putDouble(0.5).putDouble(-3);
        byte[] bytes =
                file(1, "{'descr': '>f8', 'fortran_order': False, 'shape': (2,)}", data.array());
        NpyArray array = read(bytes);
        assertThat(array.number(0)).isEqualTo(0.5);
        assertThat(array.number(1)).isEqualTo(-3);
    }

    @Test
    void singleNumberHasNoDimensions() throws IOException {
        byte[] bytes = file(1, "{'descr': '<i4', 'fortran_order': False, 'shape': ()}", upTo(4));
        assertThat(read(bytes).shape()).isEmpty();
        assertThat(read(bytes).integer(0)).isEqualTo(0x03020100);
    }

    @Test
    void arrayOfObjectsIsRefusedAsAPickle() {
        byte[] bytes = file(1, "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", upTo(8));
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> read(bytes))
                .withMessageContaining("pickle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4,)}",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} or 1",
                "__import__('os')",
                ""
            })
    void brokenHeadersAreRefused(String header) {
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> read(file(1, header, new byte[8])));
    }

    @Test
    void mutatedFilesGiveArraysOrTheDeclaredException() {
        byte[] sound = NpyWriter.bytes(NpyArray.of(List.of(4, 3), new float[12]));
        Random random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                NpyArray array = read(bytes);
                assertThat(array.size() * array.type().bytes()).isLessThan(sound.length);
            } catch (NpyFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 19_999);
    }
}
