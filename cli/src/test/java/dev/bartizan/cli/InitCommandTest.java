package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.threats.templates.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitCommandTest {
    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(Shape.class)
    void everyShapeAssessesWithoutErrors(Shape shape) {
        Path file = folder.resolve("system.yaml");
        assertThat(Shell.run("init", "--shape", shape.word(), "--out", file).code()).isZero();
        Ended ended = Shell.run("assess", file);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).doesNotContain("note:");
        assertThat(folder.resolve("bartizan-out/report.html")).isRegularFile();
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("system.yaml"), "mine");
        assertThat(Shell.run("init", "--shape", "rag-chatbot", "--out", file).code()).isEqualTo(2);
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    @Test
    void foldersOnTheWayAreMade() {
        Path file = folder.resolve("systems/chat/system.yaml");
        assertThat(Shell.run("init", "--shape", "rag-chatbot", "--out", file).code()).isZero();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void aWordThatIsNoAnswerNamesTheAnswers() {
        Ended ended = Shell.run("init", "--shape", "ragbot", "--out", "-");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("rag-chatbot");
        assertThat(Shell.run("init", "rag-chatbot", "--data", "gossip", "--out", "-").code())
                .isEqualTo(2);
    }

    @Test
    void flagsDecideWhatTheFileSays() {
        String text =
                Shell.run(
                                "init",
                                "internal-copilot",
                                "--approval",
                                "always",
                                "--hosting",
                                "self",
                                "--data",
                                "health-data,payment-data",
                                "--name",
                                "Ward desk",
                                "--out",
                                "-")
                        .out();
        assertThat(text)
                .contains("system: \"Ward desk\"", "approval: always", "hosted-by: self")
                .contains("[health-data, payment-data]");
    }

    @Test
    void aPersonMayAnswerByNumberByWordOrNotAtAll() throws IOException {
        BufferedReader typed = new BufferedReader(new StringReader("2\nlast\n\n"));
        StringWriter prompts = new StringWriter();
        Questions questions = new Questions(Optional.of(typed), new PrintWriter(prompts));
        List<String> words = List.of("first", "second", "last");
        assertThat(questions.answer("a", null, "Which?", words, "first")).isEqualTo("second");
        assertThat(questions.answer("a", null, "Which?", words, "first")).isEqualTo("last");
        assertThat(questions.answer("a", null, "Which?", words, "first")).isEqualTo("first");
        assertThat(prompts.toString()).contains("Which?", "2  second", "[first] >");
    }
}
