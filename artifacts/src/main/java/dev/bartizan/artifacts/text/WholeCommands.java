package dev.bartizan.artifacts.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Values of metadata that are a command, a program or a hidden way out of a folder from their
/// first sign to their last. Prose may speak of commands; a value that is one waits for somebody to
/// run it.
final class WholeCommands {
    private static final int LONGEST = 4096;

    /// Fetches, or deletes.
    private static final Pattern COMMAND =
            Pattern.compile(
                    "\\A\\s{0,20}(?:\\w{1,30}=[^\\n;]{0,300};\\s{0,20})?(?:sudo\\s{1,20})?"
                            + "(?:(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod|start-bitstransfer|bitsadmin|certutil)(?:\\.exe)?(?:\\s|\\$\\{?IFS\\}?)(?!\\s{0,20}[a-z]{1,20}\\s{1,20}[a-z]{1,20}\\s)[^\\n]{0,1000}?(?:https?://(?!localhost\\b|127\\.0\\.0\\.1\\b|\\[::1])|ftp://|\\$)"
                            + "|rm(?:\\s|\\$\\{?IFS\\}?)[^\\n]{0,20}?-\\w{0,4}[rf])",
                    Pattern.CASE_INSENSITIVE);

    /// Fetches a module first that reaches out, and goes on.
    private static final Pattern PROGRAM =
            Pattern.compile(
                    "\\A\\s{0,20}(?:import\\s{1,9}(?:os|sys|subprocess|socket|ctypes|pty|urllib|requests|http|shutil|base64|marshal|pickle)\\b|from\\s{1,9}(?:os|subprocess|socket|ctypes|pty|urllib|requests|http|shutil|marshal|pickle)[\\w.]{0,30}\\s{1,9}import\\s)[^\\n;]{0,200}[;\\n][^\\n]{0,1000}?\\(");

    /// `..` and a separator, one of them at least as a percent escape.
    private static final Pattern ENCODED_CLIMB =
            Pattern.compile("%(?:25)*(?:2e|2f|5c)", Pattern.CASE_INSENSITIVE);

    private static final int MOST_DECODINGS = 4;

    private WholeCommands() {}

    /// What a value is, in words; empty when it is none of these.
    static Optional<String> in(String value) {
        if (value.length() > LONGEST || value.length() < 6) {
            return Optional.empty();
        }
        if (COMMAND.matcher(value).find()) {
            return Optional.of("a command: " + value.strip());
        }
        if (PROGRAM.matcher(value).find()) {
            return Optional.of("a program: " + value.strip());
        }
        return climbs(value)
                ? Optional.of("a path that leads out of its folder in escapes: " + value.strip())
                : Optional.empty();
    }

    private static boolean climbs(String value) {
        if (value.indexOf(' ') >= 0 || !ENCODED_CLIMB.matcher(value).find()) {
            return false;
        }
        String plain = value;
        for (int i = 0; i < MOST_DECODINGS && plain.indexOf('%') >= 0; i++) {
            try {
                plain = URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return false; // a percent sign alone
            }
        }
        return plain.replace('\\', '/').contains("../");
    }
}
