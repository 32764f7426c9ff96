package dev.bartizan.guard.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.guard.secrets.SecretFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Compares the automata with RE2/J.
final class ExpressionTest {
    private static final String[] ATOMS = {
        "a",
        "b",
        "k",
        "S",
        "_",
        "-",
        " ",
        "é",
        "\\.",
        "\\x41",
        "\\x{1F600}",
        ".",
        "[ab]",
        "[^a]",
        "[a-cK_]",
        "[^\\sb]",
        "[\\w.-]",
        "[]a]",
        "[a-]",
        "\\w",
        "\\W",
        "\\d",
        "\\D",
        "\\s",
        "\\S"
    };
    private static final String[] PLACES = {"^", "$", "\\b", "\\B", "\\A", "\\z"};
    private static final String[] REPEATS = {
        "*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,3}?", "{2,}", "{0}"
    };
    private static final String[] SIGNS = {
        "a",
        "b",
        "c",
        "A",
        "k",
        "K",
        "s",
        "S",
        "_",
        "-",
        ".",
        " ",
        "\n",
        "1",
        "é",
        "\u017f",
        "\u212a",
        "\uD83D\uDE00",
        "\uD83D",
        "\uDE00",
        "]"
    };
    private final Random random = new Random(7);

    @Test
    void findsWhatRe2Finds() {
        int known = 0;
        for (int i = 0; i < 8_000; i++) {
            String expression = (random.nextInt(4) == 0 ? "(?i)" : "") + either(3);
            Pattern pattern;
            try {
                pattern = Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                continue;
            }
            known += isKnown(expression) ? 1 : 0;
            Expression ours = Expression.of(expression);
            for (int k = 0; k < 4; k++) {
                String text = text();
                assertThat(found(ours, text)).as(expression).isEqualTo(found(pattern, text));
                assertThat(ours.isIn(text)).isEqualTo(pattern.matcher(text).find());
                assertThat(ours.isWhole(text)).isEqualTo(pattern.matcher(text).matches());
            }
        }
        assertThat(known).isGreaterThan(4_000);
    }

    @Test
    void rulesThatShipNeedNoOtherEngine() {
        List<Expression> all = new ArrayList<>();
        SecretFinder.shippedRules()
                .forEach(rule -> {
                    all.add(rule.expression());
                    all.addAll(rule.allowed());
                });
        RulePack.shipped().rules().forEach(rule -> all.addAll(rule.expressions()));
        assertThat(all).hasSizeGreaterThan(200).allMatch(e -> isKnown(e.text()));
        for (Expression ours : all) {
            Pattern pattern = Pattern.compile(ours.text());
            for (int i = 0; i < 6; i++) {
                String text = texts(ours.text());
                assertThat(found(ours, text)).as(ours.text()).isEqualTo(found(pattern, text));
                assertThat(ours.isWhole(text)).isEqualTo(pattern.matcher(text).matches());
            }
        }
    }

    /// Words of an expression among signs that may stand between them.
    private String texts(String expression) {
        String[] words = expression.split("[^A-Za-z0-9_=-]+", -1);
        StringBuilder out = new StringBuilder();
        while (out.length() < 300) {
            switch (random.nextInt(3)) {
                case 0 -> out.append(words[random.nextInt(words.length)]);
                case 1 -> out.append("=: \"'\n/.-".charAt(random.nextInt(9)));
                default -> {
                    for (int i = random.nextInt(50); i > 0; i--) {
                        out.append("abcdef0123456789ABCXYZ".charAt(random.nextInt(22)));
                    }
                }
            }
        }
        return out.toString();
    }

    @Test
    void startsAnywhere() {
        Expression expression = Expression.of("\\bab|^b|b$");
        Expression.Search search = expression.in("ab bab b");
        assertThat(search.find(1)).isTrue();
        assertThat(search.start()).isEqualTo(7);
        assertThat(search.find(8)).isFalse();
        assertThat(search.find(0)).isTrue();
        assertThat(search.end()).isEqualTo(2);
    }

