package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.python.Call;
import dev.bartizan.artifacts.python.PythonProgram;
import dev.bartizan.artifacts.python.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Programs that a source runs by a name it writes out, with their arguments one by one and so
/// without a shell: converters, viewers, tools of a trade. What runs other programs or texts,
/// fetches or sends, or changes the machine is not among them.
final class OrdinaryPrograms {
    /// A name, or the place of one where systems keep theirs.
    private static final Pattern PLAIN =
            Pattern.compile(
                    "(?:/usr(?:/local)?/s?bin/|/bin/|/opt/\\w[\\w/-]{0,80}/|/Applications/[\\w ./-]{1,120}/)?([A-Za-z][\\w+-]{0,40}(?:\\.exe)?)");

    /// Interpreters, shells, and programs whose version is a part of the name.
    private static final Pattern INTERPRETER =
            Pattern.compile(
                    "(?:ba|z|da|k|c|tc|fi|a)?sh|r?bash|cmd|powershell|pwsh|(?:i?python|pypy|perl|ruby|lua|luajit|php|tclsh|wish|node|nodejs|deno|bun|java|scala|groovy|Rscript|julia|guile|emacs|vim?|nvim|ed|ex|gdb|lldb)[\\d.]*");

    /// What runs what it is given, reaches out, or changes the machine.
    private static final Set<String> OTHERS =
            Set.of(
                    "env",
                    "sudo",
                    "su",
                    "doas",
                    "xargs",
                    "find",
                    "parallel",
                    "nohup",
                    "setsid",
                    "timeout",
                    "time",
                    "nice",
                    "ionice",
                    "taskset",
                    "chroot",
                    "nsenter",
                    "unshare",
                    "busybox",
                    "toybox",
                    "strace",
                    "ltrace",
                    "watch",
                    "screen",
                    "tmux",
                    "script",
                    "expect",
                    "xterm",
                    "stdbuf",
                    "ssh",
                    "scp",
                    "sftp",
                    "rsync",
                    "rclone",
                    "nc",
                    "ncat",
                    "netcat",
                    "socat",
                    "telnet",
                    "ftp",
                    "tftp",
                    "curl",
                    "wget",
                    "aria2c",
                    "http",
                    "nslookup",
                    "dig",
                    "host",
                    "ping",
                    "mail",
                    "sendmail",
                    "git",
                    "hg",
                    "svn",
                    "pip",
                    "pip3",
                    "pipx",
                    "uv",
                    "uvx",
                    "conda",
                    "mamba",
                    "npm",
                    "npx",
                    "yarn",
                    "pnpm",
                    "gem",
                    "cargo",
                    "go",
                    "make",
                    "cmake",
                    "ninja",
                    "bazel",
                    "apt",
                    "apt-get",
                    "dpkg",
                    "yum",
                    "dnf",
                    "rpm",
                    "apk",
                    "brew",
                    "snap",
                    "pacman",
                    "docker",
                    "podman",
                    "kubectl",
                    "helm",
                    "systemctl",
                    "service",
                    "launchctl",
                    "crontab",
                    "at",
                    "awk",
                    "gawk",
                    "mawk",
                    "sed",
                    "tee",
                    "dd",
                    "cp",
                    "mv",
                    "rm",
                    "ln",
                    "install",
                    "shred",
                    "chmod",
                    "chown",
                    "chattr",
                    "kill",
                    "pkill",
                    "killall",
                    "mount",
                    "umount",
                    "insmod",
                    "modprobe",
                    "useradd",
                    "usermod",
                    "passwd",
                    "chpasswd",
                    "visudo",
                    "iptables",
                    "nft",
                    "sysctl",
                    "shutdown",
                    "reboot",
                    "halt",
                    "poweroff",
                    "reg",
                    "regedit",
                    "regsvr32",
                    "rundll32",
                    "mshta",
                    "wscript",
                    "cscript",
                    "certutil",
                    "bitsadmin",
                    "schtasks",
                    "sc",
                    "net",
                    "netsh",
                    "msiexec",
                    "wmic",
                    "start",
                    "explorer",
                    "osascript",
                    "open",
                    "xdg-open",
                    "defaults",
                    "security",
                    "base64",
                    "xxd",
                    "openssl",
                    "gpg",
                    "aws",
                    "gsutil",
                    "gcloud",
                    "az",
                    "gh",
                    "mpirun",
                    "mpiexec",
                    "srun",
                    "torchrun",
                    "accelerate",
                    "deepspeed",
                    "cat",
                    "dotnet",
                    "msbuild",
                    "installutil",
                    "regasm",
                    "regsvcs",
                    "gcc",
                    "cc",
                    "clang",
                    "nvcc",
                    "id",
                    "whoami",
                    "touch",
                    "calc",
                    "xcalc",
                    "notepad",
                    "gnome-calculator",
                    "ifconfig",
                    "netstat",
                    "lsof");

