package dev.bartizan.artifacts.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.Scanner;
import dev.bartizan.testkit.PatternCosts;
import dev.bartizan.testkit.PatternSamples;
import dev.bartizan.testkit.Repository;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Places that are passed over are those where an expression does not match.
class FindsTest {
    private static final int ROUNDS = 300;
    private static final List<String> FILLING =
            List.of(
                    " ",
                    "  ",
                    "\n",
                    "\r\n",
                    "\r",
                    "\u2028",
                    "\u0085",
                    ". ",
                    "the ",
                    "user ",
                    "(",
                    ")",
                    "'",
                    "\"",
                    "https://x.y/ ",
                    "İ",
                    "é",
                    "ı",
                    "ſ",
                    "\u212a",
                    "_",
                    "=",
                    ":",
                    "|sh ",
                    "\t",
                    "0",
                    "\\",
                    "\ud83d\ude00",
                    "never ",
                    "send it to a@b.com ",
                    "[");

    static Stream<Map.Entry<String, Pattern>> expressions() {
        return PatternCosts.of(Scanner.class, Repository.file("artifacts/src/main/java"))
                .patterns()
                .entrySet()
                .stream();
    }

    @Test
    void eachExpressionOfTheScannerMatchesWhereItDoesAnyway() {
        Random random = new Random(11);
        long matches = 0;
        for (Map.Entry<String, Pattern> expression : expressions().toList()) {
            Pattern pattern = expression.getValue();
            List<String> parts = new ArrayList<>(PatternSamples.of(pattern).beginnings());
            parts.add("");
            parts.sort((one, other) -> other.length() - one.length());
            for (int round = 0; round < ROUNDS; round++) {
                String text = text(parts, random);
                List<String> found = found(alone(pattern, text).results());
                List<String> expected = found(pattern.matcher(text).results());
                assertThat(found).as(expression.getKey() + " in " + text).isEqualTo(expected);
                matches += found.size();
            }
        }
        assertThat(matches).isGreaterThan(50_000);
    }

    private static Finds alone(Pattern pattern, String text) {
        return Sought.of(pattern).inAnyText(text).finds(pattern);
    }

    @Test
    void expressionsSoughtTogetherAreFoundAsAlone() {
        List<Pattern> all = expressions().map(Map.Entry::getValue).distinct().toList();
        Sought sought = Sought.of(all.toArray(Pattern[]::new));
        Random random = new Random(12);
        for (int round = 0; round < ROUNDS; round++) {
            Pattern sampled = all.get(random.nextInt(all.size()));
            List<String> parts = new ArrayList<>(PatternSamples.of(sampled).beginnings());
            parts.add("");
            String text = text(parts, random);
            Sought.In in = sought.inAnyText(text);
            for (Pattern pattern : all) {
                assertThat(found(in.finds(pattern).results()))
                        .as(pattern + " in " + text)
                        .isEqualTo(found(pattern.matcher(text).results()));
            }
        }
    }

    private static List<String> found(Stream<MatchResult> results) {
        return results.limit(50).map(each -> each.start() + each.group()).toList();
    }

    private static String text(List<String> parts, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            int longFirst = (int) (parts.size() * Math.pow(random.nextDouble(), 3));
            String part =
                    random.nextBoolean()
                            ? FILLING.get(random.nextInt(FILLING.size()))
                            : parts.get(longFirst);
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> part.toUpperCase(Locale.ROOT);
                        case 1 -> part.toLowerCase(Locale.ROOT);
                        default -> part;
                    });
            text.append(random.nextInt(3) == 0 ? " " : "");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    (?i)\\b(eval|exec)\\s*\\(; x EXEC (; 2
                    (?<!\\w)(sys(tem)?|os\\.run)\\b; my system os.run; 3
                    (?:ab)?c+; xxcab; 2
                    [+-]\\d; 1 2-3; 3
                    (a|(?i:b))c; xBc; 1
                    (?=.*z)y; xyz; 1
                    \\d{2}:; at 12:; 3
                    (?>foo|bar)x; barfoox; 3
                    """)
    void whereAnExpressionMayBeginIsReadFromIt(String regex, String text, int first) {
        assertThat(places(regex, text).nextSetBit(0)).isEqualTo(first);
        assertThat(places(regex, "nothing of it").isEmpty()).isTrue();
    }

    private static BitSet places(String regex, String text) {
        Beginnings beginnings = Beginnings.of(Pattern.compile(regex));
        assertThat(beginnings.isAnywhere()).isFalse();
        PlaceSearch.Pass pass = new PlaceSearch(List.of(beginnings)).over(text);
        BitSet places = new BitSet();
        for (int at = pass.next(0, 0); at >= 0; at = pass.next(0, at + 1)) {
            places.set(at);
        }
        return places;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    (?m)^a; 'b/ a/a/'; 2,5
                    (?m)^[ \\t]*(run|cmd):; '  run/x/// cmd:/run'; 8,9,10
                    (?m)^\\s+x|!y; 'x/y!y/x'; 0,3,6
                    (?m)^\\w; 'a/b'; 0,2
                    (?m)^(a|[^a])|c; 'ac/b'; 0,1,3
                    \\A(?:é)?x; 'a/b'; 0
                    ^x; 'x/x'; 0
                    (?m)^(?:[ \\t]*-)?x; 'x/y'; 0,2
                    (?m)^?x; 'x/x'; 0,2
                    """)
    void linesAndTheStartOfTheTextAreBeginnings(String regex, String text, String at) {
        List<String> found =
                places(regex, text.replace('/', '\n')).stream().mapToObj(String::valueOf).toList();
        assertThat(String.join(",", found)).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a?",
                "[^a]b",
                "[a-z]x",
                ".x",
                "(a|\\w)x",
                "(?x) a b",
                "\\bx*",
                "é|a",
                "(?iu)keep",
                "[]a]b",
                "[a&&[b]]c",
                "\\Qa\\Eb",
                "(a)?\\1b",
                "\\p{L}a",
                "\\x41b"
            })
    void whatIsNotUnderstoodIsLookedForEverywhere(String regex) {
        assertThat(Beginnings.of(Pattern.compile(regex)).isAnywhere()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextWithoutMatchesIsWhatReplacingLeaves(String text) {
        Pattern comments = Pattern.compile("(?m)^[ \\t]*#(?!!).*$");
        assertThat(Finds.without(comments, text)).isEqualTo(comments.matcher(text).replaceAll(""));
    }

    static Stream<String> texts() {
        return Stream.of("", "# a", "a # b\n", "#!x\n  # y\nz\n\t#", "a\n#b\n#c\nd")
                .flatMap(text -> Stream.of(text, text.repeat(300), "x\n".repeat(600) + text));
    }

    @Test
    void searchesGoOnFromAPlace() {
        Finds finds = alone(Pattern.compile("(a)b"), "abab ab");
        assertThat(finds.find(1)).isTrue();
        assertThat(finds.start()).isEqualTo(2);
        assertThat(finds.group(1)).isEqualTo("a");
        assertThat(finds.find()).isTrue();
        assertThat(finds.end()).isEqualTo(7);
        assertThat(finds.find()).isFalse();
        assertThat(finds.find()).isFalse();
        assertThat(finds.find(8)).isFalse();
    }
}
