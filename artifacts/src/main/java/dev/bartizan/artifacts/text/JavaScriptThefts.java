package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Follows two things through a program in JavaScript: the user's secrets, read from their files
/// and handed to what sends, and what was fetched, handed to what runs a text.
final class JavaScriptThefts {
    private static final int LONGEST = 1 << 18;
    private static final int LONGEST_EXPRESSION = 600;

    /// In programs made small, one letter stands for many things.
    private static final int LONGEST_LINE = 1_000;

    private static final int LONGEST_CHAIN = 160;
    private static final int MOST = 4_000;
    private static final int MOST_NAMES = 200;

    private static final String SECRET_FILES =
            "\\.ssh\\b|\\bid_(?:rsa|ed25519|ecdsa)(?!\\.pub)|\\.aws[/\\\\'\"`, ]{1,6}credentials|\\.netrc\\b|\\.npmrc\\b|\\.git-credentials\\b|\\.docker/config\\.json|\\.kube/config\\b|\\.gnupg\\b|\\.config/(?:gcloud|gh)\\b|/etc/shadow\\b|\\.(?:bash|zsh)_history\\b|\\bwallet\\.dat\\b|\\bLogin Data\\b|\\bcookies\\.sqlite\\b|\\bkey4\\.db\\b";
    private static final Pattern SECRET = Pattern.compile(SECRET_FILES);
    private static final Pattern READS =
            Pattern.compile(
                    "\\b(?:readFileSync|readFile|createReadStream|readTextFile|readTextFileSync|readdirSync|Bun\\.file|copyFileSync|execSync|exec)\\b");

    /// A request, with the foreign address or the settings that it is made with.
    private static final Pattern SENDS =
            Pattern.compile(
                    "(?<![\\w$])(?:fetch|axios(?:\\.(?:post|put|get|request))?|got(?:\\.(?:post|put))?|needle(?:\\.post)?|superagent\\.post|sendBeacon|https?\\.(?:request|get)|request\\.post|net\\.(?:connect|createConnection)|dns\\.(?:lookup|resolve\\w{0,6})|[\\w$]{1,30}\\.(?:write|end|send))\\s*\\(");

    private static final Pattern FOREIGN =
            Pattern.compile(
                    "https?://(?!localhost|127\\.|10\\.|192\\.168\\.|\\[::1]|\\$)[\\w-]{1,60}\\.|\\b(?:host|hostname)\\s*:\\s*['\"`][\\w-]{1,60}\\.[\\w.-]{2,60}|\\b(?:net\\.connect|createConnection)\\s*\\([^)\\n]{0,60}['\"][\\w-]{1,60}\\.\\w");
    private static final Pattern FETCHES =
            Pattern.compile(
                    "(?<![\\w$.])(?:await\\s+)?(?:fetch|axios(?:\\.get)?|got)\\s*\\(|\\bhttps?\\.get\\s*\\(");
    private static final Pattern RUNS =
            Pattern.compile(
                    "(?<![\\w$.])(?:eval|(?:new\\s+)?Function|execSync|exec|spawnSync|spawn)\\s*\\(|\\.(?:runInThisContext|runInNewContext|runInContext|execSync|_compile)\\s*\\(|\\bnew\\s+(?:vm\\.)?Script\\s*\\(");

    /// A name that is given a value, or that stands for what a call hands on.
    private static final Pattern GIVEN =
            Pattern.compile(
                    "(?<![\\w$.])([A-Za-z_$][\\w$]{0,40})\\s{0,4}\\+?=(?![=>])\\s{0,10}"
                            + "|\\{\\s{0,4}([A-Za-z_$][\\w$]{0,40})\\s{0,4}}\\s{0,4}=(?![=>])\\s{0,10}"
                            + "|(?<![\\w$.])([A-Za-z_$][\\w$]{0,40})\\.(?:push|set)\\s{0,4}\\(");

    private static final Pattern NAME = Pattern.compile("(?<![\\w$.])[A-Za-z_$][\\w$]{0,40}+");
    private static final Pattern HANDED_ON =
            Pattern.compile("\\(?\\s{0,4}([A-Za-z_$][\\w$]{0,40})\\s{0,4}\\)?\\s{0,4}=>");
    private static final Pattern TEXTS =
            Pattern.compile("'(?:[^'\\\\\\n]|\\\\.){0,200}'|\"(?:[^\"\\\\\\n]|\\\\.){0,200}\"");

    private final String source;
    private final Set<String> secrets = new HashSet<>();
    private final Set<String> paths = new HashSet<>();
    private final Set<String> fetched = new HashSet<>();

