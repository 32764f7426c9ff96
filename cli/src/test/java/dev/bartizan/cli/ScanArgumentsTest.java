package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Two readers of one command line must not differ.
class ScanArgumentsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scan m.pkl",
                "scan -",
                "scan models/ more/ --fail-on low",
                "scan --format json m.pkl --explain",
                "scan --sha256 --secrets m.pkl --format junit --policy p.yaml",
                "scan m.pkl --baseline a.json --compare b.json --quarantine held --secret-rules r",
                "scan models/ --no-cache",
                "scan models/**.pt"
            })
    void plainCommandLinesReadAsPicocliReadsThem(String line) {
        String[] args = line.split(" ");
        CommandLine command = new CommandLine(ScanCommand.describe());
        command.parseArgs(Arrays.copyOfRange(args, 1, args.length));

        assertThat(ScanArguments.plain(args)).contains(ScanArguments.of(command.getParseResult()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scan",
                "scan --help",
                "scan m.pkl -h",
                "scan m.pkl --version",
                "scan m.pkl --fail-on",
                "scan m.pkl --fail-on worst",
                "scan m.pkl --format xml",
                "scan m.pkl --format=json",
                "scan m.pkl --policy --explain",
                "scan m.pkl --sha256 --sha256",
                "scan m.pkl --sha512",
                "scan -- -m.pkl",
                "scan @words",
                "threats m.pkl"
            })
    void theRestIsLeftToPicocli(String line) {
        assertThat(ScanArguments.plain(line.split(" "))).isEmpty();
    }

    @Test
    void everyOptionThatHelpShowsIsKnown() {
        CommandSpec spec = ScanCommand.describe();
        for (OptionSpec option : spec.options()) {
            if (option.usageHelp() || option.versionHelp()) {
                continue;
            }
            List<String> names = List.of(option.names());
            boolean isFlag = option.arity().max() == 0;
            assertThat(names).allMatch(name -> ScanOptions.isFlag(name) == isFlag);
            assertThat(names).allMatch(name -> ScanOptions.takesValue(name) != isFlag);
        }
    }
}
