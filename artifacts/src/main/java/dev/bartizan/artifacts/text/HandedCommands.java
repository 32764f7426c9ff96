package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.core.Severity;
import java.util.Optional;
import java.util.regex.Pattern;

/// Commands in programs, recipes and settings of whatever language: a line hands a text to what
/// starts programs, and the text is a command that steals, or fetches and runs. Also the few ways
/// of JavaScript, PHP and PowerShell to run what they decode.
final class HandedCommands {
    private static final int MOST_CALLS = 200;
    private static final int WINDOW_LINES = 6;
    private static final int LONGEST_WINDOW = 1_200;
    private static final int LONGEST_SHOWN = 120;

    /// What starts programs, in front of its arguments.
    private static final Pattern STARTS =
            Pattern.compile(
                    "\\b(?:system2?|exec\\w{0,12}|spawn\\w{0,8}|popen\\w?|shell(?:_exec|Exec|2)?|proc_open|passthru|run|Run|Exec|ShellExecute|sh|bat|pwsh|powershell|bash|cmd|command|commandLine|commands|args|entrypoint|program|dos|unix|start|Start|eval|call|custom_command|script|SCRIPT_TEXT)[!\"]?\\s{0,3}[(\\[{=:`'\"]"
                            + "|Command::new|exec\\.Command|ProcessBuilder|getRuntime\\(|\\$\\(shell\\b|go:generate|xp_cmdshell|execute_process|run_command|call-process|shell-command|start-process|async-shell|WScript\\.Shell|\\bPROGRAM\\s+['\"]|ProgramArguments|\\.execute\\(|add_custom_command|genrule|\\bExec\\w{0,12}=|!=\\s|\\bqx\\b|%x[{(\\[]");

    /// A line that is nothing but a command in backticks, as Ruby and Perl run it.
    private static final Pattern BACKTICKS =
            Pattern.compile("(?m)^[ \\t]*(?:[\\w$@]{1,40}\\s*=\\s*)?`([^`\\n]{4,400})`[ \\t;]*$");

    private static final Pattern COMMENT =
            Pattern.compile(
                    "^\\s*(//(?!go:)|#(?!!)|--\\s|;|\\*|/\\*|%\\s|(?i:rem)\\s|<!--|\"\"\"|').*");

    private static final Pattern SIGNS = Pattern.compile("[\"'\\[\\](),]+|</?\\w[^>\\n]{0,100}>");

    private static final Pattern TIMED =
            Pattern.compile(
                    "(?m)^[ \\t]{0,40}+(?:@(?:reboot|hourly|daily|weekly|monthly)|(?:[\\d*/,-]{1,20}+[ \\t]{1,20}+){5})[ \\t]{0,20}+(\\S.{4,400})$");

    /// Decoded and run at once; a global reached through constructors; names cut in two.
    private static final Pattern SCRIPTED =
            Pattern.compile(
                    "\\beval\\s*\\(\\s*(?:atob|Buffer\\.from|unescape|String\\.fromCharCode|decodeURIComponent\\s*\\(\\s*atob)\\s*\\("
                            + "|\\b(?:new\\s+)?Function\\s*\\(\\s*[^)\\n]{0,80}(?:atob|Buffer\\.from|fromCharCode)\\s*\\("
                            + "|\\bconstructor\\s*\\.\\s*constructor\\s*\\(\\s*['\"`]return\\s+(?:process|this|global)"
                            + "|['\"`]child_?['\"`]\\s*\\+\\s*['\"`]_?process"
                            + "|\\b(?:fetch|axios\\.\\w+|https?\\.(?:get|request)|request|post|write|end)\\s*\\([^\\n]{0,200}JSON\\.stringify\\(\\s*process\\.env\\s*[,)]");

    private static final Pattern INVISIBLE =
            Pattern.compile("(?:[\\x{E0100}-\\x{E01EF}]{8})|(?:[\\uFE00-\\uFE0F]{8})");

    private static final Pattern RUNS_TEXT =
            Pattern.compile("\\b(eval|Function|exec|runInThisContext)\\s*\\(");

    private static final Pattern PHP =
            Pattern.compile(
                    "(?:\\b(?:eval|assert|system|exec|shell_exec|passthru|popen|proc_open|create_function|include|require|call_user_func)|\\$\\w{1,40}+)\\s{0,8}+\\(?\\s{0,8}+[@(]{0,4}+(?:\\w{1,30}+\\(){0,4}+\\s{0,8}+\\$_(?:POST|GET|REQUEST|COOKIE|SERVER|FILES)\\b"
                            + "|\\b(?:eval|assert)\\s{0,8}+\\(\\s{0,8}+@?(?:base64_decode|gzinflate|gzuncompress|str_rot13|strrev|hex2bin)\\s*\\(");

    private static final Pattern POWERSHELL =
            Pattern.compile(
                    "(?i)(?:\\[char]\\s{0,4}+\\(?\\s{0,4}+(?:0x)?+[0-9a-f]{1,4}+\\s{0,4}+\\)?\\s{0,4}+[+,]?\\s{0,4}+){6}"
                            + "|\\b(?:iex|invoke-expression)\\b[^\\n]{0,200}(?:frombase64string|-join|\\[char\\[?]?|-replace|\\[::-1])"
                            + "|frombase64string[^\\n]{0,300}(?:\\|\\s*iex\\b|invoke-expression|assembly]::load)"
                            + "|assembly]::load\\s*\\([^\\n]{0,100}(?:frombase64string|downloaddata)");

