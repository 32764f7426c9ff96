package dev.bartizan.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/// `bartizan scan`: what loading model files would do. What it takes is built by hand, not read
/// from annotations: a scan of one small file is mostly its start (docs/performance.md).
final class ScanCommand extends ShellCommand {
    private ScanCommand() {}

    /// The command and what it takes.
    static CommandSpec describe() {
        ScanCommand command = new ScanCommand();
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        command.spec(spec);
        ScanOptions.describe(spec);
        return spec;
    }

    @Override
    public Integer call() throws IOException {
        ScanArguments given = ScanArguments.of(spec().commandLine().getParseResult());
        return new ScanRun(given, out(), err()).run();
    }
}
