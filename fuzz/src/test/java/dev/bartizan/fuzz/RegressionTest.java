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
    private static final Path SEEDS = Path.of("seeds");
    private static final Map<String, Parser> PARSERS = Parsers.all();

    @TestFactory
    Stream<DynamicTest> anInputThatOnceBrokeAParserIsAnswered() throws IOException {
        return files(INPUTS).stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                INPUTS.relativize(file).toString(),
                                () -> assertThat(outcome(INPUTS, file)).isNotNull()));
    }

    @Test
    void everyFolderIsNamedLikeAParser() throws IOException {
        for (Path folder : List.of(INPUTS, SEEDS)) {
            assertThat(files(folder))
                    .allSatisfy(file -> assertThat(PARSERS).containsKey(parserOf(folder, file)));
        }
    }

    @TestFactory
    Stream<DynamicTest> aSeedIsReadNotRefused() throws IOException {
        return files(SEEDS).stream()
                .filter(file -> !parserOf(SEEDS, file).equals("system-file")) // has no checks here
                .map(file ->
                        DynamicTest.dynamicTest(
                                SEEDS.relativize(file).toString(),
                                () ->
                                        assertThat(outcome(SEEDS, file))
                                                .isEqualTo(Parser.Outcome.READ)));
    }

    private static Parser.Outcome outcome(Path folder, Path file) throws Exception {
        Parser parser = Optional.ofNullable(PARSERS.get(parserOf(folder, file))).orElseThrow();
        return Bounds.check(parser, Files.readAllBytes(file));
    }

    private static String parserOf(Path folder, Path file) {
        return folder.relativize(file).getName(0).toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
