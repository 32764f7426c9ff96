package dev.bartizan.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Inputs that once broke a parser, found by fuzzing: a folder for each parser, a file for each
/// defect. They are kept bounded by everything else that holds of every input.
class RegressionTest {
    private static final Path INPUTS = Path.of("src/test/resources/regression");
    private static final Map<String, Parser> PARSERS = Parsers.all();

    @TestFactory
    Stream<DynamicTest> anInputThatOnceBrokeAParserIsAnswered() throws IOException {
        return files().stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                INPUTS.relativize(file).toString(), () -> check(file)));
    }

    @Test
    void everyFolderIsNamedLikeAParser() throws IOException {
        assertThat(files()).allSatisfy(file -> assertThat(PARSERS).containsKey(parserOf(file)));
    }

    private static void check(Path file) throws Exception {
        Parser parser = Optional.ofNullable(PARSERS.get(parserOf(file))).orElseThrow();
        assertThat(Bounds.check(parser, Files.readAllBytes(file))).isNotNull();
    }

    private static String parserOf(Path file) {
        return INPUTS.relativize(file).getName(0).toString();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(INPUTS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
