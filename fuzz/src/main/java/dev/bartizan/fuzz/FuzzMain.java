package dev.bartizan.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What Jazzer calls: `--target_class=dev.bartizan.fuzz.FuzzMain --target_args=PARSER`.
public final class FuzzMain {
    private static Parser parser = Parser.of("none", _ -> Parser.Outcome.OTHER);

    private FuzzMain() {}

    /// Chooses the parser.
    public static void fuzzerInitialize(String[] arguments) {
        parser =
                Parsers.named(arguments[0])
                        .orElseThrow(() -> new IllegalArgumentException(arguments[0]));
    }

    /// Reads one input.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Bounds.check(parser, input);
    }

    /// Lists the parsers with the formats of their seeds; writes the samples into a folder when one
    /// is named.
    public static void main(String[] arguments) throws IOException {
        for (Parser each : Parsers.all().values()) {
            System.out.println(each.name() + " " + String.join(" ", each.seeds()));
        }
        if (arguments.length > 0) {
            for (Map.Entry<String, byte[]> sample : Samples.all().entrySet()) {
                Path folder = Path.of(arguments[0], sample.getKey());
                Files.write(Files.createDirectories(folder).resolve("sample"), sample.getValue());
            }
        }
    }
}