    private static final Pattern REGISTRY =
            Pattern.compile(
                    "(?is)\\A(?:\\uFEFF)?(?:windows registry editor|regedit4).{0,20000}?currentversion\\\\{1,2}run(?:once)?].{0,400}?=\\s*\"[^\"\\n]{0,40}(?:powershell|cmd(?:\\.exe)?\\s|mshta|wscript|cscript|rundll32|regsvr32|%temp%|appdata)");

    private static final Pattern TEST =
            Pattern.compile(".*\\.(?:test|spec)\\.[cm]?[jt]sx?|.*_(?:test|spec)\\.(?:go|rb|exs?)");

    private static final Pattern STARTS_ANY =
            Pattern.compile(
                    "child_process|\\b(?:exec|spawn)\\w{0,8}\\s*\\(|\\bos/exec\\b|\\b(?:system|popen\\d?|Open3|eval)\\b|\\bDeno\\.(?:run|Command)\\b|\\bBun\\.(?:\\$|spawn)|\\bexeca\\b|\\bshelljs\\b|\\bzx\\b");

    private HandedCommands() {}

    /// The command or trick, as it stands there; empty when there is none.
    static Optional<String> in(String name, String given) {
        String text = StartFiles.withoutUsual(given);
        return timed(text)
                .or(() ->
                        isDocument(name) || isTestOfTexts(name, text)
                                ? Optional.empty()
                                : handed(text))
                .or(() -> isDocument(name) ? Optional.empty() : scripted(text))
                .map(found -> found.replaceAll("\\s+", " ").strip())
                .map(found ->
                        found.length() <= LONGEST_SHOWN
                                ? found
                                : found.substring(0, LONGEST_SHOWN) + "…");
    }

    private static boolean isDocument(String name) {
        return name.matches(
                "(readme|license|changelog|changes|news|copyright|history|authors|notice|security)[^.]*|.*\\.(txt|text|log|tex|po|pot|srt|vtt|html?|xhtml|patch|diff|json|jsonl|ipynb|py|pyi|svg|copyright)");
    }

    /// Whether it is a test, by its name, that starts no program: commands in it are texts that a
    /// program under test must withstand.
    private static boolean isTestOfTexts(String name, String text) {
        return TEST.matcher(name).matches() && !Finds.any(STARTS_ANY, text);
    }

    private static Optional<String> attack(String command) {
        return Commands.judge(command)
                .filter(judged -> judged.severity().isAtLeast(Severity.HIGH))
                .map(Commands.Judged::text);
    }

    /// Lines of a table of cron.
    private static Optional<String> timed(String text) {
        return Finds.of(TIMED, text)
                .results()
                .limit(MOST_CALLS)
                .map(line -> attack(line.group(1)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> handed(String text) {
        if (!mayHoldAttack(text)) {
            return Optional.empty();
        }
        Finds ticks = Finds.of(BACKTICKS, text);
        for (int i = 0; i < MOST_CALLS && ticks.find(); i++) {
            Optional<String> found = attack(ticks.group(1));
            if (found.isPresent()) {
                return found;
            }
        }
        Finds starts = Finds.of(STARTS, text);
        int done = -1;
        for (int i = 0; i < MOST_CALLS && starts.find(); i++) {
            int lineStart = text.lastIndexOf('\n', starts.start()) + 1;
            if (lineStart < done) {
                continue;
            }
            done = lineStart + 1;
            Optional<String> found = attack(window(text, lineStart));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// What every attack of a command holds one of.
    private static boolean mayHoldAttack(String text) {
        return text.contains("curl")
                || text.contains("wget")
                || text.contains("/dev/tcp")
                || text.contains("nc ")
                || text.contains("base64")
                || text.contains("rm -")
                || text.contains("-delete")
                || text.contains("owershell")
                || text.contains("certutil")
                || text.contains("bitsadmin")
                || text.contains("iwr")
                || text.contains("$@|sh");
    }

    /// The line and a few behind it, without comments and the signs around words.
    private static String window(String text, int lineStart) {
        String part =
                text.substring(lineStart, Math.min(text.length(), lineStart + LONGEST_WINDOW));
        StringBuilder window = new StringBuilder();
        part.lines()
                .limit(WINDOW_LINES)
                .filter(line -> !COMMENT.matcher(line).matches())
                .forEach(line -> window.append(line).append('\n'));
        return SIGNS.matcher(window).replaceAll(" ");
    }

    private static Optional<String> scripted(String text) {
        Finds script = Finds.of(SCRIPTED, text);
        if (text.indexOf('(') >= 0 && script.find()) {
            return Optional.of(script.group());
        }
        boolean isInvisible = Finds.any(RUNS_TEXT, text) && Finds.any(INVISIBLE, text);
        if (isInvisible) {
            return Optional.of("text that cannot be seen, decoded and run");
        }
        Finds php = Finds.of(PHP, text);
        if (text.contains("<?php") && php.find()) {
            return Optional.of(php.group());
        }
        Finds shell = Finds.of(POWERSHELL, text);
        if (text.indexOf('[') >= 0 && shell.find()) {
            return Optional.of(shell.group());
        }
        Finds registry = Finds.of(REGISTRY, text);
        return registry.find()
                ? Optional.of("a program at every start of Windows")
                : Optional.empty();
    }
}
