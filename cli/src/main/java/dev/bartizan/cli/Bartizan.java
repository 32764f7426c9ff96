package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `bartizan`: finds the subcommand, runs it, and turns its failures into the exit
/// codes that pipelines rely on.
@Command(
        name = "bartizan",
        version = "bartizan 0.1.0",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "The workbench of the AI security specialist: threats of an AI system, tested.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and no gate failed",
            "1:findings at or over the threshold, a gate failed, a signature is invalid",
            "2:usage error, or the run could not be done",
            "3:undecided: unknown, timeout or inconclusive"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  The whole loop, from threats over checks to the report:",
            "    bartizan assess examples/claims-desk/system.yaml",
            "  The threats alone; nothing is run:",
            "    bartizan threats examples/quickstart/system.yaml",
            "  Model files, read without executing them:",
            "    bartizan scan models/ --fail-on high",
            "  What a command takes:",
            "    bartizan COMMAND --help"
        })
public final class Bartizan {
    private Bartizan() {}

    /// Runs the command line and ends the process with its exit code.
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /// Runs the command line in this process.
    ///
    /// @return the exit code
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine root = commandLine(args).setOut(out).setErr(err);
        if (args.length == 0) {
            root.usage(err);
            return ExitCode.USAGE;
        }
        root.setParameterExceptionHandler((failure, _) -> sayHowToCall(failure));
        root.setExecutionExceptionHandler((failure, command, _) -> sayWhatFailed(failure, command));
        return root.execute(args);
    }

    /// Every subcommand by name, in the order that help shows them. This is the one place to
    /// register one.
    private static Map<String, Supplier<Object>> subcommands() {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        return all;
    }

    /// Only the subcommand that is called is built, which keeps the start short; without a call of
    /// a known one (help, a misspelling) all are.
    private static CommandLine commandLine(String... args) {
        CommandLine root = new CommandLine(new Bartizan());
        Map<String, Supplier<Object>> all = subcommands();
        Supplier<Object> called = args.length == 0 ? null : all.get(args[0]);
        if (called != null) {
            return root.addSubcommand(args[0], called.get());
        }
        all.forEach((name, subcommand) -> root.addSubcommand(name, subcommand.get()));
        return root;
    }

    private static int sayHowToCall(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("bartizan: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int sayWhatFailed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof UserError error) {
            err.println("bartizan: " + error.what());
            if (!error.where().isEmpty()) {
                err.println("  where: " + error.where());
            }
            err.println("  mend:  " + error.mend());
            return ExitCode.USAGE;
        }
        err.println("bartizan: this is a bug of ours; please report it with the lines below.");
        failure.printStackTrace(err);
        return ExitCode.USAGE;
    }
}
