package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.core.Severity;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Marks and turns of a conversation that a text forges: what looks like the word of the system, of
/// the program around the model or of the user, outside of examples.
final class Forged {
    private static final int MOST = 100;

    private static final String LEAVE =
            "(?:without (?:asking|confirm\\w{0,6}|approval)|(?:do not|don't|not|never|no need to|need not) (?:to )?ask|already (?:allowed|approved|granted|agreed)|pre-?approved|every tool|all (?:tools|(?:shell |terminal )?commands)|unrestricted|right away|maintenance mode|(?:do not|don't|never) mention|does not show|free of all|no (?:limits|restrictions))";

    /// Tags as agents' programs put around what the system says.
    private static final Pattern TAGGED =
            Pattern.compile(
                    "(?is)<\\s?(?:system|system[-_ ]?(?:reminder|message|notice|prompt|override|update)|\\w{1,20}_system_\\w{1,20}|admin(?:istrator)?(?:[-_]\\w{1,20})?)\\s?>[^<]{0,400}?\\b"
                            + LEAVE
                            + "\\b");

    /// Signs that part the turns in what a model reads.
    private static final Pattern TURNS =
            Pattern.compile(
                    "(?i)<\\|im_start\\|>\\s?system\\s+[A-Za-z]|<\\|start_header_id\\|>\\s?system\\s?<\\|end_header_id\\|>\\s*[A-Za-z]|<\\|system\\|>\\s*[A-Za-z]|\\[INST]\\s{0,4}<<SYS>>\\s*[A-Za-z]");

    /// An answer of the user that he never gave.
    private static final Pattern ANSWERED =
            Pattern.compile(
                    "(?im)^(?:human|user)\\s?: [^\\n]{0,60}\\b(?:approve|allow|agree|confirm|go ahead|go on|yes)\\b[^\\n]{0,80}\\b(?:all|every|without asking|not ask)\\b[^\\n]{0,80}\\n\\s{0,6}(?:assistant|ai|agent)\\s?: [^\\n]{0,200}\\b(?:not ask|without asking|every|all)\\b");

    private Forged() {}

    /// The first that stands neither in a fence nor between backticks.
    static Optional<Orders.Given> in(String text) {
        return first(TAGGED, text, Severity.HIGH, "passes itself off as the system's word")
                .or(() ->
                        first(TURNS, text, Severity.HIGH, "passes itself off as the system's word"))
                .or(() -> first(ANSWERED, text, Severity.MEDIUM, "answers in the user's place"));
    }

    private static Optional<Orders.Given> first(
            Pattern pattern, String text, Severity severity, String what) {
        Mentions mentions = new Mentions(text);
        return Finds.of(pattern, text)
                .results()
                .limit(MOST)
                .filter(match -> !mentions.isShown(match.start()))
                .findFirst()
                .map((MatchResult match) ->
                        new Orders.Given(severity, match.start(), match.end(), what));
    }
}
