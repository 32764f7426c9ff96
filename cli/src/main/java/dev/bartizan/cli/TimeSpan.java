package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import java.time.Duration;

/// Lengths of time on the command line: `90s`, `5m`, `24h`, `7d`, or seconds.
final class TimeSpan {
    private static final long LONGEST_SECONDS = 3650L * 86_400;

    private TimeSpan() {}

    /// Reads one.
    ///
    /// @param option what it was given for, for messages
    static Duration parse(String text, String option) {
        String number = text.replaceFirst("[smhd]$", "");
        long unit =
                switch (text.substring(number.length())) {
                    case "m" -> 60;
                    case "h" -> 3600;
                    case "d" -> 86_400;
                    default -> 1;
                };
        try {
            double seconds = Double.parseDouble(number) * unit;
            if (seconds >= 0 && seconds <= LONGEST_SECONDS) {
                return Duration.ofMillis(Math.round(seconds * 1000));
            }
        } catch (NumberFormatException e) {
            throw new UserError(
                    "That is no time", option + " " + text, "Write 90s, 5m, 24h or 7d.", e);
        }
        throw new UserError("That is no time", option + " " + text, "Write 90s, 5m, 24h or 7d.");
    }
}
