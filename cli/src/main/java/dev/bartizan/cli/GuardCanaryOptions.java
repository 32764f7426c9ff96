package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.guard.canary.Canaries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How canaries rotate; the command that makes a mark and the one that looks for it must agree.
final class GuardCanaryOptions {
    @Option(
            names = "--period",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "How long a mark is new, such as 90s, 5m, 24h or 7d (default: 24h).")
    private String period = "24h";

    @Option(
            names = "--kept",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many earlier marks still count, at most 48 (default: 2).")
    private int kept = 2;

    Canaries canaries(Path key) throws IOException {
        Duration length = TimeSpan.parse(period, "--period");
        if (length.toSeconds() < 1 || kept < 0 || kept > 48) {
            throw new UserError(
                    "A period is a second or more, and at most 48 earlier marks count",
                    "--period " + period + " --kept " + kept,
                    "Write for example --period 24h --kept 2.");
        }
        return new Canaries(GuardKeyFile.read(key), length, kept);
    }
}