    private JavaScriptThefts(String source) {
        this.source = source;
    }

    /// The call that steals, or that runs what was fetched; empty when there is none.
    ///
    /// @param source without comments
    static Optional<String> in(String source) {
        String part = source.length() > LONGEST ? source.substring(0, LONGEST) : source;
        boolean mayTake =
                Finds.any(SECRET, part) && Finds.any(READS, part) && Finds.any(FOREIGN, part);
        boolean mayRun = Finds.any(FETCHES, part) && Finds.any(RUNS, part);
        if (!mayTake && !mayRun) {
            return Optional.empty();
        }
        JavaScriptThefts thefts = new JavaScriptThefts(part);
        if (part.lines().noneMatch(line -> line.length() > LONGEST_LINE)) {
            thefts.follow();
        }
        Optional<String> sent = mayTake ? thefts.sent() : Optional.empty();
        return sent.isPresent() || !mayRun ? sent : thefts.ran();
    }

    /// Takes down which names stand for what, in the order in which they are given.
    private void follow() {
        handedOn();
        Finds given = Finds.of(GIVEN, source);
        for (int i = 0; i < MOST && given.find(); i++) {
            String name = given.group(1) != null ? given.group(1) : given.group(2);
            String to = name == null ? given.group(3) : name;
            String expression = expression(given.end());
            boolean isRead = READS.matcher(expression).find();
            boolean isPath = SECRET.matcher(expression).find() || uses(expression, paths);
            if (uses(expression, secrets) || (isPath && isRead)) {
                add(secrets, to);
            } else if (isPath) {
                add(paths, to);
            }
            if (FETCHES.matcher(expression).find() || uses(expression, fetched)) {
                add(fetched, to);
            }
        }
    }

    /// Takes down what calls that fetch hand to functions: `https.get(address, answer => …)`.
    private void handedOn() {
        Finds fetches = Finds.of(FETCHES, source);
        for (int i = 0; i < MOST && fetches.find(); i++) {
            String call = call(fetches.end());
            String chain =
                    call
                            + source.substring(
                                    Math.min(source.length(), fetches.end() + call.length()),
                                    Math.min(
                                            source.length(),
                                            fetches.end() + call.length() + LONGEST_CHAIN));
            Matcher handed = HANDED_ON.matcher(chain);
            while (handed.find()) {
                add(fetched, handed.group(1));
            }
        }
    }

    private static void add(Set<String> names, String name) {
        if (names.size() < MOST_NAMES) {
            names.add(name);
        }
    }

    private Optional<String> sent() {
        boolean isForeign = Finds.any(FOREIGN, source);
        Finds sends = Finds.of(SENDS, source);
        for (int i = 0; i < MOST && sends.find(); i++) {
            String call = call(sends.end());
            boolean isTaken =
                    uses(call, secrets)
                            || (READS.matcher(call).find()
                                    && (SECRET.matcher(call).find() || uses(call, paths)));
            if (isTaken && isForeign) {
                return Optional.of(shown(sends.start(), sends.end() + call.length()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> ran() {
        Finds runs = Finds.of(RUNS, source);
        for (int i = 0; i < MOST && runs.find(); i++) {
            String call = call(runs.end());
            if (FETCHES.matcher(call).find() || uses(call, fetched)) {
                return Optional.of(shown(runs.start(), runs.end() + call.length()));
            }
        }
        return Optional.empty();
    }

    private String shown(int start, int end) {
        return source.substring(start, Math.min(source.length(), end));
    }

    /// Whether a part of the program names one of a set outside of texts in quotes.
    private static boolean uses(String part, Set<String> names) {
        if (names.isEmpty()) {
            return false;
        }
        Matcher name = NAME.matcher(TEXTS.matcher(part).replaceAll("''"));
        while (name.find()) {
            if (names.contains(name.group())) {
                return true;
            }
        }
        return false;
    }

    /// What stands between the brackets of a call, the first of which is just in front.
    private String call(int from) {
        return source.substring(from, end(from, 1, false));
    }

    /// What a name is given, to the end of its statement.
    private String expression(int from) {
        return source.substring(from, end(from, 0, true));
    }

    private int end(int from, int depth, boolean isStatement) {
        int last = Math.min(source.length(), from + LONGEST_EXPRESSION);
        int open = depth;
        for (int i = from; i < last; i++) {
            char c = source.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                open++;
            } else if (c == ')' || c == ']' || c == '}') {
                open--;
                if (open < 0 || (open == 0 && !isStatement)) {
                    return i;
                }
            } else if (isStatement && open == 0 && (c == ';' || c == '\n')) {
                return i;
            }
        }
        return last;
    }
}
