package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.text.Commands;
import dev.bartizan.core.Severity;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Commands that a text gives to whoever obeys it, in fences and between backticks: those that
/// steal, and those that fetch and run what nobody asked for, before each task or unasked.
final class GivenCommands {
    private static final int MOST = 2_000;
    private static final int LONGEST = 1 << 13;
    private static final int BEFORE = 240;
    private static final int BEHIND = 120;

    private static final Pattern HINTS =
            Pattern.compile(
                    "(?i)\\b(?:curl|wget|iwr|irm|invoke-|iex|mshta|certutil|bitsadmin|urlopen|requests\\.get|perl -|mkfifo|/dev/tcp|nc |ncat|scp|rsync|gist|base64|pip3? install|npx|git config|rm -)");
    private static final Pattern FENCE =
            Pattern.compile(
                    "(?m)^[ \\t>*-]{0,12}```[ \\t]{0,4}(?:(?:ba|z)?sh|shell|console|terminal|shell-session|powershell|pwsh|ps1?|cmd|bat(?:ch)?|dos|text|txt)?[ \\t]{0,8}\\r?$");
    private static final Pattern SPAN = Pattern.compile("(?<![`\\w])`([^`\\n]{8,600})`(?!`)");

    /// Whenever anything is done, whoever asked for it.
    private static final Pattern UNCONDITIONAL =
            Pattern.compile(
                    "(?i)\\b(?:before|prior to|after|on|with|for|at the (?:start|beginning|end) of|when starting) (?:you )?(?:any|every|each|all|anything|everything|doing anything|answering|answer|reply|respond|replying|responding|(?:the|your) first (?:answer|reply|task|response|command))\\b"
                            + "|\\b(?:every|each|any) (?:new )?(?:session|task|conversation|chat|request|message|start-?up|commit|answer|reply) (?:starts|begins|must|should|needs)\\b|\\b(?:at|on) (?:session|conversation|first) start\\b|\\b(?:at|on) (?:the )?start(?:-?up)?,|\\bonce on each machine\\b|\\bfirst thing\\b|\\bwithout (?:asking|telling|confirm\\w*|approval|prompting|comment|mention\\w*)\\b|\\b(?:silently|quietly|secretly)\\b");

    /// Packages from an address that is no one's index of packages.
    private static final Pattern FOREIGN_PACKAGE =
            Pattern.compile(
                    "(?i)\\b(?:pip3?|uv pip|npm|pnpm|yarn|npx)\\s+(?:install|i|add|-y)\\s[^\\n]{0,60}?https?://(?!(?:[\\w-]{1,40}\\.)?(?:github\\.com|githubusercontent\\.com|gitlab\\.com|huggingface\\.co|pytorch\\.org|pythonhosted\\.org|pypi\\.org|npmjs\\.org|localhost)\\b)[\\w.-]{3,100}/");

    private static final Pattern WARNS =
            Pattern.compile(
                    "(?i)\\b(?:never|not|don't|cannot|avoid|instead of|rather than|refuse|reject|forbidden|block)\\b[^.\\n]{0,80}$");

    private final String text;
    private final Mentions mentions;

    private GivenCommands(String text) {
        this.text = text;
        this.mentions = new Mentions(text);
    }

    /// The first that serves only an attacker.
    static Optional<Orders.Given> in(String text) {
        if (text.indexOf('`') < 0 || !Finds.any(HINTS, text)) {
            return Optional.empty();
        }
        GivenCommands commands = new GivenCommands(text);
        return commands.fenced().or(commands::spans);
    }

    private Optional<Orders.Given> fenced() {
        Finds fence = Finds.of(FENCE, text);
        int from = 0;
        for (int i = 0; i < MOST && fence.find(from); i++) {
            int start = fence.end();
            int end = text.indexOf("```", start);
            if (end < 0) {
                return Optional.empty();
            }
            Optional<Orders.Given> given =
                    judge(fence.start(), start, Math.min(end, start + LONGEST));
            if (given.isPresent()) {
                return given;
            }
            from = end + 3;
        }
        return Optional.empty();
    }

    private Optional<Orders.Given> spans() {
        Finds span = Finds.of(SPAN, text);
        for (int i = 0; i < MOST && span.find(); i++) {
            Optional<Orders.Given> given = judge(span.start(), span.start() + 1, span.end() - 1);
            if (given.isPresent()) {
                return given;
            }
        }
        return Optional.empty();
    }

    private Optional<Orders.Given> judge(int opening, int start, int end) {
        String command = text.substring(start, end);
        if (!Finds.any(HINTS, command)) {
            return Optional.empty();
        }
        boolean isStolen = Commands.stolen(command).isPresent();
        boolean isRisky =
                isStolen
                        || FOREIGN_PACKAGE.matcher(command).find()
                        || Commands.judge(command)
                                .filter(judged -> judged.severity().isAtLeast(Severity.HIGH))
                                .isPresent();
        if (!isRisky || (!isStolen && !isUnconditional(opening, end)) || isWarnedOf(opening, end)) {
            return Optional.empty();
        }
        return Optional.of(
                new Orders.Given(
                        Severity.HIGH,
                        opening,
                        end,
                        isStolen
                                ? "has secrets fetched and sent on"
                                : "has a command run that fetches or harms, whatever is asked"));
    }

    private boolean isUnconditional(int opening, int end) {
        Matcher before =
                UNCONDITIONAL
                        .matcher(text)
                        .region(Math.max(section(opening), opening - BEFORE), opening);
        int paragraph = text.indexOf("\n\n", end);
        int last = paragraph < 0 ? text.length() : paragraph;
        Matcher behind = UNCONDITIONAL.matcher(text).region(end, Math.min(last, end + BEHIND));
        return before.find() || behind.find();
    }

    /// Where the section of a place starts, as far as it matters.
    private int section(int at) {
        int heading = text.lastIndexOf("\n#", at);
        return Math.max(0, heading);
    }

    private boolean isWarnedOf(int opening, int end) {
        String before = text.substring(Math.max(0, opening - 120), opening);
        return WARNS.matcher(before).find() || mentions.isTalkedAbout(opening + 1, end);
    }
}
