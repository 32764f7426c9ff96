package dev.bartizan.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
    private static final int FROM_THEN_ON_MAPPED = 64 << 20;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 1 << 20, (1 << 20) + 1, 3_000_001})
    void anyPartOfAFileIsReadAsItIs(int size) throws IOException {
        byte[] bytes = noise(size);
        try (ByteSource source = ByteSource.open(file(bytes))) {
            assertThat(source.size()).isEqualTo(size);
            assertSame(source, bytes, new SplittableRandom(size));
        }
    }

    @Test
    void aLargeFileIsReadAsItIsAfterItWasMapped() throws Exception {
        byte[] bytes = noise(3_000_001);
        try (ByteSource source = ByteSource.open(file(bytes));
                ExecutorService two = Executors.newFixedThreadPool(2)) {
            Callable<Void> reader =
                    () -> {
                        byte[] all = new byte[bytes.length];
                        for (long read = 0; read < FROM_THEN_ON_MAPPED; read += all.length) {
                            Arrays.fill(all, (byte) 0);
                            assertThat(source.read(0, all, 0, all.length)).isEqualTo(all.length);
                            assertThat(all).isEqualTo(bytes);
                        }
                        return null;
                    };
            for (var done : two.invokeAll(IntStream.range(0, 2).mapToObj(_ -> reader).toList())) {
                done.get();
            }
            assertSame(source, bytes, new SplittableRandom(1));
        }
    }

    @Test
    void aFileThatBecomesShorterIsAnErrorAndNotAShortFile() throws IOException {
        Path path = file(noise(3_000_000));
        try (ByteSource source = ByteSource.open(path)) {
            try (RandomAccessFile cut = new RandomAccessFile(path.toFile(), "rw")) {
                cut.setLength(2_000_000);
            }
            assertThatThrownBy(() -> source.bytes(1_999_990, 20))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("became shorter");
        }
    }

    private static void assertSame(ByteSource source, byte[] bytes, SplittableRandom random)
            throws IOException {
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(bytes.length + 10);
            int length = random.nextInt(20_000);
            int there = Math.clamp(bytes.length - from, 0, length);
            byte[] into = new byte[length + 3];
            assertThat(Math.max(0, source.read(from, into, 3, length))).isEqualTo(there);
            assertThat(Arrays.copyOfRange(into, 3, 3 + there))
                    .isEqualTo(
                            Arrays.copyOfRange(
                                    bytes,
                                    Math.min(from, bytes.length),
                                    Math.min(from, bytes.length) + there));
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("some.bin"), bytes);
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }
}
