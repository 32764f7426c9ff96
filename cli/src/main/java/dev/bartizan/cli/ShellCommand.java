package dev.bartizan.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that prints.
abstract class ShellCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    /// Standard output of the command line.
    final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /// Standard error of the command line.
    final PrintWriter err() {
        return spec().commandLine().getErr();
    }

    /// Says what the command takes where that is built by hand instead of read from annotations.
    final void spec(CommandSpec built) {
        spec = built;
    }

    final CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec;
    }
}