    private static final Pattern CHOICE =
            Pattern.compile(
                    "['\"]([^'\"\\n]{1,200})['\"]\\s+if\\s[^\\n]{1,300}?\\selse\\s+['\"]([^'\"\\n]{1,200})['\"]");

    private static final Pattern WITHOUT_SHELL =
            Pattern.compile(
                    "subprocess\\.(run|call|check_call|check_output|Popen)|asyncio(\\.subprocess)?\\.create_subprocess_exec|os\\.(exec|spawn)[lv]p?e?");

    private static final Pattern FIRST_WORD =
            Pattern.compile("\\(\\s*+\\[\\s*+(\\w{1,60}+)\\s*+[,\\]]");

    /// A command that is an argument of the program itself.
    private static final Pattern GIVEN =
            Pattern.compile(
                    "^[\\w.]{1,80}+\\(\\s*+(?:sys\\.argv\\[\\d{1,3}:?\\d{0,3}]|(\\w{1,40}+)\\.\\w{1,40}+)\\s*+[,)]");

    private static final Pattern ARGUMENTS = Pattern.compile("\\bparse_(?:known_)?args\\s*\\(");

    private OrdinaryPrograms() {}

    /// Whether a program that has a name and is no interpreter is run without a shell, or the
    /// command is one that the user gives on the command line.
    static boolean isIn(Call call, Value command, PythonProgram program) {
        boolean isArray =
                command instanceof Value.Items
                        && WITHOUT_SHELL.matcher(call.callee()).matches()
                        && !call.named().containsKey("shell");
        return isGiven(call, program) || (isArray && isOne(words(command), choices(call, program)));
    }

    private static List<String> words(Value command) {
        return command instanceof Value.Items items
                ? items.items().stream().map(Value::joined).toList()
                : List.of(command.joined());
    }

    /// What the first word may be by `name = 'a' if … else 'b'`.
    private static List<String> choices(Call call, PythonProgram program) {
        Matcher first = FIRST_WORD.matcher(call.source());
        return Optional.of(first)
                .filter(Matcher::find)
                .flatMap(word -> program.assigned(word.group(1)))
                .map(CHOICE::matcher)
                .filter(Matcher::matches)
                .map(choice -> List.of(choice.group(1), choice.group(2)))
                .orElse(List.of());
    }

    private static boolean isGiven(Call call, PythonProgram program) {
        Matcher given = GIVEN.matcher(call.source());
        return given.find()
                && (given.group(1) == null
                        || program.assigned(given.group(1))
                                .filter(from -> ARGUMENTS.matcher(from).find())
                                .isPresent());
    }

    /// Whether a command is of such a program.
    ///
    /// @param words the program, then its arguments; not all need be known
    /// @param choices what the program may be, where it is not known
    static boolean isOne(List<String> words, List<String> choices) {
        if (words.isEmpty() || words.stream().anyMatch(word -> word.contains("://"))) {
            return false;
        }
        String program = words.getFirst();
        if (program.indexOf(Value.HOLE) < 0) {
            return isOrdinary(program);
        }
        return !choices.isEmpty() && choices.stream().allMatch(OrdinaryPrograms::isOrdinary);
    }

    private static boolean isOrdinary(String program) {
        Matcher plain = PLAIN.matcher(program);
        if (!plain.matches()) {
            return false;
        }
        String name = plain.group(1).replaceFirst("\\.exe$", "");
        return !INTERPRETER.matcher(name).matches() && !OTHERS.contains(name);
    }
}
