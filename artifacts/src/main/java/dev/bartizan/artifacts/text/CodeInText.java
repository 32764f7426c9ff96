package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.python.PythonProgram;
import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.Sought;
import dev.bartizan.core.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Programs in text that should be a description, a label or a setting: calls with their brackets,
/// pipes into a shell. Words alone prove nothing.
public final class CodeInText {
    private static final int LONGEST = 1 << 20;
    private static final int OVERLAP = 1 << 12;

    /// How much of a source is read, comments and long texts not counted.
    private static final int MOST_READ = 8 << 20;

    /// Length of a source that has no more calls than are followed, be it nothing but calls.
    private static final int LONGEST_BUSY = 36_000;

    /// Calls of one part that are followed.
    private static final int MOST_CALLS = 20_000;

    /// Most signs that are read of a source of more calls, which is read in short parts.
    private static final int MOST_READ_BUSY = 1 << 19;

    private static final Pattern CALLS =
            Pattern.compile(
                    "(?i)\\b(os\\s*\\.\\s*(system|popen|exec\\w*|spawn\\w*|execute)|posix\\.system|nt\\.system|commands\\.get(status)?output"
                            + "|subprocess\\s*\\.\\s*\\w+|__import__|importlib(\\.\\w++){1,8}+|pty\\.spawn|runpy\\.\\w+"
                            + "|builtins\\.(eval|exec)|(pickle|marshal|joblib|cPickle|dill)\\s*\\.\\s*loads?|webbrowser\\.open"
                            + "|socket\\.socket|urllib\\.request\\.\\w+|requests\\.(get|post)|ctypes\\.\\w+|shutil\\.rmtree"
                            + "|io\\.popen|loadstring|runtime\\.getruntime\\(\\)\\.exec|child_process\\.\\w+)\\s*\\(");
    private static final Pattern LOADED = Pattern.compile("\\b\\w+\\.loader\\.exec_module\\s*\\(");
    private static final Pattern BARE_CALLS =
            Pattern.compile(
                    "(?<![\\w.])(eval|exec|compile|execfile|dofile|system)(\\s*\\(\\s*['\"]|\\(\\s*(?!(?:is|are|was|were|the|an?|and|or|in|on|to|for|not|as|at|will|should|can|may|that|which)\\s)[(a-z_])");
    private static final Pattern IMPORTED =
            Pattern.compile(
                    "(?m)(?:^|[;\"'])[ \\t]*from\\s+(os|subprocess|posix|nt|commands|pty)\\s+import\\s+(\\w++)[\\s\\S]{0,500}?\\b\\2\\s*+\\(");
    private static final Pattern SHELL =
            Pattern.compile(
                    "(?i)\\b(curl|wget)\\b[^\\n]{0,200}\\|\\s*(?:(?:sudo|env|xargs)\\s[^\\n|;&]{0,60}?)?(ba|z|da|k)?sh\\b"
                            + "|\\b(curl|wget)\\b[^\\n]{0,200}\\|\\s*(?:sudo\\s+)?(?:python[0-9.]*|perl|ruby|node)(?:\\s+-)?\\s*+(?:$|[\\n'\";&)])"
                            + "|\\b(ba|z|da)?sh\\s+<\\(\\s*(curl|wget)\\b"
                            + "|\\b(curl|wget)\\b[^\\n]{0,200}\\s(?:-O|-o|--output|>)\\s*[^\\s;&|]{1,80}\\s*(?:&&|;)[^\\n]{0,60}\\b(?:chmod\\s+\\S{0,8}x|(?:ba|z|da)?sh\\s)"
                            + "|\\bbase64\\s+(?:-d|-D|--decode)\\b[^\\n]{0,40}\\|\\s*(?:sudo\\s+)?(ba|z|da)?sh\\b"
                            + "|\\b(ba|z|da)?sh\\s+-c\\s+['\"](?!['\"])|/bin/(ba|z|da)?sh\\b|\\bpowershell(\\.exe)?\\s+-|\\brm\\s+-rf\\s+/|\\bnc\\s+-e\\b|/dev/tcp/|\\bpython[0-9.]*\\s+-c\\s+['\"](?!['\"])");
    private static final Pattern ORDINARY =
            Pattern.compile(
                    "(?i)^(requests\\.get|urllib\\.request\\.\\w+|importlib(\\.\\w++)++)\\s*\\($");
    private static final Pattern FETCH_AND_RUN =
            Pattern.compile(
                    "(?i)\\b(curl|wget)\\b[^\\n]{0,200}\\|\\s*(ba|z|da)?sh\\b|\\bpowershell(\\.exe)?\\s+-(e|enc|nop|w)\\w*|/dev/tcp/|\\bnc\\s+-e\\b|os\\.system\\s*\\(\\s*['\"]");

