package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class BartizanTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, Supplier<Object>> subcommands = new LinkedHashMap<>();

    @Test
    void versionIsOneLine() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("bartizan 0.1.0\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionBuildsNoSubcommand() {
        subcommands.put(
                "gate",
                () -> {
                    throw new AssertionError("built for nothing");
                });

        assertThat(run("--version")).isZero();
        assertThat(run("-V")).isZero();
    }

    @Test
    void helpListsCommandsExitCodesAndExamples() {
        subcommands.put("gate", () -> new Gate(0));

        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "gate  Opens or stays shut.",
                        "0   done, and no gate failed",
                        "3   undecided",
                        "scan models/");
    }

    @Test
    void helpFitsEightyColumns() {
        run("--help");

        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void noArgumentsIsAUsageErrorThatShowsTheHelp() {
        assertThat(run()).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Usage: bartizan");
    }

    @Test
    void misspelledOptionIsAUsageErrorWithTheNearestOne() {
        assertThat(run("--vresion")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'--vresion'", "Did you mean '--version'?", "Try 'bartizan --help'.");
    }

    @Test
    void misspelledCommandIsAUsageErrorWithTheNearestOne() {
        subcommands.put("wall", () -> new Gate(0));
        subcommands.put("gate", () -> new Gate(0));

        assertThat(run("gtae", "--widely")).isEqualTo(2);
        assertThat(err.toString()).contains("'gtae'", "Did you mean 'gate'?");
    }

    @Test
    void misspelledOptionOfASubcommandPointsToItsHelp() {
        subcommands.put("gate", () -> new Gate(0));

        assertThat(run("gate", "--wyde=3")).isEqualTo(2);
        assertThat(err.toString())
                .contains("Did you mean '--wide'?", "Try 'bartizan gate --help'.");
    }

    @Test
    void aFarWordGetsNoSuggestion() {
        assertThat(run("--quite-another-thing")).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("Did you mean");
    }

    @Test
    void exitCodeOfTheCommandPassesThrough() {
        subcommands.put("gate", () -> new Gate(3));

        assertThat(run("gate")).isEqualTo(3);
    }

    @Test
    void userErrorIsThreeLinesAndNoTrace() {
        subcommands.put(
                "gate",
                () -> new Failing(new UserError("No such file.", "a.yaml", "Check the path.")));

        assertThat(run("gate")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        """
                        bartizan: No such file.
                          where: a.yaml
                          mend:  Check the path.
                        """);
    }

    @Test
    void aBugKeepsItsTrace() {
        subcommands.put("gate", () -> new Failing(new IllegalStateException("broken")));

        assertThat(run("gate")).isEqualTo(2);
        assertThat(err.toString())
                .contains("a bug of ours", "IllegalStateException: broken", "\tat ");
    }

    @Test
    void nearestTakesTheFirstOfEqualsAndCountsASwapAsOneEdit() {
        assertThat(Suggestion.nearest("sacn", List.of("scan", "sign"))).contains("scan");
        assertThat(Suggestion.nearest("xa", List.of("ya", "za"))).contains("ya");
        assertThat(Suggestion.nearest("s".repeat(65), List.of("s".repeat(65)))).isEmpty();
    }

    private int run(String... args) {
        return Bartizan.run(
                subcommands, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Command(description = "Opens or stays shut.", mixinStandardHelpOptions = true)
    static final class Gate implements Callable<Integer> {
        private final int exitCode;

        @Option(names = "--wide")
        private int wide;

        Gate(int exitCode) {
            this.exitCode = exitCode;
        }

        @Override
        public Integer call() {
            return exitCode + wide;
        }
    }

    @Command
    static final class Failing implements Runnable {
        private final RuntimeException failure;

        Failing(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public void run() {
            throw failure;
        }
    }
}
