package dev.bartizan.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.formats.safetensors.SafetensorsReader;
import dev.bartizan.formats.tar.TarReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileReadersTest {
    @TempDir Path folder;

    @Test
    void aLargeFileReadsTheSameThroughItsWindow() throws IOException {
        byte[] bytes = new byte[(1 << 20) + 12_345];
        new Random(5).nextBytes(bytes);
        Path file = Files.write(folder.resolve("large"), bytes);
        Random random = new Random(6);
        try (ByteSource source = ByteSource.open(file)) {
            assertThat(source.size()).isEqualTo(bytes.length);
            for (int i = 0; i < 200; i++) {
                int at = random.nextInt(bytes.length);
                int length = random.nextInt(100_000);
                assertThat(source.bytes(at, length))
                        .isEqualTo(
                                java.util.Arrays.copyOfRange(
                                        bytes, at, Math.min(bytes.length, at + length)));
            }
        }
    }

    @Test
    void aSpoolGivesBackWhatItTookAndStopsAtItsLimit() throws IOException {
        byte[] block = new byte[1 << 20];
        new Random(7).nextBytes(block);
        try (Spool spool = new Spool(6L << 20)) {
            for (int i = 0; i < 6; i++) {
                assertThat(spool.add(block, 0, block.length)).isTrue();
            }
            assertThat(spool.add(block, 0, 1)).isFalse();
            try (ByteSource source = spool.toSource()) {
                assertThat(source.size()).isEqualTo(6L << 20);
                assertThat(source.bytes(5L << 20, block.length)).isEqualTo(block);
            }
        }
    }

    @Test
    void aHeaderLongerThanTheFileIsTruncated() {
        byte[] bytes =
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(1000)
                        .put((byte) '{')
                        .array();
        assertThatThrownBy(() -> SafetensorsReader.read(ByteSource.of(bytes)))
                .isInstanceOfSatisfying(
                        FormatException.class,
                        e -> assertThat(e.kind()).isEqualTo(FormatException.Kind.TRUNCATED));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void changedSafetensorsAndTarsAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] json =
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] original =
                ByteBuffer.allocate(8 + json.length + 16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array();
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = original.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            byte[] block = new byte[1536];
            random.nextBytes(block);
            block[156] = (byte) "0125xLKg".charAt(random.nextInt(8));
            try {
                assertThat(SafetensorsReader.read(ByteSource.of(bytes)).dataStart()).isPositive();
                TarReader tar = new TarReader(ByteSource.of(block));
                assertThat(tar.hasNext()).isTrue();
                assertThat(tar.next().end()).isLessThanOrEqualTo(block.length);
            } catch (FormatException e) {
                assertThat(e.what()).isNotBlank();
            }
        }
    }
}
