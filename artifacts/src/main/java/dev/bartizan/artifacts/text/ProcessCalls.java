package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.python.Call;
import dev.bartizan.artifacts.python.PythonProgram;
import dev.bartizan.artifacts.python.Value;
import dev.bartizan.artifacts.text.CodeInText.Use;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the calls of a Python source run, judged by what is handed to them: high when a program is
/// fetched and run or something is stolen, low when the command is known to be harmless, medium for
/// every other command and every command that the source does not tell.
final class ProcessCalls {
    private static final Pattern STARTS =
            Pattern.compile(
                    "subprocess\\.(run|call|check_call|check_output|Popen|getoutput|getstatusoutput)"
                            + "|(os|posix|nt)\\.(system|popen[234]?|startfile|posix_spawnp?|exec[lv]p?e?|spawn[lv]p?e?)"
                            + "|commands\\.get(status)?output|pty\\.spawn|popen2\\.popen[234]|platform\\.popen"
                            + "|asyncio(\\.subprocess)?\\.create_subprocess_(exec|shell)|sh\\.(bash|sh|curl|wget)"
                            + "|plumbum\\.cmd\\.\\w+|pexpect\\.(run|spawn)|invoke\\.run"
                            + "|get_ipython\\(\\)\\.(system|getoutput|getoutputs|run_cell_magic|run_line_magic)");
    private static final Pattern RUNS_SOURCE =
            Pattern.compile(
                    "(builtins\\.)?(exec|eval)|runpy\\.run_path|(marshal|pickle|dill|cloudpickle|joblib)\\.loads?");
    private static final Pattern FETCHES =
            Pattern.compile(
                    "\\b(requests|httpx|urllib3?|aiohttp|http\\.client)\\b[\\w.()]{0,100}\\.(get|post|request|urlopen)\\s*\\(|\\burlopen\\s*\\(|\\burlretrieve\\s*\\(");

    /// A call that hands nothing over, which starts nothing: prose names functions so.
    private static final Pattern NAMED = Pattern.compile("(?!plumbum|sh\\.)[^(]*\\(\\s*\\)");

    private static final Pattern UNPACKS =
            Pattern.compile(
                    "\\b(b64decode|b85decode|a85decode|unhexlify|fromhex|decompress|rot_?13)\\b");
    private static final Pattern HOME =
            Pattern.compile(
                    "expanduser|Path\\.home\\(|\\bHOME\\b|USERPROFILE|['\"](/|~|/\\*|/home|/root|C:\\\\*)/?['\"]");

    /// Options of calls through which another program than the named one runs.
    private static final Set<String> OTHER_PROGRAM =
            Set.of("executable", "preexec_fn", "startupinfo");

    private static final Pattern COMMAND_NAMED =
            Pattern.compile("(\\w*_)?(commands?|cmds?|script|entrypoint)");

    private static final int LONGEST_SHOWN = 160;

    private final PythonProgram program;
    private final List<Use> uses = new ArrayList<>();
    private final StringBuilder commands = new StringBuilder();
    private final Set<String> downloads = new HashSet<>();
    private final Places fetches;
    private final Places unpacks;
    private final boolean isFetching;
    private final Map<String, Boolean> fetchedNames = new HashMap<>();
    private boolean isAnyUnknown;

    private ProcessCalls(PythonProgram program) {
        this.program = program;
        this.fetches = new Places(FETCHES, program.source());
        this.unpacks = new Places(UNPACKS, program.source());
        this.isFetching = program.calls().stream().anyMatch(call -> isWithin(fetches, call));
    }

    /// Whether a callee starts a program.
    static boolean isStart(String callee) {
        return STARTS.matcher(callee).matches();
    }

    /// The worst of what a source runs; empty when it runs nothing.
    static Optional<Use> worst(PythonProgram program) {
        ProcessCalls judge = new ProcessCalls(program);
        program.calls().forEach(judge::judge);
        judge.together();
        return judge.uses.stream().max((one, other) -> one.severity().compareTo(other.severity()));
    }

    private void judge(Call call) {
        if (call.callee().equals("urllib.request.urlretrieve") && call.arguments().size() > 1) {
            downloads.add(call.arguments().get(1).joined());
        } else if (isWrittenDownload(call)) {
            downloads.add(call.arguments().getFirst().joined());
        } else if (isStart(call.callee())) {
            start(call);
        } else if (RUNS_SOURCE.matcher(call.callee()).matches() && isFetched(call)) {
            note(Severity.HIGH, call);
        } else if (call.callee().equals("shutil.rmtree")) {
            note(removal(call), call);
        } else {
            handed(call);
        }
    }

    /// Commands that other libraries run: arguments named so.
    private void handed(Call call) {
        call.named().entrySet().stream()
                .filter(named -> COMMAND_NAMED.matcher(named.getKey()).matches())
                .map(named -> Commands.judge(named.getValue().joined()))
                .flatMap(Optional::stream)
                .filter(ProcessCalls::isHigh)
                .findFirst()
                .ifPresent(_ -> note(Severity.HIGH, call));
    }

