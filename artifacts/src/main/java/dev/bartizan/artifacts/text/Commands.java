package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.core.Severity;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a command line does that a build, a hook or a task has no need of.
public final class Commands {
    private static final int LONGEST = 1 << 16;
    private static final int OVERLAP = 1 << 12;
    private static final String SECRET =
            "(\\.ssh\\b|id_(rsa|ed25519|ecdsa)|\\.aws\\b|\\.kube/|\\.netrc|\\.env\\b(?!\\.(example|sample))|/etc/(passwd|shadow)|printenv|toJSON\\(secrets\\)|\\benv\\b)";

    /// Steals, answers elsewhere, hides or undoes protection.
    private static final Pattern ATTACK =
            Pattern.compile(
                    "(?i)/dev/tcp/|\\bn(c|cat)\\s+(?:(?:-\\w++\\s++){0,10}+\\S+\\s+|(?:-\\w++\\s++){1,10}+)\\d+\\s+-[ec]|\\bnc\\s+(?:-(?!e\\b)\\w++\\s++){0,10}+-e\\b|base64\\s+(-d|--decode|-D)\\b[^\\n]{0,80}\\|\\s*\\w*sh\\b"
                            + "|"
                            + SECRET
                            + "[^\\n|]{0,160}\\|[^\\n]{0,80}\\b(curl|wget|nc|ncat)\\b"
                            + "|\\b(curl|wget)\\b[^\\n]{0,200}(-d|--data\\S*|-F|-T|--post-file|--upload-file)[\\s=]*[\"']?[^\\n]{0,60}"
                            + SECRET
                            + "|>>?\\s*[\"']?(~|/root|/home/\\w+|\\$HOME)/\\.(bashrc|profile|zshrc|ssh/authorized_keys)|(?:>|\\b(?:tee|cp|mv|install|ln|dd|sed|curl|wget|scp|echo|printf)\\b)[^\\n]{0,300}authorized_keys"
                            + "|\\brm\\s+-(rf|fr)\\s+[\"']?(/|~|\\$HOME)[\"']?(\\s|$|\\*)|\\bcrontab\\s+-"
                            + "|\\b(curl|wget)\\b[^\\n]{0,200}(;|&&)\\s*chmod\\s+\\+x\\s+\\S+\\s*(;|&&)\\s*\\S*/\\S+\\s*&"
                            + "|\\bfind\\s+[\"']?(?:~|/|\\$HOME|\\$\\{HOME}|/home(?:/\\w+)?|/root)/?[\"']?\\s(?![^\\n]{0,300}-(?:i?name|path|mtime|regex|wholename|newer|user)\\b)[^\\n]{0,200}(?:-delete\\b|-exec\\s+(?:rm|shred)\\b)"
                            + "|\\b(?:ba|z|da)?sh\\s+<\\(\\s*(?:xxd|base64|rev|openssl|gzip|gunzip|tr)\\b"
                            + "|\\|\\s*(?:xxd\\s+-\\w|rev\\b|openssl\\s+enc)[^\\n|]{0,60}\\|\\s*(?:ba|z|da)?sh\\b|\\beval\\s+[\"']?(?:\\$\\(|`)[^\\n)`]{0,200}\\|\\s*(?:rev\\b|base64\\s+(?:-[dD]|--decode)|xxd\\b|tr\\b|openssl\\s+(?:base64|enc)\\b)"
                            + "|\\b(?:echo|printf)\\s+(?:-e\\s+)?['\"$]{0,2}(?:\\\\x[0-9a-f]{2}|\\\\[0-7]{3}){4}[^\\n|]{0,300}\\|\\s*(?:ba|z|da)?sh\\b"
                            + "|\\bmkfifo\\s+\\S{1,60}\\s*[;&][^\\n]{0,160}\\b(?:nc|ncat|telnet|s_client)\\s"
                            + "|\\bsh\\s+-c\\s+\\$@\\s*\\|\\s*sh\\b"
                            + "|\\b(?:git\\s+(?:diff|show|archive|bundle)|zip\\s+-r)\\b[^\\n|]{0,100}\\|[^\\n|]{0,40}\\bcurl\\b[^\\n]{0,100}(?:@-|-T\\s*-)"
                            + "|\\bamsi(InitFailed|Utils|ScanBuffer)\\b"
                            + "|powershell[^\\n]{0,60}-e(nc|ncodedcommand)?\\s+[A-Za-z0-9+/=]{20,}");

