package dev.bartizan.robustness.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyWriter;
import dev.bartizan.formats.npy.NpzWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleFileTest {
    @TempDir private Path folder = Path.of("");

    private Path written(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] idx() {
        ByteBuffer bytes = ByteBuffer.allocate(16 + 3 * 4);
        bytes.put(new byte[] {0, 0, 8, 3}).putInt(3).putInt(2).putInt(2);
        for (int i = 0; i < 12; i++) {
            bytes.put((byte) (i * 20));
        }
        return bytes.array();
    }

    private static byte[] cifar(int labels, int rows) {
        byte[] bytes = new byte[rows * (labels + 3072)];
        for (int row = 0; row < rows; row++) {
            bytes[row * (labels + 3072)] = 3;
            bytes[row * (labels + 3072) + labels - 1] = (byte) (labels == 1 ? 7 : 42);
            bytes[row * (labels + 3072) + labels] = (byte) 200;
        }
        return bytes;
    }

    @Test
    void idxIsReadPackedOrNotUpToTheRowsWanted() throws IOException {
        for (byte[] bytes : List.of(idx(), packed(idx()))) {
            NpyArray inputs = ExampleFile.examples(written("images", bytes), 2).inputs();
            assertThat(inputs.shape()).containsExactly(2, 2, 2);
            assertThat(inputs.number(7)).isEqualTo(140);
        }
    }

    @Test
    void cifarBringsItsLabels() throws IOException {
        LabelledArray ten = ExampleFile.examples(written("ten.bin", cifar(1, 3)), 100);
        assertThat(ten.inputs().shape()).containsExactly(3, 3, 32, 32);
        assertThat(ten.inputs().number(0)).isEqualTo(200);
        assertThat(ten.labels().orElseThrow().integer(2)).isEqualTo(7);
        LabelledArray hundred = ExampleFile.examples(written("100.bin", packed(cifar(2, 2))), 1);
        assertThat(hundred.labels().orElseThrow().integer(0)).isEqualTo(42);
    }

    @Test
    void npzHoldsBoth() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpzWriter.write(
                Map.of(
                        "x", NpyArray.of(List.of(2, 2), 1f, 2f, 3f, 4f),
                        "y", NpyArray.of(List.of(2), 0L, 1L)),
                out);
        LabelledArray both = ExampleFile.examples(written("both.npz", out.toByteArray()), 9);
        assertThat(both.inputs().number(3)).isEqualTo(4);
        assertThat(both.labels().orElseThrow().integer(1)).isEqualTo(1);
    }

    @Test
    void packedNpyIsRead() throws IOException {
        byte[] npy = NpyWriter.bytes(NpyArray.of(List.of(1, 2), 5f, 6f));
        assertThat(ExampleFile.examples(written("x.npy.gz", packed(npy)), 9).inputs().number(1))
                .isEqualTo(6);
    }

    @Test
    void foldersAreClassesInTheirOrder() throws IOException {
        for (String name : List.of("cat", "dog")) {
            Files.createDirectory(folder.resolve(name));
            BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
            image.setRGB(1, 0, 0x102030);
            ImageIO.write(image, "png", folder.resolve(name).resolve("1.png").toFile());
        }
        LabelledArray images = ExampleFile.examples(folder, 9);
        assertThat(images.inputs().shape()).containsExactly(2, 3, 1, 2);
        assertThat(images.inputs().number(1)).isEqualTo(0x10);
        assertThat(images.inputs().number(5)).isEqualTo(0x30);
        assertThat(images.labels().orElseThrow().integer(1)).isEqualTo(1);
    }

    @Test
    void brokenFilesAreMistakesOfTheUser() throws IOException {
        byte[] cut = java.util.Arrays.copyOf(idx(), 20);
        byte[] half = java.util.Arrays.copyOf(packed(idx()), 12);
        for (byte[] bytes : List.of(cut, half, new byte[] {1, 2, 3}, new byte[0])) {
            Path file = written("broken", bytes);
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> ExampleFile.examples(file, 3));
        }
    }

    @Test
    void labelsThatAreNoClassesAreNamed() {
        assertThat(Labels.of(NpyArray.of(List.of(2, 3), 0f, 1f, 0f, 1f, 0f, 0f), 2, 3, "y"))
                .containsExactly(1, 0);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Labels.of(NpyArray.of(List.of(2), 1L, 10L), 2, 10, "y"))
                .withMessageContaining("Label 1");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Labels.of(NpyArray.of(List.of(2), 1f, 0.5f), 2, 10, "y"));
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Labels.of(NpyArray.of(List.of(1), 1L), 2, 10, "y"));
    }
}