    /// What programs beside models never need: text that was packed or fetched and is run, a shell
    /// that answers elsewhere, keys and the environment sent away.
    private static final Pattern ATTACK =
            Pattern.compile(
                    "(?is)\\b(exec|eval)\\s*\\(\\s*(compile\\s*\\(\\s*)?(\\w++\\.)*+(b64decode|b85decode|a85decode|decompress|fromhex|unhexlify|loads|urlopen|get)\\s*\\("
                            + "|\\b(exec|eval)\\s*\\(\\s*(bytes|bytearray|codecs\\.decode|marshal\\.loads|__import__)\\s*[.(]"
                            + "|(__import__|import_module)\\s*\\(\\s*['\"](os|subprocess|pty|socket|builtins|ctypes)['\"]\\s*\\)\\s*\\.\\s*(?!(path|environ|getcwd|getpid|getenv|sep|linesep|name|listdir|makedirs|cpu_count|fspath|get\\w*id|gethostname|timeout|error|PIPE|DEVNULL|CalledProcessError|c_\\w+|sizeof|byref|POINTER)\\b)\\w+"
                            + "|getattr\\s*\\(\\s*(__import__\\s*\\(|(os|subprocess|builtins|__builtins__)\\s*,\\s*(['\"](system|popen|exec\\w*|spawn\\w*|eval|__import__|run|call|Popen|check_output|startfile)['\"]|['\"][^'\"\\n]*['\"]\\s*[+.\\[]|chr\\s*\\(|base64|bytes))"
                            + "|os\\.dup2\\s*\\(\\s*\\w+\\.fileno\\(\\)"
                            + "|pty\\.spawn\\s*\\(\\s*['\"]/bin/"
                            + "|(requests|httpx|urllib3?|http)[\\w.]{0,100}\\.(post|put|urlopen|request|get)\\s*\\([^\\n]{0,200}(os\\.environ(?:\\.(?:copy|items|values)\\b|(?!\\s*[.\\[]))|id_rsa|id_ed25519|\\.aws|\\.ssh|/etc/passwd|getpass|dict\\(os)"
                            + "|open\\s*\\([^\\n]{0,80}(\\.ssh/|id_rsa|id_ed25519|\\.aws/credentials|/etc/shadow|wallet\\.dat)"
                            + "|(os\\.(system|popen)|subprocess\\.\\w+)\\s*\\([^\\n]{0,60}pip['\"]?\\s*,?\\s*['\"]?install[^\\n]{0,60}(http://|git\\+http:|--index-url|--extra-index-url)");

    /// A shell that answers to another machine, wherever a program writes it to.
    private static final Pattern ANSWERS =
            Pattern.compile(
                    "\\b(ba|z|da|k)?sh\\s+-i\\b[^\\n]{0,20}>\\s*+(?:&\\s*+)?/dev/tcp/[\\w.$\\{}-]{1,80}/|\\bexec\\s+\\d+<>\\s*/dev/tcp/");

