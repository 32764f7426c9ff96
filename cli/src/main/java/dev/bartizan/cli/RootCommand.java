package dev.bartizan.cli;

import dev.bartizan.core.ToolVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What `bartizan` itself takes and says in its help. Built by hand instead of read from
/// annotations: the first annotation read costs half of a start (docs/performance.md).
final class RootCommand {
    private static final String VERSION = "bartizan " + ToolVersion.NUMBER;

    private RootCommand() {}

    /// The root with the subcommands that these arguments can need: the called one, none for the
    /// version, all of them for help or after a misspelling.
    static CommandLine of(Map<String, Supplier<Object>> subcommands, String... args) {
        CommandLine root = new CommandLine(spec());
        String first = args.length == 0 ? "" : args[0];
        if (subcommands.containsKey(first)) {
            return root.addSubcommand(first, subcommands.get(first).get());
        }
        if (!first.equals("--version") && !first.equals("-V")) {
            subcommands.forEach((name, subcommand) -> root.addSubcommand(name, subcommand.get()));
        }
        return root;
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("bartizan").version(VERSION);
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this help.")
                        .build());
        spec.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Shows the version.")
                        .build());
        spec.usageMessage()
                .autoWidth(true)
                .synopsisSubcommandLabel("COMMAND")
                .description(
                        "The workbench of the AI security specialist: threats of an AI system, tested.%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes())
                .footerHeading("%nExamples:%n")
                .footer(examples());
        return spec;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "done, and no gate failed");
        codes.put(
                "1",
                "findings at or over the threshold, a gate failed, a signature or certificate is invalid");
        codes.put("2", "usage error, or the run could not be done");
        codes.put("3", "undecided: unknown, timeout or inconclusive");
        return codes;
    }

    private static String[] examples() {
        return new String[] {
            "  The whole loop, from threats over checks to the report:",
            "    bartizan assess examples/claims-desk/system.yaml",
            "  The threats alone; nothing is run:",
            "    bartizan threats examples/quickstart/system.yaml",
            "  Model files, read without executing them:",
            "    bartizan scan models/ --fail-on high",
            "  What a command takes:",
            "    bartizan COMMAND --help"
        };
    }
}
