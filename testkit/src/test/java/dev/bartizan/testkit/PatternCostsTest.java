package dev.bartizan.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternCostsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+b",
                "(?m)^\\s*from\\s+\\w",
                "<!--.*?-->x",
                "(?s)<!--.*?-->",
                "key\\s*:?\\s*x",
                "https?://[^\\s]+[?&]q=",
                "\\A(\\s|#[^\\n]*\\n)*Boot",
                "(curl|wget)\\b.*\\|",
                "nc (-\\w+ )*\\S+ \\d",
                "\\w+@\\w+\\.com",
                "\"(?:[^\"\\\\]|\\\\.)*\""
            })
    void whatBacktracksForLongIsDear(String pattern) {
        assertTrue(PatternCosts.dear(Pattern.compile(pattern)).isPresent(), pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?<!a)a++b",
                "(?m)^[ \\t]*from\\s++\\w",
                "(?s)<!--(?:(?!<!--).){0,40}-->",
                "key\\s*+(?::\\s*+)?x",
                "\\A(?:\\s++|#[^\\n]*+\\n)*+Boot",
                "(curl|wget)\\b.{0,200}\\|",
                "nc (?:-\\w++ ){0,9}+\\S+ \\d",
                "(?<!\\w)\\w{1,60}@\\w{1,60}\\.com",
                "(?<![\\w/])[/\\\\](?:[\\w.@~-]{1,255}[/\\\\]?){1,60}"
            })
    void whatDoesNotIsNot(String pattern) {
        assertEquals(Optional.empty(), PatternCosts.dear(Pattern.compile(pattern)));
    }
}