    /// The same by way of names that are put together, and pickles that are built to run something.
    private static final Pattern HIDDEN_ATTACK =
            Pattern.compile(
                    "(\\.__dict__|\\b(globals|locals|vars)\\s*\\([\\w.]*\\))\\s*\\[[^\\n]{0,80}?(b64decode|b85decode|fromhex|unhexlify|\\bchr\\s*\\(|\\.join\\s*\\(|::\\s*-1)"
                            + "|__(base|bases|mro)__[^\\n]{0,60}__subclasses__|__subclasses__[^\\n]{0,200}__globals__"
                            + "|\\b(mmap\\.PROT_EXEC|PROT_READ\\s*\\|\\s*PROT_WRITE\\s*\\|\\s*PROT_EXEC|mmap\\([^\\n]{0,80}prot\\s*=\\s*7|VirtualAlloc(?:Ex)?\\s*\\(|CreateRemoteThread\\s*\\()[\\s\\S]{0,2000}?\\b(CFUNCTYPE|cast|CreateThread|CreateRemoteThread|WINFUNCTYPE|memmove)\\b"
                            + "|FunctionType\\s*\\(\\s*(?:\\w+\\.){0,3}(?:marshal\\.)?loads\\s*\\("
                            + "|getattr\\s*\\(\\s*[\\w.]+\\s*,[^\\n]{0,60}?(b64decode|b85decode|fromhex|unhexlify|::\\s*-1)"
                            + "|def\\s+__reduce(_ex)?__\\s*\\([^\\n]*\\n(?:[^\\n]*\\n){0,6}?\\s*return\\s*\\(?\\s*((os|posix|nt|subprocess|builtins|pty|runpy)\\.(?!path)\\w+|eval|exec|__import__)\\s*,");

    /// Declarations of an encoding (PEP 263) in which letters of ASCII stand for others.
    private static final Pattern ENCODING =
            Pattern.compile(
                    "\\A(?:\\uFEFF)?(?:[ \\t]*(?:#[^\\n]{0,300})?\\n)?[ \\t\\f]*#[^\\n]{0,200}?coding[:=][ \\t]*(?:utf[-_]?7|(?:raw[-_])?unicode[-_]escape|rot[-_]?13|punycode|idna|hex|base64|zlib|bz2|uu|quopri)\\b");

    private static final Pattern REACHING =
            Pattern.compile(
                    "exec|eval|compile|system|popen|Popen|os|subprocess|getattr|__import__|globals|vars|__builtins__|builtins|import_module|socket|run|open|requests|urllib|posix|pty|marshal|loads|base64|b64decode");

    private static final Pattern COMMENTS = Pattern.compile("(?m)^[ \\t]*#(?!!).*$");

    /// Words without which no call is judged by what it is handed.
    private static final Pattern RUNNERS =
            Pattern.compile(
                    "getattr|vars\\(|globals\\(|locals\\(|__dict__|__globals__|__builtins__|import_module|__import__|methodcaller|sys\\.(modules|path)|FileLoader|spec_from_file|PROT_EXEC|prot=7|VirtualAlloc|mprotect|urlopen|requests|httpx|http\\.client|sendall|sendto|smtplib|ftplib|gethostbyname|upload_f|open\\(|\\.pth\\b|write_text|os\\.walk|glob|winreg|keyboard|subprocess|system|popen|spawn|exec|eval|compile|ctypes|dlopen|load_inline|collect_env|runsource|getoutput|startfile|rmtree|run_path|run_module|load_library|write_bytes|symlink|shutil|rename|replace\\(|\\bloads?\\b|pexpect|plumbum|\\bsh\\.|get_ipython|(command|cmd|script|entrypoint)s?\\s*=(?!=)");

    /// Calls that are judged by what they are handed.
    private static final Pattern JUDGED =
            Pattern.compile(
                    "(?i)^(subprocess|(os|posix|nt)\\s*\\.\\s*(system|popen|exec|spawn)|commands|pty|shutil|runpy\\.run_(path|module)|(builtins\\.)?(exec|eval|compile)\\s*\\(|ctypes\\.(?!(CFUNCTYPE|memmove|pythonapi|string_at))|__import__)");

    /// A socket that goes out, or lets strangers in.
    private static final Pattern CONNECTS =
            Pattern.compile("\\.(connect|connect_ex|sendto|listen|accept)\\s*\\(|\\bdup2\\b");

    private static final Pattern ASKS = Pattern.compile("\\b(json|headers)\\s*=");

