package dev.bartizan.threats.systemfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.SchemaFragment;
import dev.bartizan.threats.Systems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changes good files at random: only `SystemFileErrors` may come out, and soon.
class LoaderFuzzTest {
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ": ",
                    "- ",
                    "&a ",
                    "*a",
                    "!!x ",
                    "\"",
                    "'",
                    "|\n",
                    ">\n",
                    "---\n",
                    "...\n",
                    "%YAML 1.2\n",
                    "? ",
                    "\t",
                    "\r\n",
                    "#",
                    "\0",
                    "\u2028",
                    "ÿ",
                    ",",
                    "<<: *a",
                    "0x",
                    "1e999",
                    ".nan",
                    "elements: ",
                    "kind: ",
                    "-> ",
                    "~",
                    "\uFEFF");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void changedFilesYieldASystemOrErrors(long seed) {
        Random random = new Random(seed);
        SystemSchema schema = SystemSchema.of(List.<SchemaFragment>of());
        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(5),
                () -> {
                    for (int i = 0; i < 1_500; i++) {
                        byte[] bytes = Systems.CLAIMS_DESK.getBytes(StandardCharsets.UTF_8);
                        for (int change = random.nextInt(4); change >= 0; change--) {
                            bytes = changed(bytes, random);
                        }
                        read(bytes, schema);
                    }
                });
    }

    private static void read(byte[] bytes, SystemSchema schema) {
        try {
            assertThat(SystemFiles.parse(Path.of("f.yaml"), bytes, schema).elements()).isNotEmpty();
        } catch (SystemFileErrors errors) {
            assertThat(errors.problems()).isNotEmpty();
            assertThat(errors.problems())
                    .allSatisfy(problem -> assertThat(problem.place().line()).isPositive());
        }
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int until = Math.min(bytes.length, at + random.nextInt(40));
        return switch (random.nextInt(5)) {
            case 0 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, at);
            case 1 -> joined(bytes, at, new byte[0], until);
            case 2 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, until), at);
            case 3 -> {
                String piece = PIECES.get(random.nextInt(PIECES.size()));
                yield joined(bytes, at, piece.getBytes(StandardCharsets.UTF_8), at);
            }
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private static byte[] joined(byte[] bytes, int end, byte[] middle, int from) {
        byte[] all = new byte[end + middle.length + bytes.length - from];
        System.arraycopy(bytes, 0, all, 0, end);
        System.arraycopy(middle, 0, all, end, middle.length);
        System.arraycopy(bytes, from, all, end + middle.length, bytes.length - from);
        return all;
    }
}
