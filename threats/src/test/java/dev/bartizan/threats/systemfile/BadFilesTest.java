package dev.bartizan.threats.systemfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bartizan.threats.Goldens;
import dev.bartizan.threats.yaml.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadFilesTest {
    @TempDir Path folder;

    /// A file that must be refused.
    static final class Bad {
        private final String name;
        private final byte[] bytes;

        Bad(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        Bad(String name, String text) {
            this(name, text.getBytes(StandardCharsets.UTF_8));
        }

        String name() {
            return name;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bad> badFiles() {
        return BadFiles.all();
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void everyBadFileIsRefusedWithItsExactMessage(Bad bad) throws IOException {
        Path file = Path.of("system.yaml");
        SystemFileErrors errors =
                catchThrowableOfType(
                        SystemFileErrors.class,
                        () -> SystemFiles.parse(file, bad.bytes(), SystemSchema.of(List.of())));
        assertThat(errors).as(bad.name()).isNotNull();
        Goldens.check("bad-files/" + bad.name() + ".txt", errors.getMessage() + "\n");
    }

    @Test
    void everyProblemOfOneFileIsToldAtOnce() {
        SystemFileErrors errors =
                catchThrowableOfType(
                        SystemFileErrors.class,
                        () ->
                                SystemFiles.parse(
                                        Path.of("s.yaml"),
                                        """
                                        elemnts: {}
                                        zones: { net: untrusted }
                                        elements:
                                          a: { kind: lmm, zone: nett, tools: [payuot] }
                                          payout: { kind: tool, efect: money }
                                        flows: [ a -> payot ]
                                        """
                                                .getBytes(StandardCharsets.UTF_8),
                                        SystemSchema.of(List.of())));
        assertThat(errors.problems())
                .extracting(problem -> problem.place().line() + ":" + problem.place().column())
                .containsExactly("1:1", "4:14", "4:25", "4:39", "5:25", "6:10");
        assertThat(errors.problems())
                .extracting(Problem::suggestion)
                .containsExactly(
                        "Did you mean \"elements\"?",
                        "Did you mean \"llm\"?",
                        "Did you mean \"net\"?",
                        "Did you mean \"payout\"?",
                        "Did you mean \"effect\"?",
                        "Did you mean \"payout\"?");
    }

    @Test
    void aThreeGigabyteFileIsRefusedBeforeItIsRead() throws IOException {
        Path file = folder.resolve("huge.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertThatThrownBy(() -> SystemFiles.read(file, List.of()))
                .isInstanceOf(SystemFileErrors.class)
                .hasMessageContaining("3221225472 bytes")
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void aFolderIsRefusedAndItsSystemFileSuggested() throws IOException {
        Files.writeString(folder.resolve("system.yaml"), "elements: {}");
        assertThatThrownBy(() -> SystemFiles.read(folder, List.of()))
                .hasMessage(
                        folder
                                + ": This is a folder. Did you mean \""
                                + folder.resolve("system.yaml")
                                + "\"?");
    }

    @Test
    void aMissingFileIsRefusedAndTheNearestNameSuggested() throws IOException {
        Files.writeString(folder.resolve("system.yaml"), "elements: {}");
        Path asked = folder.resolve("sytem.yaml");
        assertThatThrownBy(() -> SystemFiles.read(asked, List.of()))
                .hasMessage(
                        asked
                                + ": There is no such file. Did you mean \""
                                + folder.resolve("system.yaml")
                                + "\"?");
    }

    @Test
    void aMissingFolderIsNoCrash() {
        assertThatThrownBy(() -> SystemFiles.read(folder.resolve("no/such.yaml"), List.of()))
                .isInstanceOf(SystemFileErrors.class)
                .hasMessageContaining("There is no such file.");
    }
}
