package dev.bartizan.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
    @TempDir Path dir;

    /// Examples of FIPS 180-4 as NIST publishes them for SHA-256.
    @Test
    void publishedVectorsHold() {
        assertThat(Digest.of("").hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Digest.of("abc").hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digest.of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex())
                .isEqualTo("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        assertThat(Digest.of("a".repeat(1_000_000)).hex())
                .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    @Test
    void fileDigestIsThatOfItsBytesAtEachBoundaryOfTheBuffer() throws IOException {
        Random random = new Random(4);
        for (int size : List.of(0, 1, 65535, 65536, 65537, 200_000)) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Path file = Files.write(dir.resolve("f" + size), bytes);
            assertThat(Digest.ofFile(file)).isEqualTo(Digest.of(bytes));
        }
    }

    @Test
    void textIsHashedInUtf8() {
        assertThat(Digest.of("é")).isEqualTo(Digest.of(new byte[] {(byte) 0xc3, (byte) 0xa9}));
    }

    @Test
    void compositeTellsAllMapsApart() {
        List<String> texts = List.of("", "a", "b", "ab", "1:a", "a1:", ":", "1", "0:");
        Set<Digest> digests = new HashSet<>();
        Set<Map<String, String>> maps = new HashSet<>();
        for (String key1 : texts) {
            for (String value1 : texts) {
                for (String key2 : texts) {
                    for (String value2 : texts) {
                        Map<String, String> map = new HashMap<>();
                        map.put(key1, value1);
                        map.put(key2, value2);
                        maps.add(map);
                        digests.add(Digest.composite(map));
                    }
                }
            }
        }
        assertThat(digests).hasSameSizeAs(maps);
    }

    @Test
    void otherTextsAreNoDigests() {
        String good = "0123456789abcdef".repeat(4);
        assertThat(new Digest(good).brief()).isEqualTo("0123456789ab");
        assertThat(new Digest(good)).hasToString("sha256:" + good);
        for (String bad :
                List.of("", good.substring(1), good + "0", good.replace('a', 'A'), "g" + good)) {
            assertThatThrownBy(() -> new Digest(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
