package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What NumPy writes with `pickle.dumps({"a": …, "b": …}, 5, buffer_callback=…)`: the pickle, and
/// beside it the bytes of each array.
class ConvertCommandTest {
    private static final String ARRAY =
            "\u008c\u0013numpy._core.numeric\u008c\u000b_frombuffer\u0093(\u0097"
                    + "\u008c\u0005numpy\u008c\u0005dtype\u0093\u008c\u0002f4\u0089\u0088\u0087R"
                    + "(K\u0003\u008c\u0001<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb"
                    + "K\u0002\u0085\u008c\u0001CtR";

    @TempDir private Path folder = Path.of("");
    private Path state = Path.of("");
    private Path first = Path.of("");
    private Path second = Path.of("");

    @BeforeEach
    void writeAPickleAndItsBuffers() throws IOException {
        String pickle = "\u0080\u0005}(\u008c\u0001a" + ARRAY + "\u008c\u0001b" + ARRAY + "u.";
        state = Files.write(folder.resolve("state.pkl"), latin(pickle));
        first = Files.write(folder.resolve("state.0"), latin("\0\0\u0080?\0\0\0@")); // 1, 2
        second = Files.write(folder.resolve("state.1"), latin("\0\0@@\0\0\u0080@")); // 3, 4
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void buffersAreTakenInTheOrderTheyAreNamed() throws IOException {
        Path out = folder.resolve("state.safetensors");
        Ended ended = Shell.run("convert", state, "--buffer", first, "--buffer", second);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("2 tensors, ").contains("sha256:");
        String written = Files.readString(out, StandardCharsets.ISO_8859_1);
        assertThat(written)
                .contains("\"a\"", "\"b\"", "F32")
                .endsWith("\0\0\u0080?\0\0\0@" + "\0\0@@\0\0\u0080@");

        Ended turned =
                Shell.run("convert", state, "--buffer", second, "--buffer", first, "--force");
        assertThat(turned.code()).as(turned.err()).isZero();
        assertThat(Files.readString(out, StandardCharsets.ISO_8859_1))
                .endsWith("\0\0@@\0\0\u0080@" + "\0\0\u0080?\0\0\0@");
    }

    @Test
    void withoutItsBuffersNothingIsWrittenAndTheOptionIsNamed() {
        Ended none = Shell.run("convert", state);
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("--buffer");

        Ended one = Shell.run("convert", state, "--buffer", first);
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).contains("more than the 1 buffers");
        assertThat(folder.resolve("state.safetensors")).doesNotExist();
    }

    @Test
    void aBufferThatIsNotThereIsNamed() {
        Path missing = folder.resolve("state.9");
        Ended ended = Shell.run("convert", state, "--buffer", first, "--buffer", missing);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("There is no such file", "state.9");
    }

    @Test
    void aBufferOfAnotherLengthIsRefused() throws IOException {
        Files.write(second, new byte[7]);
        Ended ended = Shell.run("convert", state, "--buffer", first, "--buffer", second);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(folder.resolve("state.safetensors")).doesNotExist();
    }
}