    /// Fetches a program and runs it unseen.
    private static final Pattern FETCHED =
            Pattern.compile(
                    "(?i)\\b(curl|wget|iwr|irm|invoke-webrequest)\\b([^\\n|]{0,300})\\|\\s*(?:(?:sudo|chroot|nsenter|env|nohup|setsid|busybox)\\s+(?:[\\w./=-]{1,40}+\\s+){0,8}?)?(ba|z|da)?(sh|(python3?|node|perl|ruby)(?!\\s+-\\w*[mcenp])|iex)\\b(?!\\.)"
                            + "|\\b(ba|z)?sh\\s+(-c\\s+)?[\"']?<?\\$?\\(\\s*curl\\b([^\\n)]{0,300})\\)"
                            + "|\\b(iex|invoke-expression)\\b[^\\n]{0,120}\\b(downloadstring|downloaddata|iwr|irm|invoke-webrequest|invoke-restmethod)\\b[^\\n]{0,300}"
                            + "|\\b(iwr|invoke-webrequest|downloadfile|start-bitstransfer|certutil|bitsadmin)\\b[^\\n]{0,300}[;&\\n][\\s\\S]{0,40}?\\b(start-process|invoke-item|rundll32|regsvr32|mshta|start)\\s[^\\n]{0,200}"
                            + "|\\b(downloadstring|downloaddata)\\s*\\([^\\n|]{0,300}\\|\\s*(iex|invoke-expression)\\b"
                            + "|\\b(eval|source)\\s+[\"']?(\\$|<)\\(\\s*(curl|wget)\\b([^\\n)]{0,300})\\)"
                            + "|\\bmshta(?:\\.exe)?\\s+[\"']?(?:https?|javascript|vbscript):|\\bregsvr32(?:\\.exe)?\\s[^\\n]{0,60}/i:https?:"
                            + "|\\b(node|python3?|ruby|perl)\\s+(?:-[MmIl]\\S{0,40}\\s+){0,4}-[ec]\\s+[^\\n]{0,200}(https?://|\\beval\\b|\\bexec\\b|child_process|b64decode|base64)");

    /// Installers that their makers tell everybody to pipe into a shell.
    private static final Pattern WELL_KNOWN =
            Pattern.compile(
                    "https?://(deb\\.nodesource\\.com|rpm\\.nodesource\\.com|install\\.python-poetry\\.org|sh\\.rustup\\.rs|astral\\.sh|ollama\\.com|get\\.docker\\.com"
                            + "|raw\\.githubusercontent\\.com/(nvm-sh|ohmyzsh|Homebrew|helm)/|get\\.pnpm\\.io|bun\\.sh|deno\\.land|bootstrap\\.pypa\\.io|get\\.sdkman\\.io"
                            + "|repo\\.anaconda\\.com|repo\\.continuum\\.io|github\\.com/conda-forge/|developer\\.download\\.nvidia\\.com|dl\\.k8s\\.io|cli\\.github\\.com|download\\.docker\\.com|packages\\.microsoft\\.com|apt\\.llvm\\.org|packagecloud\\.io|get\\.helm\\.sh|(community\\.)?chocolatey\\.org|get\\.scoop\\.sh|codecov\\.io|uploader\\.codecov\\.io|pyenv\\.run|micro\\.mamba\\.pm|nixos\\.org|dl\\.yarnpkg\\.com)");

    /// Whether something is named that may be fetched; `curl | sh` alone is talked about.
    private static final Pattern ADDRESSED = Pattern.compile("[./$:%&@\\uFFFC]|\\(");

    /// Nothing sent to a port, or its mere opening; who waits for a server asks so.
    private static final Pattern PROBE =
            Pattern.compile(
                    "(?:\\b(?:echo|printf)(?:\\s+-n)?(?:\\s+(?:\"\"|''))?\\s*|(?<=[\\s(\"'])(?:true|:)\\s*|\\bcat\\s*<\\s*/dev/null\\s*|(?<=[(\"'])\\s*)1?[<>]\\s*[\"']?/dev/tcp/[\\w.$\\{}-]{1,80}/[\\w$\\{}]{1,40}+[\"']?(?!\\s*[|<])");