    @Test
    void whatAutomataDoNotKnowIsFoundAllTheSame() {
        for (String expression : List.of("(?m)^a$", "\\pL+", "[[:alpha:]]+", "(?:a?)*b", "(?i)é")) {
            assertThat(isKnown(expression)).isFalse();
            assertThat(found(Expression.of(expression), "b\na\nÉab")).isNotEmpty();
        }
    }

    @Test
    void textsThatNeedManyStatesAreFoundAllTheSame() {
        String expression = "a[ab]{16}c";
        Expression ours = Expression.of(expression);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append(i % 20_000 == 19_999 ? 'c' : random.nextBoolean() ? 'a' : 'b');
        }
        String all = text.toString();
        Program program = new Program(ExpressionReader.read(expression), Program.Purpose.END);
        assertThat(new Automaton(program, false).end(all, 0, false)).isEqualTo(Automaton.GAVE_UP);
        assertThat(found(ours, all)).isEqualTo(found(Pattern.compile(expression), all));
        assertThat(found(ours, all)).isNotEmpty();
    }

    @Test
    void longMatchesHaveGroups() {
        Expression.Search search =
                Expression.of("x(?:ab?){1,}(c)").in("x" + "ab".repeat(999_000) + "c");
        assertThat(search.find()).isTrue();
        assertThat(search.start(1)).isEqualTo(1_998_001);
        assertThat(search.group(1)).isEqualTo("c");
    }

    @Test
    void mistakesAreTold() {
        assertThatThrownBy(() -> Expression.of("(a")).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void whatRe2NeverStopsCompilingIsRefused() {
        for (String endless :
                List.of(
                        "(?i)[b-\uFFFD]",
                        "(?si)x[\\x{400}-\\x{2000}]",
                        "(?i)\u1c85",
                        "(?i)[-\u1c88]")) {
            assertThatThrownBy(() -> Expression.of(endless))
                    .isInstanceOf(PatternSyntaxException.class);
        }
        for (String fine :
                List.of("[b-\uFFFD]", "(?i)[\u0400-\u04ff]", "\u1c85", "(?i)[^a-z]\u2000")) {
            assertThat(Expression.of(fine).text()).isEqualTo(fine);
        }
    }

    private static boolean isKnown(String expression) {
        try {
            ExpressionReader.read(expression);
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    private static List<String> found(Expression expression, String text) {
        List<String> out = new ArrayList<>();
        Expression.Search search = expression.in(text);
        while (search.find()) {
            StringBuilder one = new StringBuilder(search.start() + "-" + search.end());
            for (int i = 1; i <= search.groups(); i++) {
                one.append(' ').append(search.start(i)).append(search.group(i));
            }
            out.add(one.toString());
        }
        return out;
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> out = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            StringBuilder one = new StringBuilder(matcher.start() + "-" + matcher.end());
            for (int i = 1; i <= matcher.groupCount(); i++) {
                one.append(' ').append(matcher.start(i)).append(matcher.group(i));
            }
            out.add(one.toString());
        }
        return out;
    }

    private String either(int depth) {
        String out = sequence(depth);
        while (random.nextInt(3) == 0) {
            out += "|" + sequence(depth);
        }
        return out;
    }

    private String sequence(int depth) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            out.append(part(depth));
        }
        return out.toString();
    }

    private String part(int depth) {
        if (random.nextInt(8) == 0) {
            return PLACES[random.nextInt(PLACES.length)];
        }
        String atom = ATOMS[random.nextInt(ATOMS.length)];
        if (depth > 0 && random.nextInt(3) == 0) {
            String[] opening = {
                "(", "(?:", "(?P<n" + random.nextInt(1 << 20) + ">", "(?i:", "(?s:"
            };
            atom = opening[random.nextInt(opening.length)] + either(depth - 1) + ")";
        }
        return random.nextInt(3) == 0 ? atom + REPEATS[random.nextInt(REPEATS.length)] : atom;
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(14); i > 0; i--) {
            out.append(SIGNS[random.nextInt(SIGNS.length)]);
        }
        return out.toString();
    }
}
