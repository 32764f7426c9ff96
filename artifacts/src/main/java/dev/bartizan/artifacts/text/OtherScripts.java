package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.Sought;
import dev.bartizan.core.Severity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Programs in languages other than Python and the shell that lie beside weights: Lua (Torch7,
/// samplers), R, Julia, JavaScript. Told by what only their sources hold, judged by their calls.
final class OtherScripts {
    private static final int LONGEST = 1 << 20;
    private static final int LONGEST_SHOWN = 120;

    private static final List<Language> LANGUAGES =
            List.of(
                    new Language(
                            "Lua",
                            "(?m)^[ \\t]*local\\s++\\w[\\w, ]{0,500}+=|^[ \\t]*(local\\s+)?function\\s+[\\w.:]+\\s*\\([^\\n{}]*\\)(?!\\s*[{])|\\brequire\\s*+(?:\\(\\s*+)?['\"][\\w.]+['\"]",
                            "--[^\\n\\[].*",
                            "\\bos\\.(execute|remove|rename|tmpname)\\s*\\(|\\bio\\.popen\\s*\\(|\\bpackage\\.loadlib\\s*\\(|\\bffi\\.(C\\.(system|popen|exec\\w*|dlopen)|load)\\s*\\(",
                            "\\b(loadstring|load|dofile|loadfile)\\s*\\(\\s*[^)\\s]|\\bdebug\\.(sethook|setupvalue|getregistry)\\s*\\(|\\bsocket\\.(tcp|http)|\\bhttp\\.request\\s*\\("),
                    new Language(
                            "R",
                            "(?m)(?<=^[ \\t]{0,40}[\\w.]{1,60}[ \\t]{0,8})<-\\s|^[ \\t]*library\\s*\\(\\w+\\)",
                            "#.*",
                            "(?<![\\w.$])(system2?|shell(\\.exec)?)(\\(|\\s+\\(\\s*['\"])|\\bpipe\\s*\\(\\s*['\"]|\\bdyn\\.load\\s*\\(|\\bunlink\\s*\\([^\\n]{0,200}recursive\\s*=\\s*T",
                            "\\beval\\s*\\(\\s*parse\\s*\\(|\\bsource\\s*\\(\\s*(url\\s*\\(|['\"]https?://)|\\bdownload\\.file\\s*\\(|\\bsocketConnection\\s*\\("),
                    new Language(
                            "Julia",
                            "(?m)^[ \\t]*using\\s+[A-Z]\\w+|^[ \\t]*function\\s+\\w+!?\\(.*\\)\\s*$",
                            "#.*",
                            "\\b(run|open|read|success|pipeline)\\s*\\(\\s*`[^`]*`|\\bccall\\s*+\\(\\s*+(?:\\(\\s*+)?:(system|popen|exec\\w*)\\b",
                            "\\beval\\s*\\(\\s*Meta\\.parse|\\binclude_string\\s*\\(|\\bdownload\\s*\\(\\s*\"http|\\bdeserialize\\s*\\("),
                    new Language(
                            "JavaScript",
                            "(?m)^[ \\t]*(const|let|var)\\s++[\\w{},\\s]{1,500}+=\\s*require\\s*\\(|^[ \\t]*import\\s++[\\w{},*\\s]{1,500}?\\sfrom\\s+['\"]|\\bmodule\\.exports\\b|^[ \\t]*(?:const|let|var)\\s++[\\w{},\\s]{1,200}+=\\s*await\\s|\\bawait\\s+fetch\\s*\\(|\\bimport\\(['\"]node:",
                            "(?<![:'\"`\\w])//.*",
                            "(?<![.\\w])(exec|execSync|spawn|spawnSync|execFile)\\s*\\(\\s*[`'\"]|\\b(cp|child_?[pP]rocess)\\.(exec|spawn)\\w*\\s*\\(|(?:require|import)\\s*\\(\\s*['\"](node:)?child_process['\"]",
                            "\\beval\\s*\\(\\s*(atob|Buffer)|\\bnew\\s+Function\\s*\\(|\\bvm\\.run\\w*\\s*\\("));

    /// @param marks what only sources in it hold
    /// @param comments to the end of a line
    /// @param runs commands or removes files
    /// @param loads code it puts together or fetches
    private record Language(
            String name, Pattern marks, Pattern comments, Pattern runs, Pattern loads) {
        Language(String name, String marks, String comments, String runs, String loads) {
            this(
                    name,
                    Pattern.compile(marks),
                    Pattern.compile(comments),
                    Pattern.compile(runs),
                    Pattern.compile(loads));
        }

        boolean isOf(Sought.In text) {
            return text.any(marks);
        }
    }

    private static final Pattern STARTS =
            Pattern.compile(
                    "(?<!\\w)(exec|execSync|spawn|spawnSync|execFile|execFileSync|fork)\\s*\\(");

    private static final Pattern STARTED =
            Pattern.compile(
                    "(?<!\\w)(?:exec|execSync)\\s*\\(\\s*(?:'([^'\\n]{1,200})'|\"([^\"\\n]{1,200})\"|`([^`$\\n]{1,200})`)");

    /// A program with its arguments one by one, and so without a shell.
    private static final Pattern STARTED_ALONE =
            Pattern.compile(
                    "(?<!\\w)(?:spawn|spawnSync|execFile|execFileSync)\\s*\\(\\s*['\"]([^'\"\\n]{1,200})['\"]\\s*,\\s*\\[");

    private static final Pattern SHELL = Pattern.compile("\\bshell\\s*:");

    private static final Sought MARKS =
            Sought.of(LANGUAGES.stream().map(Language::marks).toArray(Pattern[]::new));

    private OtherScripts() {}

    /// What a program does.
    ///
    /// @param severity high when it steals or fetches and runs, medium when it runs commands or
    ///   code it puts together
    record Use(Severity severity, String language, String text) {}

    /// The worst that a source in one of these languages does; empty when it is none, or does
    /// nothing of the kind.
    static Optional<Use> of(String text) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Optional<Use> trap = trap(part);
        if (trap.isPresent()) {
            return trap;
        }
        Sought.In sought = MARKS.in(part);
        for (Language language : LANGUAGES) {
            if (!language.isOf(sought)) {
                continue;
            }
            String bare = Finds.without(language.comments(), part);
            Optional<String> theft =
                    language.equals(LANGUAGES.getLast())
                            ? JavaScriptThefts.in(bare)
                            : Optional.empty();
            if (theft.isPresent()) {
                return theft.map(call -> new Use(Severity.HIGH, language.name(), shown(call)));
            }
            Optional<Use> use =
                    use(language, bare, language.runs())
                            .or(() ->
                                    isOther(language, sought)
                                            ? Optional.empty()
                                            : use(language, bare, language.loads()));
            if (use.isPresent()) {
                return use;
            }
        }
        return Optional.empty();
    }

    private static Optional<Use> trap(String part) {
        String name = LANGUAGES.getLast().name();
        boolean mayWrite =
                part.contains("writeFile") || part.contains("fetch(") || part.contains("axios");
        return JavaScriptTraps.in(part)
                .map(found -> new Use(Severity.HIGH, name, shown(found)))
                .or(() ->
                        (mayWrite ? Impostors.in(part) : Optional.<Impostors.Found>empty())
                                .map(found ->
                                        new Use(found.severity(), name, shown(found.what()))));
    }

    /// Whether what reads like Lua is JavaScript, where anything may be called `load`.
    private static boolean isOther(Language language, Sought.In text) {
        return language.equals(LANGUAGES.getFirst()) && LANGUAGES.getLast().isOf(text);
    }

    /// Whether all commands of a program in JavaScript are written out and change nothing.
    private static boolean isHarmless(Language language, String bare) {
        if (!language.equals(LANGUAGES.getLast())) {
            return false;
        }
        long calls = Finds.of(STARTS, bare).results().count();
        long harmless =
                Finds.of(STARTED, bare)
                        .results()
                        .filter(call -> HarmlessCommands.isHarmless(command(call)))
                        .count();
        long ordinary =
                Finds.any(SHELL, bare)
                        ? 0
                        : Finds.of(STARTED_ALONE, bare)
                                .results()
                                .filter(call ->
                                        OrdinaryPrograms.isOne(List.of(call.group(1)), List.of()))
                                .count();
        return calls > 0
                && calls == harmless + ordinary
                && !Finds.any(LANGUAGES.getLast().loads(), bare);
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
    }

    private static String command(MatchResult call) {
        return Stream.of(1, 2, 3).map(call::group).filter(Objects::nonNull).findFirst().orElse("");
    }

    private static Optional<Use> use(Language language, String bare, Pattern pattern) {
        Finds found = Finds.of(pattern, bare);
        if (!found.find() || isHarmless(language, bare)) {
            return Optional.empty();
        }
        int end = Math.min(bare.length(), found.end() + 60);
        String text = bare.substring(found.start(), end).replaceAll("\\s+", " ").strip();
        boolean isAttack =
                Commands.judge(bare)
                        .filter(judged -> judged.severity().isAtLeast(Severity.MEDIUM))
                        .isPresent();
        return Optional.of(
                new Use(isAttack ? Severity.HIGH : Severity.MEDIUM, language.name(), text));
    }
}
