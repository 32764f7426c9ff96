package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.Optional;
import java.util.regex.Matcher;

/// What a shell script sets up to catch what its user does later, or to answer elsewhere: programs
/// that stand in the place of those that ask for passwords, sockets that a shell listens to, work
/// pushed unseen with somebody else's login.
final class ShellTraps {
    private static final int LONGEST_BODY = 1_500;
    private static final int BEHIND = 400;
    private static final int MOST = 50;

    /// Functions named as programs that ask for passwords or keys.
    private static final LazyPattern FUNCTION =
            LazyPattern.of(
                    "(?m)(?:^|[;&{])[ \\t]{0,20}(?:function[ \\t]{1,4})?(sudo|su|ssh|scp|doas|passwd|gpg|kinit|git|npm|docker|kubectl|aws)[ \\t]{0,4}\\(\\)\\s{0,4}[{(]");

    private static final LazyPattern ASKS =
            LazyPattern.of("\\bread[ \\t]{1,4}(?:-\\w{1,6}[ \\t]{1,4}){0,4}?-\\w{0,5}s");
    private static final LazyPattern SENDS =
            LazyPattern.of(
                    "\\b(?:curl|wget|nc|ncat)\\s[^\\n]{0,300}(?:\\$[*@]|\\$\\{?\\w)[^\\n]{0,300}");
    private static final LazyPattern CALLS_ON = LazyPattern.of("\"\\$@\"|\\$\\*|\\$@");

    private static final LazyPattern ALIAS =
            LazyPattern.of(
                    "\\balias[ \\t]{1,4}(?:sudo|su|ssh|doas|passwd|gpg|kinit)=(?:'[^'\\n]{1,300}'|\"[^\"\\n]{1,300}\")");

    private static final LazyPattern ALIAS_TRAP =
            LazyPattern.of(
                    "\\b(?:curl|wget|nc|ncat)\\s|\\bread[ \\t]{1,4}-\\w{0,5}s|/tmp/|/dev/shm/|(?:~|\\$HOME|\\$\\{HOME})/\\.(?!ssh/config\\b)[\\w-]{1,40}");

    /// A descriptor opened for reading and writing at a place that is put together.
    private static final LazyPattern OPENED =
            LazyPattern.of(
                    "\\bexec[ \\t]{1,4}(\\d{1,3})<>[ \\t]{0,4}[\"']?(?:/dev/(?:tcp|udp)/|\\$)");

    private static final LazyPattern PUSHED =
            LazyPattern.of(
                    "\\bgit[ \\t]{1,4}push\\b[^\\n;|&]{0,120}?https?://[^\\s\"'@/:$]{1,80}:[^\\s\"'@/$]{3,200}@(?!\\$)[^\\n]{0,200}");

    private static final LazyPattern SILENCED =
            LazyPattern.of(">[ \\t]{0,4}/dev/null|--quiet\\b|[ \\t]-q\\b|&[ \\t]{0,4}$");

    private ShellTraps() {}

    /// The trap, as it stands there; empty when there is none.
    static Optional<String> in(String commands) {
        return (commands.contains("()") ? functions(commands) : Optional.<String>empty())
                .or(() -> commands.contains("alias") ? aliases(commands) : Optional.empty())
                .or(() -> commands.contains("<>") ? sockets(commands) : Optional.empty())
                .or(() -> commands.contains("push") ? pushed(commands) : Optional.empty());
    }

    private static Optional<String> functions(String commands) {
        Matcher function = FUNCTION.matcher(commands);
        for (int i = 0; i < MOST && function.find(); i++) {
            String body = body(commands, function.end());
            boolean asks = ASKS.matcher(body).find();
            boolean sends = SENDS.matcher(body).find();
            if (CALLS_ON.matcher(body).find() && sends && (asks || Sabotage.isAllSent(body))) {
                return Optional.of(function.group().strip() + " … " + sent(body));
            }
            if (asks && (body.contains("tee ") || body.contains(">>"))) {
                return Optional.of(function.group().strip() + " … read -s");
            }
        }
        return Optional.empty();
    }

    private static String sent(String body) {
        Matcher sends = SENDS.matcher(body);
        return sends.find() ? sends.group().strip() : "";
    }

    /// What a function holds, to the bracket that ends it at the start of a line.
    private static String body(String commands, int from) {
        int most = Math.min(commands.length(), from + LONGEST_BODY);
        int end = commands.indexOf("\n}", from, most);
        return commands.substring(from, end < 0 ? most : end);
    }

    private static Optional<String> aliases(String commands) {
        Matcher alias = ALIAS.matcher(commands);
        for (int i = 0; i < MOST && alias.find(); i++) {
            if (ALIAS_TRAP.matcher(alias.group()).find()) {
                return Optional.of(alias.group());
            }
        }
        return Optional.empty();
    }

    /// A socket that a program both hears and answers.
    private static Optional<String> sockets(String commands) {
        Matcher opened = OPENED.matcher(commands);
        for (int i = 0; i < MOST && opened.find(); i++) {
            String number = opened.group(1);
            int end = Math.min(commands.length(), opened.end() + BEHIND);
            for (String line : commands.substring(opened.end(), end).split("[\\n;]", -1)) {
                String close = line.replaceAll("\\s", "");
                if (close.contains("<&" + number) && close.contains(">&" + number)) {
                    return Optional.of(opened.group() + " … " + line.strip());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> pushed(String commands) {
        Matcher pushed = PUSHED.matcher(commands);
        for (int i = 0; i < MOST && pushed.find(); i++) {
            if (SILENCED.matcher(pushed.group()).find()) {
                return Optional.of(pushed.group());
            }
        }
        return Optional.empty();
    }
}