    private static final Pattern RUNS_TEXT =
            Pattern.compile(
                    "(?i)\\b(node|python3?|ruby|perl)\\s+-[ec]\\s|\\b(ba|z|da)?sh\\s+-c\\s");

    private Commands() {}

    /// What a command is.
    public enum Kind {
        /// Steals, answers elsewhere, hides or undoes protection.
        ATTACK(Severity.HIGH),
        /// Fetches a program and runs it unseen.
        FETCHED(Severity.HIGH),
        /// Does so with an installer that its maker tells everybody to run this way.
        WELL_KNOWN(Severity.LOW),
        /// Runs a program given on the command line.
        GIVEN(Severity.LOW);

        private final Severity severity;

        Kind(Severity severity) {
            this.severity = severity;
        }
    }

    /// What a command does.
    ///
    /// @param text the place
    public record Judged(Kind kind, String text) {
        /// How bad that is where it runs by itself.
        public Severity severity() {
            return kind.severity;
        }
    }

    /// The worst that a command, or several on lines, does, also when its words are disguised.
    public static Optional<Judged> judge(String command) {
        return Stretches.of(command, LONGEST, OVERLAP)
                .map(Commands::judgeShort)
                .flatMap(Optional::stream)
                .reduce((one, other) ->
                        other.severity().compareTo(one.severity()) > 0 ? other : one);
    }

    private static Optional<Judged> judgeShort(String command) {
        String part = StartFiles.withoutUsual(withoutProbes(command));
        Optional<Judged> written = written(part);
        if (written.filter(judged -> judged.severity().isAtLeast(Severity.HIGH)).isPresent()) {
            return written;
        }
        String plain = ShellWords.plain(part);
        Optional<Judged> read = plain.equals(part) ? Optional.empty() : written(plain);
        return read.filter(judged -> judged.severity().isAtLeast(Severity.HIGH))
                .or(() -> ShellLeaks.in(plain).flatMap(leak -> judged(Kind.ATTACK, leak)))
                .or(() -> Sabotage.grave(plain).flatMap(done -> judged(Kind.ATTACK, done)))
                .or(() -> ShellTraps.in(part).flatMap(trap -> judged(Kind.ATTACK, trap)))
                .or(() -> written);
    }

    /// The command that sends a secret of the user on, also when its words are disguised.
    public static Optional<String> stolen(String command) {
        String part = command.length() > LONGEST ? command.substring(0, LONGEST) : command;
        return ShellLeaks.in(ShellWords.plain(part));
    }

    /// The worst that commands do as they stand there.
    private static Optional<Judged> written(String part) {
        Finds attack = Finds.of(ATTACK, part);
        if (attack.find()) {
            return judged(Kind.ATTACK, attack.group());
        }
        Finds fetched = Finds.of(FETCHED, part);
        Optional<Judged> known = Optional.empty();
        while (fetched.find()) {
            boolean isAnything = ADDRESSED.matcher(fetched.group()).find();
            if (isAnything && !WELL_KNOWN.matcher(fetched.group()).find()) {
                return judged(Kind.FETCHED, fetched.group());
            }
            known = isAnything ? judged(Kind.WELL_KNOWN, fetched.group()) : known;
        }
        Optional<String> download = Downloads.run(part);
        if (download.isPresent()) {
            boolean isKnown = WELL_KNOWN.matcher(download.get()).find();
            return judged(isKnown ? Kind.WELL_KNOWN : Kind.FETCHED, download.get());
        }
        Finds text = Finds.of(RUNS_TEXT, part);
        return known.isPresent() || !text.find() ? known : judged(Kind.GIVEN, text.group());
    }

    /// A command without what only asks whether a port is open.
    private static String withoutProbes(String command) {
        return command.contains("/dev/tcp/")
                ? PROBE.matcher(Searches.without(command)).replaceAll(" ")
                : command;
    }

    private static Optional<Judged> judged(Kind kind, String found) {
        String text = found.replaceAll("\\s+", " ").strip();
        return Optional.of(
                new Judged(kind, text.length() <= 120 ? text : text.substring(0, 120) + "…"));
    }
}
