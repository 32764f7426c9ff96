package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// The help of every command, as it comes out.
class HelpTest {
    private static final int COLUMNS = 80;

    static List<String> commands() {
        return List.copyOf(Bartizan.subcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyHelpFitsItsColumnsAndHasNothingThatPicocliCannotFormat(String name) {
        PrintStream realErr = System.err;
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        List<String> helps = new ArrayList<>();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            Supplier<Object> command = Bartizan.subcommands().get(name);
            collect(new CommandLine(Objects.requireNonNull(command).get()), helps);
        } finally {
            System.setErr(realErr);
        }
        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(helps)
                .isNotEmpty()
                .allSatisfy(help ->
                        assertThat(help.lines())
                                .allSatisfy(line ->
                                        assertThat(line.length()).isLessThanOrEqualTo(COLUMNS)));
    }

    private static void collect(CommandLine command, List<String> helps) {
        helps.add(command.getUsageMessage(CommandLine.Help.Ansi.OFF));
        command.getSubcommands().values().forEach(each -> collect(each, helps));
    }
}
