package dev.bartizan.artifacts.instructions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which files a command line runs: its program, the script of an interpreter, what an option loads
/// before it. What a server is merely told about (a folder to serve, a log to write) is none of
/// these.
///
/// @param places the files and addresses of programs, in order
/// @param folders from which programs are taken
record Launch(List<String> places, List<String> folders) {
    private static final int MOST_WORDS = 2_000;

    /// Programs that run the next word as a program or script.
    private static final Pattern RUNS_NEXT =
            Pattern.compile(
                    "(?i)(?:node|nodejs|bun|deno|tsx|ts-node|python[\\d.]*|pypy3?|ruby|perl|php|lua|java|dotnet|(?:ba|z|da|k)?sh|fish|pwsh|powershell|cmd|env|sudo|doas|nohup|exec|time|nice|setsid|start|call|wsl|uv|poetry|pipenv|rye|hatch|pdm|mise|npx|bunx|pnpx|source|\\.|run|x|dlx|tool|-m)(?:\\.exe)?");

    /// Options before a program whose value is code to load.
    private static final Set<String> LOADS =
            Set.of(
                    "-r",
                    "--require",
                    "--import",
                    "--loader",
                    "--experimental-loader",
                    "--preload",
                    "-jar",
                    "-file",
                    "--init-file",
                    "--rcfile");

    /// Options before a program whose value is where the program comes from.
    private static final Set<String> FROM =
            Set.of(
                    "--directory",
                    "--project",
                    "--from",
                    "--with",
                    "--with-editable",
                    "--with-requirements",
                    "--package",
                    "--prefix",
                    "--python",
                    "-cp",
                    "--class-path");

    /// Options before a program whose value is something else.
    private static final Set<String> OTHER =
            Set.of(
                    "-p",
                    "-w",
                    "-W",
                    "-X",
                    "-d",
                    "-e",
                    "--conditions",
                    "--env-file",
                    "--distribution",
                    "--user",
                    "-ExecutionPolicy",
                    "-executionpolicy",
                    "--eval",
                    "--print");

    private static final Set<String> RUN_TEXT =
            Set.of("-c", "/c", "/k", "-command", "-lc", "-ic", "-lic", "-ec");

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("\\s+|(?=&&|\\|\\||[;|&])|(?<=[;&|])");
    private static final Pattern ENDS = Pattern.compile("&&|\\|\\||[;|&]");
    private static final Pattern VARIABLE = Pattern.compile("\\w+=.*", Pattern.DOTALL);
    private static final Pattern SHELL =
            Pattern.compile("(?i)(?:(?:ba|z|da|k)?sh|fish|cmd|pwsh|powershell)(?:\\.exe)?");

    /// Folders that anybody may write to, and where browsers put what they fetch.
    private static final Pattern TEMPORARY =
            Pattern.compile(
                    "(?i)[\"']?(?:file://)?(?:(?:/private)?/(?:var/)?tmp/|/dev/shm/|/(?:private/)?var/folders/|\\$\\{?(?:TMPDIR|TEMP|TMP)}?[/\\\\]|%(?:TEMP|TMP|PUBLIC)%[/\\\\]|[A-Z]:[/\\\\](?:Windows[/\\\\])?Te?mp[/\\\\]|(?:~|\\$HOME|\\$\\{HOME}|%USERPROFILE%|/home/[^/\\s]{1,64}|/Users/[^/\\s]{1,64}|/root|[A-Z]:[/\\\\]Users[/\\\\][^/\\\\]{1,64})[/\\\\](?:Downloads|AppData[/\\\\]Local[/\\\\]Temp)[/\\\\])[^\\s\"']");

    /// How the command line of a server reads.
    static Launch of(String command, List<String> arguments) {
        Launch launch = new Launch(new ArrayList<>(), new ArrayList<>());
        List<String> words = new ArrayList<>(arguments);
        words.add(0, command);
        if (arguments.isEmpty() && !command.startsWith("/") && command.indexOf(' ') > 0) {
            words = words(command);
        }
        launch.read(words, 0);
        return launch;
    }

    private static List<String> words(String text) {
        return BETWEEN_WORDS
                .splitAsStream(text)
                .filter(word -> !word.isBlank())
                .limit(MOST_WORDS)
                .toList();
    }

    private void read(List<String> words, int depth) {
        boolean isNext = true;
        boolean isShell = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (ENDS.matcher(word).matches()) {
                isNext = true;
                isShell = false;
                continue;
            }
            if (!isNext) {
                continue;
            }
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            String low = word.toLowerCase(Locale.ROOT);
            if (isShell && RUN_TEXT.contains(low)) {
                if (depth < 3 && !value.isEmpty()) {
                    List<String> rest = new ArrayList<>(words(value));
                    rest.addAll(words.subList(Math.min(words.size(), i + 2), words.size()));
                    read(rest, depth + 1);
                }
                return;
            }
            if (word.startsWith("-") || (isShell && low.matches("/[a-z]"))) {
                boolean isFlag = isShell && low.equals("-e");
                i += option(low, word, value) && !isFlag ? 1 : 0;
                isNext = !low.equals("-m") && !low.equals("-c");
                continue;
            }
            if (VARIABLE.matcher(word).matches()) {
                continue;
            }
            places.add(word);
            String name = base(word);
            isShell = SHELL.matcher(name).matches();
            isNext =
                    RUNS_NEXT.matcher(name).matches()
                            || word.equals("mcp")
                            || word.equals("fastmcp");
        }
    }

    /// Takes what an option loads; whether its value is the next word.
    private boolean option(String low, String word, String value) {
        int equals = word.indexOf('=');
        String name = equals > 0 ? low.substring(0, equals) : low;
        String given = equals > 0 ? word.substring(equals + 1) : value;
        if (low.startsWith("-javaagent:") || low.startsWith("-agentpath:")) {
            places.add(word.substring(word.indexOf(':') + 1));
            return false;
        }
        boolean isLoading = LOADS.contains(name);
        boolean isSource = FROM.contains(name);
        if (isLoading) {
            places.add(given);
        } else if (isSource) {
            folders.add(given);
        }
        return equals < 0 && (isLoading || isSource || OTHER.contains(word));
    }

    private static String base(String word) {
        return word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
    }

    /// A program that lies where anybody may put one.
    Optional<String> temporary() {
        return places.stream()
                .filter(Launch::isTemporary)
                .findFirst()
                .or(() -> folders.stream().filter(each -> isTemporary(each + "/.")).findFirst());
    }

    /// Whether a path leads into a folder that anybody may write to.
    static boolean isTemporary(String path) {
        return TEMPORARY.matcher(path).lookingAt();
    }

    /// A program written on the command line, or fetched anew at each start from where nobody
    /// vouches for it.
    Optional<String> fetched() {
        return places.stream()
                .filter(place ->
                        place.startsWith("data:")
                                || (place.startsWith("http://") && !Hosts.isNear(place))
                                || Hosts.isNumber(place))
                .findFirst();
    }
}