    private static final Pattern MARKUP =
            Pattern.compile("(?i)<script[\\s>]|javascript:|\\bon(error|load)\\s*=\\s*['\"]");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{24,}={0,2}");

    private static final Sought IN_SOURCE = Sought.of(CALLS, LOADED, SHELL, BARE_CALLS, CONNECTS);

    private CodeInText() {}

    /// A call or command in the text, as it stands there; also inside base64.
    public static Optional<String> call(String text) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Optional<String> plain = plain(Searches.without(part));
        if (plain.isPresent()) {
            return plain;
        }
        Matcher encoded = BASE64.matcher(part);
        for (int tried = 0; tried < 200 && encoded.find(); tried++) {
            Optional<String> inner = decode(encoded.group()).flatMap(CodeInText::plain);
            if (inner.isPresent()) {
                return inner.map(found -> found + " (in base64)");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> plain(String text) {
        for (Pattern pattern : new Pattern[] {CALLS, LOADED, IMPORTED, SHELL, BARE_CALLS}) {
            if (!mayMatch(pattern, text)) {
                continue;
            }
            Finds matcher = Finds.of(pattern, text);
            if (matcher.find()) {
                int end = Math.min(text.length(), matcher.end() + 40);
                return Optional.of(
                        text.substring(matcher.start(), end)
                                .replaceAll("\\p{Cntrl}+", " ")
                                .strip());
            }
        }
        return Optional.empty();
    }

    /// Whether the signs stand in a text without which an expression matches nowhere. Most texts
    /// are short and have none of them.
    private static boolean mayMatch(Pattern pattern, String text) {
        if (pattern == LOADED) {
            return text.contains("exec_module");
        }
        if (pattern != SHELL) {
            return text.indexOf('(') >= 0;
        }
        return text.indexOf('-') >= 0
                || text.indexOf('|') >= 0
                || text.contains("/b")
                || text.contains("/B")
                || text.contains("/d")
                || text.contains("/D");
    }

    /// What a source does that reaches out.
    ///
    /// @param severity medium when it runs commands or code; low when it only fetches or imports,
    ///   as ordinary programs do
    /// @param text the place, as it stands there
    /// @param isCommand whether it starts a program
    public record Use(Severity severity, String text, boolean isCommand) {
        /// One that starts none, or where that does not matter.
        public Use(Severity severity, String text) {
            this(severity, text, false);
        }
    }

    /// What only an attacker writes into a program or a shell script.
    public static Optional<String> attack(String source) {
        return Stretches.of(source, LONGEST, OVERLAP)
                .map(part ->
                        attackInPython(part)
                                .or(() ->
                                        Commands.judge(Finds.without(COMMENTS, part))
                                                .filter(judged ->
                                                        judged.severity().isAtLeast(Severity.HIGH))
                                                .map(Commands.Judged::text)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// What a shell script undoes that protects, or turns against who runs it.
    static Optional<String> sabotage(String script) {
        return Sabotage.inScript(ShellWords.plain(Finds.without(COMMENTS, cut(script))));
    }

    private static Optional<String> attackInPython(String source) {
        if (source.indexOf('(') < 0) {
            return Optional.empty();
        }
        String part = cut(source);
        boolean hasComments = part.indexOf('#') >= 0;
        Finds matcher = Finds.of(ATTACK, hasComments ? Finds.without(COMMENTS, part) : part);
        return (matcher.find() ? Optional.of(matcher.group()) : hiddenAttack(part))
                .map(found -> found.replaceAll("\\s+", " ").strip());
    }

    private static Optional<String> hiddenAttack(String source) {
        boolean mayBe =
                source.contains("__reduce")
                        || source.contains("__dict__")
                        || source.contains("getattr")
                        || source.contains("globals")
                        || source.contains("locals")
                        || source.contains("vars")
                        || source.contains("__subclasses__")
                        || source.contains("FunctionType")
                        || source.contains("mmap")
                        || source.contains("VirtualAlloc");
        if (!mayBe) {
            return Optional.empty();
        }
        Finds matcher = Finds.of(HIDDEN_ATTACK, Finds.without(COMMENTS, source));
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static String cut(String source) {
        return source.length() > LONGEST ? source.substring(0, LONGEST) : source;
    }

    /// The worst use in Python source; texts and comments in it count for nothing unless they are
    /// handed to something that runs them.
    public static Optional<Use> inSource(String source) {
        return inSource(source, Severity.LOW);
    }

    /// The same where nothing milder is of interest.
    public static Optional<Use> inSource(String source, Severity least) {
        return judged(source, least, () -> {}).use();
    }

    /// What was told of a source.
    ///
    /// @param use the worst of it
    /// @param isWhole whether that is of all of it
    record Judgement(Optional<Use> use, boolean isWhole) {}

    /// What is told of a source, part by part where it is long or holds very many calls.
    ///
    /// @param between run in front of every part
    static Judgement judged(String source, Severity least, Runnable between) {
        if (source.length() > LONGEST) {
            return judged(new LongSource(source, LONGEST), MOST_READ, least, between);
        }
        boolean isLong = source.length() > LONGEST_BUSY;
        if (isLong && source.chars().filter(c -> c == '(').count() > MOST_CALLS) {
            return judged(new LongSource(source, LONGEST_BUSY), MOST_READ_BUSY, least, between);
        }
        Judgement judged = part(source, least);
        return judged.isWhole() || !isLong
                ? judged
                : judged(new LongSource(source, LONGEST_BUSY), MOST_READ_BUSY, least, between);
    }

    /// @param most signs that are read; a source may be longer
    private static Judgement judged(LongSource parts, int most, Severity least, Runnable between) {
        Optional<Use> worst = Optional.empty();
        boolean isWhole = true;
        int done = 0;
        while (parts.hasNext() && worst.map(Use::severity).orElse(Severity.LOW) != Severity.HIGH) {
            if (done > most) {
                return new Judgement(worst, false);
            }
            between.run();
            String part = parts.next();
            done += part.length();
            boolean isLong = part.length() > LONGEST_BUSY;
            Judgement next = isLong ? judged(part, least, between) : part(part, least);
            isWhole &= next.isWhole();
            worst =
                    Stream.of(worst, next.use())
                            .flatMap(Optional::stream)
                            .max((one, other) -> one.severity().compareTo(other.severity()));
        }
        return new Judgement(worst, isWhole);
    }

    private static Judgement part(String source, Severity least) {
        return certain(source)
                .map(use -> new Judgement(Optional.of(use), true))
                .orElseGet(() -> called(source, least));
    }

    private static Optional<Use> certain(String source) {
        Optional<String> attack = attackInPython(source);
        if (attack.isPresent()) {
            return Optional.of(new Use(Severity.HIGH, attack.get()));
        }
        Optional<String> answer = answersElsewhere(source);
        if (answer.isPresent()) {
            return Optional.of(new Use(Severity.HIGH, answer.get()));
        }
        Optional<String> disguise = disguise(cut(source));
        if (disguise.isPresent()) {
            return Optional.of(new Use(Severity.HIGH, disguise.get()));
        }
        return Optional.empty();
    }

    private static Judgement called(String source, Severity least) {
        Optional<PythonProgram> program =
                Finds.any(RUNNERS, source)
                        ? Optional.of(PythonProgram.of(source))
                        : Optional.empty();
        boolean mayOther = Severity.MEDIUM.isAtLeast(least);
        Optional<Use> worst =
                Stream.of(
                                program.flatMap(ProcessCalls::worst),
                                mayOther ? otherUse(source) : Optional.<Use>empty())
                        .flatMap(Optional::stream)
                        .max((one, other) -> one.severity().compareTo(other.severity()));
        return new Judgement(worst, program.map(PythonProgram::isWhole).orElse(true));
    }

    /// Source that Python reads as another program than stands there: by its encoding, or by names
    /// in letters that count as others.
    private static Optional<String> disguise(String source) {
        Finds encoding = Finds.of(ENCODING, source);
        if (encoding.find()) {
            return Optional.of(encoding.group().strip());
        }
        boolean isAscii = source.chars().allMatch(c -> c <= 0x7f);
        return isAscii
                ? Optional.empty()
                : PythonProgram.of(source).disguised().stream()
                        .filter(name -> REACHING.matcher(name).matches())
                        .findFirst();
    }

    /// A shell that answers to another machine, outside of comments.
    private static Optional<String> answersElsewhere(String source) {
        if (!source.contains("/dev/tcp/")) {
            return Optional.empty();
        }
        Finds answers = Finds.of(ANSWERS, Finds.without(COMMENTS, cut(source)));
        return answers.find() ? Optional.of(answers.group()) : Optional.empty();
    }

    /// What a source does besides starting programs.
    private static Optional<Use> otherUse(String source) {
        String part = cut(bareSource(source));
        Optional<Use> mild = Optional.empty();
        Sought.In sought = IN_SOURCE.in(part);
        for (Pattern pattern : List.of(CALLS, LOADED, SHELL, BARE_CALLS)) {
            Finds matcher = sought.finds(pattern);
            while (mayMatch(pattern, part) && matcher.find()) {
                int end = Math.min(part.length(), matcher.end() + 40);
                String text =
                        part.substring(matcher.start(), end).replaceAll("\\p{Cntrl}+", " ").strip();
                boolean isMild =
                        ORDINARY.matcher(matcher.group()).find()
                                || isQuestion(matcher, part)
                                || (matcher.group().startsWith("socket") && !sought.any(CONNECTS));
                if (!isMild && !JUDGED.matcher(matcher.group()).find()) {
                    return Optional.of(new Use(Severity.MEDIUM, text));
                }
                mild = isMild ? mild.or(() -> Optional.of(new Use(Severity.LOW, text))) : mild;
            }
        }
        return mild;
    }

    /// Whether a request has a body of JSON or headers, as clients of services ask.
    private static boolean isQuestion(Finds call, String part) {
        String rest = part.substring(call.end(), Math.min(part.length(), call.end() + 300));
        return call.group().startsWith("requests.") && ASKS.matcher(rest).find();
    }

    /// A command that fetches something and runs it, or opens a shell to elsewhere: odd even in a
    /// program, which holds many harmless commands.
    public static Optional<String> fetchAndRun(String text) {
        Finds matcher = Finds.of(FETCH_AND_RUN, text);
        return matcher.find()
                ? Optional.of(matcher.group().replaceAll("\\p{Cntrl}+", " ").strip())
                : Optional.empty();
    }

    /// Markup that a viewer would run.
    public static Optional<String> script(String text) {
        Finds matcher = Finds.of(MARKUP, text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static Optional<String> decode(String base64) {
        try {
            String padded = base64.replaceAll("=+$", "");
            byte[] bytes = Base64.getDecoder().decode(padded.substring(0, padded.length() / 4 * 4));
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            long readable =
                    text.chars()
                            .filter(c -> (c >= ' ' && c < 127) || c == '\n' || c == '\t')
                            .count();
            return readable * 10 >= text.length() * 9L ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Python source without comments and without what stands in its strings.
    public static String bareSource(String source) {
        StringBuilder bare = new StringBuilder(source.length());
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (c == '#') {
                while (i < source.length() && source.charAt(i) != '\n') {
                    i++;
                }
            } else if (c == '"' || c == '\'') {
                i = skipString(source, i);
                bare.append(c).append(c);
            } else {
                bare.append(c);
                i++;
            }
        }
        return bare.toString();
    }

    private static int skipString(String source, int start) {
        String quote = source.substring(start, start + 1);
        String triple = quote.repeat(3);
        String end = source.startsWith(triple, start) ? triple : quote;
        int i = start + end.length();
        while (i < source.length() && !source.startsWith(end, i)) {
            if (source.charAt(i) == '\\') {
                i++;
            } else if (end.length() == 1 && source.charAt(i) == '\n') {
                return i;
            }
            i++;
        }
        return Math.min(source.length(), i + end.length());
    }

    /// Whether a name of code that a framework would fetch tells that it runs commands.
    static boolean isTelling(String name) {
        return name.toLowerCase(Locale.ROOT)
                .matches("(.*\\.)?(eval|exec|system|popen|__import__|compile)");
    }
}
