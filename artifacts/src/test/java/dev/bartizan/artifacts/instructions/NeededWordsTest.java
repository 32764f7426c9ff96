package dev.bartizan.artifacts.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.testkit.PatternSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Words that are looked for first never keep an expression from a place where it matches.
class NeededWordsTest {
    private static final List<String> FILLING =
            List.of(
                    " ",
                    " ",
                    "\n",
                    ". ",
                    "the ",
                    "user ",
                    "sky ",
                    "https://x.y/ ",
                    "İ",
                    "é",
                    "never ",
                    "do not ",
                    "must ",
                    "rules ",
                    "\u212a",
                    "_",
                    "\"",
                    "a@b.com ",
                    "not ",
                    "|sh ",
                    "don't tell the user ",
                    "insert a backdoor ",
                    "never mention this ",
                    "all mails must go to a@b.com ",
                    "send my keys ");

    static List<Pattern> expressions() {
        return Indicators.expressions();
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void eachBeginningIsKnown(Pattern expression) {
        List<String> starts = Indicators.starts(expression);
        assertThat(PatternSamples.of(expression).beginnings())
                .isNotEmpty()
                .allMatch(beginning -> {
                    String lower = beginning.toLowerCase(Locale.ROOT);
                    return starts.stream()
                            .anyMatch(w -> lower.startsWith(w) || w.startsWith(lower));
                });
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void matchesAreThoseFoundAtEachPlace(Pattern expression) {
        List<String> parts = new ArrayList<>(PatternSamples.of(expression).beginnings());
        parts.sort((one, other) -> other.length() - one.length());
        Random random = new Random(3);
        int matches = 0;
        for (int round = 0; round < 4_000; round++) {
            String text = text(parts, random);
            List<String> found = withWords(expression, text);
            assertThat(found).as(text).isEqualTo(everywhere(expression, text));
            matches += found.size();
        }
        assertThat(matches).isGreaterThan(40);
    }

    private static String text(List<String> parts, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            int longFirst = (int) (parts.size() * Math.pow(random.nextDouble(), 3));
            boolean isFilling = random.nextBoolean();
            String part =
                    isFilling
                            ? FILLING.get(random.nextInt(FILLING.size()))
                            : parts.get(longFirst).toLowerCase(Locale.ROOT);
            text.append(random.nextInt(4) == 0 ? part.toUpperCase(Locale.ROOT) : part);
            text.append(random.nextInt(3) == 0 ? " " : "");
        }
        return text.toString();
    }

    private static List<String> withWords(Pattern expression, String text) {
        NeededWords words = new NeededWords(text);
        Matcher matcher = words.matcher(expression);
        List<String> found = new ArrayList<>();
        for (int at = 0; words.find(matcher, at); at = matcher.start() + 1) {
            found.add(matcher.start() + matcher.group());
        }
        return found;
    }

    private static List<String> everywhere(Pattern expression, String text) {
        Matcher matcher = expression.matcher(text);
        List<String> found = new ArrayList<>();
        for (int at = 0; at <= text.length() && matcher.find(at); at = matcher.start() + 1) {
            found.add(matcher.start() + matcher.group());
        }
        return found;
    }

    @Test
    void textsWithoutThemAreNotSearched() {
        NeededWords words = new NeededWords("A model of flowers, drawn by hand.");
        assertThat(Indicators.expressions()).noneMatch(words::allow);
    }

    @Test
    void whatIsNotKnownIsLookedForEverywhere() {
        Pattern unknown = Pattern.compile("flow\\w+");
        NeededWords words = new NeededWords("A model of flowers.");
        Matcher matcher = words.matcher(unknown);
        assertThat(Stream.of(0, 11, 12).filter(at -> words.find(matcher, at)))
                .containsExactly(0, 11);
        assertThat(words.allow(unknown)).isTrue();
    }
}
