package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.threats.systemfile.SystemFileErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// The command `bartizan`: finds the subcommand, runs it, and turns its failures into the exit
/// codes that pipelines rely on.
public final class Bartizan {
    private Bartizan() {}

    /// Every subcommand by name, in the order that help shows them: the one place to register one.
    static Map<String, Supplier<Object>> subcommands() {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("assess", AssessCommand::new);
        all.put("threats", ThreatsCommand::new);
        all.put("init", InitCommand::new);
        all.put("catalog", CatalogCommand::new);
        all.put("scan", ScanCommand::describe);
        all.put("convert", ConvertCommand::new);
        all.put("intake", IntakeCommand::new);
        all.put("attack", AttackCommand::new);
        all.put("harden", HardenCommand::new);
        all.put("certify", CertifyCommand::new);
        all.put("evidence", EvidenceCommand::new);
        all.put("guard", GuardCommand::new);
        all.put("log", LogCommand::new);
        return all;
    }

    /// Runs the command line and ends the process with its exit code.
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Optional<ScanArguments> scan = ScanArguments.plain(args);
        if (scan.isPresent()) {
            // A scan has nothing to run at the end, and the logger that exits look for costs more
            // than one small file.
            Runtime.getRuntime().halt(scan(scan.get(), out, err));
        }
        System.exit(run(out, err, args));
    }

    /// Runs the command line in this process.
    ///
    /// @return the exit code
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        Optional<ScanArguments> scan = ScanArguments.plain(args);
        return scan.isPresent() ? scan(scan.get(), out, err) : run(subcommands(), out, err, args);
    }

    private static int scan(ScanArguments given, PrintWriter out, PrintWriter err) {
        int code;
        try {
            code = new ScanRun(given, out, err).run();
        } catch (IOException | RuntimeException failure) {
            code = sayWhatFailed(failure, err);
        }
        out.flush();
        err.flush();
        return code;
    }

    static int run(
            Map<String, Supplier<Object>> subcommands,
            PrintWriter out,
            PrintWriter err,
            String... args) {
        CommandLine root = RootCommand.of(subcommands, args).setOut(out).setErr(err);
        root.setParameterExceptionHandler((failure, _) -> sayHowToCall(failure));
        root.setExecutionExceptionHandler(
                (failure, command, _) -> sayWhatFailed(failure, command.getErr()));
        if (args.length == 0) {
            root.usage(err);
            return ExitCode.USAGE;
        }
        return root.execute(args);
    }

    private static int sayHowToCall(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("bartizan: " + failure.getMessage());
        Suggestion.of(failure).ifPresent(name -> err.println("Did you mean '" + name + "'?"));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int sayWhatFailed(Exception failure, PrintWriter err) {
        if (failure instanceof SystemFileErrors errors) {
            err.println(errors.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof IOException) {
            err.println("bartizan: a file could not be read or written: " + failure.getMessage());
            return ExitCode.USAGE;
        }
        if (!(failure instanceof UserError error)) {
            err.println("bartizan: this is a bug of ours; please report it with the lines below.");
            failure.printStackTrace(err);
            return ExitCode.USAGE;
        }
        err.println("bartizan: " + error.what());
        if (!error.where().isEmpty()) {
            err.println("  where: " + error.where());
        }
        err.println("  mend:  " + error.mend());
        return ExitCode.USAGE;
    }
}
