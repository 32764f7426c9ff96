package dev.bartizan.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBlocksTest {
    private static final int BLOCK_BYTES = 1 << 15;

    /// More than is read both ways by turns.
    private static final int LARGE = (40 << 20) + 1;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK_BYTES, BLOCK_BYTES + 1, 1 << 20, (2 << 20) + 1, LARGE})
    void theBlocksAreTheFile(int size) throws IOException {
        byte[] bytes = noise(size);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK_BYTES];
        try (FileBlocks blocks = FileBlocks.open(file(bytes), BLOCK_BYTES)) {
            for (int n = blocks.next(block); n > 0; n = blocks.next(block)) {
                all.write(block, 0, n);
            }
        }
        assertThat(all.toByteArray()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 3 << 20, LARGE})
    void aFileThatBecomesShorterIsAnErrorAndNotAShortFile(int size) throws IOException {
        Path path = file(noise(size));
        byte[] block = new byte[BLOCK_BYTES];
        try (FileBlocks blocks = FileBlocks.open(path, BLOCK_BYTES)) {
            blocks.next(block);
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(BLOCK_BYTES + 100);
            }
            assertThatThrownBy(
                            () -> {
                                while (blocks.next(block) > 0) {}
                            })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("shorter");
        }
    }

    @Test
    void whatIsAddedMeanwhileIsNotRead() throws IOException {
        Path path = file(noise(10));
        byte[] block = new byte[BLOCK_BYTES];
        try (FileBlocks blocks = FileBlocks.open(path, BLOCK_BYTES)) {
            Files.write(path, new byte[10], StandardOpenOption.APPEND);
            assertThat(blocks.next(block)).isEqualTo(10);
            assertThat(blocks.next(block)).isZero();
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file"), bytes);
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }
}
