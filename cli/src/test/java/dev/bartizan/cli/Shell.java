package dev.bartizan.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;

/// Runs command lines in this process and keeps what they print.
final class Shell {
    private Shell() {}

    /// What a command left.
    ///
    /// @param code exit code
    /// @param out standard output
    /// @param err standard error
    record Ended(int code, String out, String err) {}

    static Ended run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(args).map(Shell::word).toArray(String[]::new);
        int code = Bartizan.run(new PrintWriter(out), new PrintWriter(err), words);
        return new Ended(code, out.toString(), err.toString());
    }

    private static String word(Object arg) {
        return arg instanceof Path path ? path.toString() : String.valueOf(arg);
    }
}
