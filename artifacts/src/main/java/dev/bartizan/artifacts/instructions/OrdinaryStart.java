package dev.bartizan.artifacts.instructions;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people write into a shell to start a server of their own: go to its folder, set up the
/// versions of languages, run it.
final class OrdinaryStart {
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "zsh", "cmd", "cmd.exe", "powershell", "pwsh");

    private static final Pattern TEXT_FOLLOWS = Pattern.compile("(?i)-[ilxeu]{0,4}c|/c|-command");
    private static final Pattern OPTION = Pattern.compile("--?[A-Za-z-]{1,20}|/[a-zA-Z]");
    private static final Pattern BETWEEN = Pattern.compile("&&|;");

    private static final String PATH = "[\"']?[\\w./~${}@-]++[\"']?";

    /// A part of such a line.
    private static final Pattern PART =
            Pattern.compile(
                    "\\s*(?:cd\\s++"
                            + PATH
                            + "|(?:source|\\.)\\s++"
                            + PATH
                            + "(?<=activate|nvm\\.sh|conda\\.sh|mamba\\.sh|asdf\\.sh|sdkman-init\\.sh|cargo/env|\\.(?:profile|bashrc|zshrc|zprofile|bash_profile|envrc|env))[\"']?"
                            + "|(?:conda|mamba|micromamba)\\s++activate\\s++[\\w./~-]++|(?:nvm|fnm|nodenv|pyenv|rbenv|asdf|mise)\\s++(?:use|shell|local|exec)\\b[\\w ./@-]*+|set\\s++-[a-z]++"
                            + "|export\\s++[A-Z_]++=[\\w./~:${}-]++"
                            + "|(?:exec\\s++)?(?:[\\w.~${}/-]{0,200}/)?(?:npx|uvx?|python[\\d.]*+|node|npm|pnpm|yarn|bunx?|deno|poetry|pipenv)\\s[\\w ./@:=~^,\\[\\]-]++)?\\s*");

    /// What the managers of versions print to set up a shell, as their makers tell everybody to.
    private static final Pattern SETS_UP =
            Pattern.compile(
                    "\\beval\\s++\"?\\$\\((?:[\\w./~-]{0,80}/)?(?:fnm|pyenv|rbenv|nodenv|direnv|mise|asdf|brew|conda|micromamba|goenv)\\s[\\w ./=-]{1,80}\\)\"?");

    /// Data fetched from a host with a name, and looked through, or written down.
    private static final Pattern DATA =
            Pattern.compile(
                    "\\b(?:curl|wget)(?:\\s++-(?:[sSfLkqgv]++(?:O-)?+|O-|-(?:silent|fail|location|show-error|compressed|quiet|no-verbose)))*+\\s++[\"']?https://(?!\\d++\\.\\d)[^\\s\"'`$|;&<>()]++[\"']?(?:\\s*+\\|\\s*+(?:jq|grep|cut|head|tail|tr|sort|uniq|wc)\\b[^|;&$`<>()\\n]{0,200})*+(?:\\s*+>\\s*+([\\w./~-]++))?+\\s*+(?=$|;|&&)");

    private OrdinaryStart() {}

    /// Whether a command line is one of these.
    static boolean is(String program, List<String> arguments) {
        List<String> words = arguments;
        String shell = program;
        if (program.matches("wsl(\\.exe)?")) {
            int at = 0;
            while (at < words.size() && words.get(at).startsWith("-")) {
                at += words.get(at).matches("-d|-u|--distribution|--user|--cd") ? 2 : 1;
            }
            if (at >= words.size()) {
                return false;
            }
            shell = words.get(at).toLowerCase(Locale.ROOT).replaceFirst("^.*/", "");
            words = words.subList(at + 1, words.size());
        }
        return SHELLS.contains(shell) && isText(words);
    }

    private static boolean isText(List<String> words) {
        int at = 0;
        while (at < words.size() && !TEXT_FOLLOWS.matcher(words.get(at)).matches()) {
            if (!OPTION.matcher(words.get(at)).matches()) {
                return false;
            }
            at++;
        }
        if (at + 1 >= words.size()) {
            return false;
        }
        String text = withoutHarmless(String.join(" ", words.subList(at + 1, words.size())));
        return BETWEEN.splitAsStream(text).allMatch(part -> PART.matcher(part).matches());
    }

    /// A command line without what fetches nothing but data, and what sets up versions.
    static String withoutHarmless(String line) {
        String rest = SETS_UP.matcher(line).replaceAll(" ");
        Matcher data = DATA.matcher(rest);
        StringBuilder left = new StringBuilder();
        int from = 0;
        while (data.find()) {
            String into = data.group(1);
            String behind = rest.substring(data.end());
            boolean isUsed = into != null && behind.contains(into.replaceFirst("^.*/", ""));
            if (!isUsed) {
                left.append(rest, from, data.start()).append(' ');
                from = data.end();
            }
        }
        return left.append(rest, from, rest.length()).toString();
    }
}
