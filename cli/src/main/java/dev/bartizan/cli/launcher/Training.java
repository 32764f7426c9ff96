package dev.bartizan.cli.launcher;

import dev.bartizan.cli.Bartizan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The training run of the launcher: runs a list of commands in one JVM, so that the AOT cache made
/// of it holds the classes that they use. What they print is dropped, and a command that fails does
/// no harm.
public final class Training {
    private Training() {}

    /// Runs the commands and ends the process with 0.
    ///
    /// @param args the file with one command per line; blank lines and lines that begin with `#`
    ///   are skipped, `{scratch}` stands for the second argument, a folder that commands may write
    ///   to
    public static void main(String[] args) throws IOException {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        TrainingFiles.write(Path.of(args[1]).resolve("models"));
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                PrintWriter out = new PrintWriter(nowhere, false, StandardCharsets.UTF_8);
                Bartizan.run(out, out, line.strip().replace("{scratch}", args[1]).split(" +"));
            }
        }
        System.exit(0);
    }
}
