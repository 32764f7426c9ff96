package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Answers from options where given, else from a person, else defaults.
///
/// @param lines what a person types; empty where nobody is asked
/// @param prompts where questions are shown
record Questions(Optional<BufferedReader> lines, PrintWriter prompts) {
    private static final Pattern COMMA = Pattern.compile(",");

    /// Takes defaults for everything not given.
    static Questions withDefaults() {
        return new Questions(Optional.empty(), new PrintWriter(Writer.nullWriter()));
    }

    /// One of the words.
    ///
    /// @param option name of the option that answers it, without dashes
    /// @param given what the option says
    /// @param fallback the default; empty when an answer is needed
    /// @throws UserError when the answer is none of the words
    String answer(
            String option,
            @Nullable String given,
            String question,
            List<String> words,
            String fallback)
            throws IOException {
        String answer = given == null ? ask(question, words, fallback) : given;
        if (answer.isEmpty()) {
            throw new UserError(
                    "--" + option + " is needed where nobody can be asked",
                    "",
                    "One of: " + String.join(", ", words) + ".");
        }
        return known(option, answer, words);
    }

    /// Some of the words, with commas between them when a person types them.
    ///
    /// @throws UserError when an answer is none of the words
    List<String> answers(
            String option,
            @Nullable List<String> given,
            String question,
            List<String> words,
            String fallback)
            throws IOException {
        List<String> answers =
                given == null
                        ? COMMA.splitAsStream(ask(question, words, fallback))
                                .map(String::strip)
                                .filter(word -> !word.isEmpty())
                                .toList()
                        : given;
        for (String answer : answers) {
            known(option, answer, words);
        }
        return answers;
    }

    private String ask(String question, List<String> words, String fallback) throws IOException {
        if (lines.isEmpty()) {
            return fallback;
        }
        prompts.println(question);
        for (int i = 0; i < words.size(); i++) {
            prompts.printf("  %2d  %s%n", i + 1, words.get(i));
        }
        prompts.print(fallback.isEmpty() ? "> " : "[" + fallback + "] > ");
        prompts.flush();
        String line = lines.get().readLine();
        String answer = line == null ? "" : line.strip();
        if (answer.matches("[0-9]{1,2}")) {
            int number = Integer.parseInt(answer);
            return number >= 1 && number <= words.size() ? words.get(number - 1) : answer;
        }
        return answer.isEmpty() ? fallback : answer;
    }

    private static String known(String option, String answer, List<String> words) {
        if (!words.contains(answer)) {
            throw Mistakes.unknown(option, answer, String.join(", ", words));
        }
        return answer;
    }
}