    /// Removing a folder that the program made is its business; a home, or a place on every
    /// machine, is not.
    private Severity removal(Call call) {
        boolean isHome =
                HOME.matcher(call.source()).find() || call.names().stream().anyMatch(this::isHome);
        boolean isAnywhere =
                call.first("path")
                        .filter(path -> path.joined().matches("([/~\\\\]|[A-Za-z]:).*"))
                        .isPresent();
        return isHome ? Severity.HIGH : isAnywhere ? Severity.MEDIUM : Severity.LOW;
    }

    /// A file opened to be written, in a program that fetches something.
    private boolean isWrittenDownload(Call call) {
        return call.callee().equals("open")
                && call.arguments().size() > 1
                && call.arguments().getFirst().isKnown()
                && call.arguments().get(1).joined().startsWith("w")
                && isFetching;
    }

    private boolean isHome(String name) {
        return program.assigned(name).filter(source -> HOME.matcher(source).find()).isPresent();
    }

    /// Whether what is run was fetched or unpacked, here or where a name in it is assigned.
    private boolean isFetched(Call call) {
        boolean isData = call.callee().contains("load");
        return isWithin(fetches, call)
                || (!isData && isWithin(unpacks, call))
                || call.names().stream().anyMatch(name -> isFetched(name, isData));
    }

    private static boolean isWithin(Places places, Call call) {
        return places.isWithin(call.offset(), call.offset() + call.source().length());
    }

    private boolean isFetched(String name, boolean isData) {
        return fetchedNames.computeIfAbsent(
                name + (isData ? "=" : ""),
                _ ->
                        program.assigned(name)
                                .filter(source ->
                                        FETCHES.matcher(source).find()
                                                || (!isData && UNPACKS.matcher(source).find()))
                                .isPresent());
    }

    private void start(Call call) {
        if (NAMED.matcher(call.source()).matches()) {
            return;
        }
        Value first = command(call);
        String text = first.joined();
        commands.append(text).append('\n');
        Optional<Commands.Judged> judged = Commands.judge(text);
        boolean isElsewhere = call.named().keySet().stream().anyMatch(OTHER_PROGRAM::contains);
        boolean isDownloaded =
                downloads.stream().anyMatch(file -> file.length() > 2 && text.contains(file));
        if (isDownloaded || isFetched(call) || judged.filter(ProcessCalls::isHigh).isPresent()) {
            note(Severity.HIGH, call);
        } else if (!isElsewhere
                && (isHarmless(first) || judged.filter(ProcessCalls::isWellKnown).isPresent())) {
            note(Severity.LOW, call);
        } else {
            isAnyUnknown |= !first.isKnown();
            note(Severity.MEDIUM, call);
        }
    }

    private static boolean isHigh(Commands.Judged judged) {
        return judged.severity().isAtLeast(Severity.HIGH);
    }

    private static boolean isWellKnown(Commands.Judged judged) {
        return judged.kind() == Commands.Kind.WELL_KNOWN;
    }

    /// What is run: a list, a text, or all arguments where each is a word.
    private static Value command(Call call) {
        boolean isWords =
                call.arguments().size() > 1
                        && call.callee()
                                .matches(
                                        ".*(\\.(exec|spawn)l\\w*|create_subprocess_exec|run_cell_magic|sh\\.\\w+|cmd\\.\\w+)");
        Value all = new Value.Items(call.arguments());
        return isWords ? all : call.first("args").or(() -> call.first("cmd")).orElse(all);
    }

    private static boolean isHarmless(Value command) {
        return switch (command) {
            case Value.Text text -> HarmlessCommands.isHarmless(text.text());
            case Value.Items items ->
                    HarmlessCommands.isHarmless(items.items().stream().map(Value::joined).toList());
        };
    }

    /// What the commands do one after another, and what a command might be that is put together
    /// from texts of the source.
    private void together() {
        Optional<Commands.Judged> all =
                Commands.judge(commands.toString()).filter(ProcessCalls::isHigh);
        all.ifPresent(found -> uses.add(new Use(Severity.HIGH, found.text())));
        if (isAnyUnknown) {
            program.texts().stream()
                    .map(Commands::judge)
                    .flatMap(Optional::stream)
                    .filter(ProcessCalls::isHigh)
                    .findFirst()
                    .ifPresent(found -> uses.add(new Use(Severity.HIGH, found.text())));
        }
    }

    private void note(Severity severity, Call call) {
        String shown = call.source().replaceAll("\\s+", " ");
        uses.add(
                new Use(
                        severity,
                        shown.length() <= LONGEST_SHOWN
                                ? shown
                                : shown.substring(0, LONGEST_SHOWN) + "…",
                        isStart(call.callee())));
    }
}
