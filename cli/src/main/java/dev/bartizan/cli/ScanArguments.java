package dev.bartizan.cli;

import dev.bartizan.core.Severity;
import dev.bartizan.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What a scan was asked for.
///
/// @param words what to scan, as typed
/// @param options every option given, by name, with its value; empty for a flag
record ScanArguments(List<String> words, Map<String, String> options) {
    private static final Severity USUAL_THRESHOLD = Severity.HIGH;

    ScanArguments {
        words = List.copyOf(words);
        options = Map.copyOf(options);
    }

    /// How a scan is written.
    enum Format {
        table,
        json,
        sarif,
        junit
    }

    /// What picocli made of a command line.
    static ScanArguments of(ParseResult given) {
        Map<String, String> options = new HashMap<>();
        for (OptionSpec option : given.matchedOptions()) {
            boolean isFlag = ScanOptions.isFlag(option.longestName());
            options.put(
                    option.longestName(),
                    isFlag ? "" : String.join("", option.originalStringValues()));
        }
        return new ScanArguments(given.matchedPositionalValue(0, List.<String>of()), options);
    }

    /// The same without picocli, which costs more than scanning one small file does; empty for a
    /// command line that is not plainly right, and for help, which are picocli's to answer.
    ///
    /// @param args all words behind `bartizan`
    static Optional<ScanArguments> plain(String... args) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        if (args.length == 0 || !args[0].equals(ScanOptions.COMMAND)) {
            return Optional.empty();
        }
        for (int i = 1; i < args.length; i++) {
            String word = args[i];
            boolean isFlag = ScanOptions.isFlag(word);
            boolean isOption = isFlag || ScanOptions.takesValue(word);
            if (!isOption && !isPlain(word)) {
                return Optional.empty();
            }
            if (!isOption) {
                words.add(word);
                continue;
            }
            String value = isFlag ? "" : i + 1 < args.length ? args[++i] : "";
            boolean isRight = isFlag || (isPlain(value) && isRight(word, value));
            if (!isRight || options.put(word, value) != null) {
                return Optional.empty();
            }
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(new ScanArguments(words, options));
    }

    /// Whether a word means itself: it is no option, and no file to read words from.
    private static boolean isPlain(String word) {
        return word.equals(ScanInputs.STANDARD_INPUT)
                || !(word.isEmpty() || word.charAt(0) == '-' || word.charAt(0) == '@');
    }

    private static boolean isRight(String option, String value) {
        return switch (option) {
            case ScanOptions.FAIL_ON -> isSeverity(value);
            case ScanOptions.FORMAT -> format(value).isPresent();
            default -> true;
        };
    }

    private static boolean isSeverity(String word) {
        try {
            Severity.parse(word);
            return true;
        } catch (UserError e) {
            return false;
        }
    }

    private static Optional<Format> format(String word) {
        return switch (word) {
            case "table" -> Optional.of(Format.table);
            case "json" -> Optional.of(Format.json);
            case "sarif" -> Optional.of(Format.sarif);
            case "junit" -> Optional.of(Format.junit);
            default -> Optional.empty();
        };
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Severity failOn() {
        String word = options.get(ScanOptions.FAIL_ON);
        return word == null ? USUAL_THRESHOLD : Severity.parse(word);
    }

    Format format() {
        return format(options.getOrDefault(ScanOptions.FORMAT, "")).orElse(Format.table);
    }

    /// The value of an option that is given.
    Path path(String option) {
        return Path.of(options.getOrDefault(option, ""));
    }

    /// The same, of a file that must be there.
    Path file(String option) {
        Path file = path(option);
        if (!Files.isRegularFile(file)) {
            throw new UserError("There is no such file", file.toString(), "Check " + option + ".");
        }
        return file;
    }
}
