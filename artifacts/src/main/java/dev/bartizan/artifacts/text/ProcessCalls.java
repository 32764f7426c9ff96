package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.python.Call;
import dev.bartizan.artifacts.python.PythonProgram;
import dev.bartizan.artifacts.python.Value;
import dev.bartizan.artifacts.spi.Sought;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the calls of a Python source run, judged by what is handed to them: high when a program is
/// fetched and run or something is stolen, low when the command is known to be harmless, medium for
/// every other command and every command that the source does not tell.
final class ProcessCalls {

    /// Libraries of the machine, which have a name and no place.
    private static final Pattern SYSTEM_LIBRARY =
            Pattern.compile(
                    "(lib)?[\\w+-]+(\\.so([.\\d]*)?|\\.dylib|\\.dll)?|None|kernel32|user32");

    private static final Pattern PART_OF_A_NAME =
            Pattern.compile("[A-Za-z_][\\w.]*\\.\uFFFC[\\s\\S]*");

    /// Letters written by their numbers, where the letters would do.
    private static final Pattern ESCAPED =
            Pattern.compile("(?:\\\\x[2-7][0-9a-fA-F]|\\\\[01][0-7]{2}){4}");

    /// Data that is no source, by how it is read or named.
    private static final Pattern DATA =
            Pattern.compile(
                    "\\.metadata\\(|\\bsafe_open\\b|\\btorch\\.load\\b|\\bnp\\.load|\\bnumpy\\.load|\\.tobytes\\(|\\.getpixel\\(|\\.(txt|bin|json|dat|png|jpe?g|gif|csv|npy|safetensors|gguf|md|cfg|log)['\"]");

    private static final Pattern SOURCE_FILE =
            Pattern.compile(
                    "(version|about|pkginfo|_meta|release)\\w{0,20}\\.py['\"]|__(version|about|init)__|[\"'](_?version|about)\\b");

    private static final Pattern STARTS_IN_C =
            Pattern.compile("\\b(system|popen|exec[lv]p?e?|dlopen)\\s*\\(");

    private static final int CALL_BEFORE = 300;
    private static final Pattern FETCHES =
            Pattern.compile(
                    "\\b(requests|httpx|urllib3?|aiohttp|http\\.client)\\b[\\w.()]{0,100}\\.(get|post|request|urlopen)\\s*\\(|\\burlopen\\s*\\(|\\burlretrieve\\s*\\(");

    /// A call that hands nothing over, which starts nothing: prose names functions so.
    private static final Pattern HANDS_NOTHING =
            Pattern.compile("(?!plumbum|sh\\.)[^(]*\\(\\s*\\)");

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

    private static final Pattern READS = Pattern.compile("open\\(|\\.read");

    private static final Sought SOUGHT = Sought.of(FETCHES, UNPACKS, DATA, SOURCE_FILE, READS);

    private final PythonProgram program;
    private @Nullable Use worst;

    /// Calls that hand over a function with what it may well be called with.
    private final List<Call> harmless = new ArrayList<>();

    private final StringBuilder commands = new StringBuilder();
    private final Set<String> downloads = new HashSet<>();
    private final Places fetches;
    private final Places unpacks;
    private final Places data;
    private final Places sourceFiles;
    private final Places reads;
    private final boolean isFetching;
    private final Map<String, Boolean> fetchedNames = new HashMap<>();
    private boolean isAnyUnknown;

    private ProcessCalls(PythonProgram program) {
        this.program = program;
        Sought.In sought = SOUGHT.in(program.source());
        this.fetches = new Places(sought.finds(FETCHES));
        this.unpacks = new Places(sought.finds(UNPACKS));
        this.data = new Places(sought.finds(DATA));
        this.sourceFiles = new Places(sought.finds(SOURCE_FILE));
        this.reads = new Places(sought.finds(READS));
        this.isFetching = program.calls().stream().anyMatch(call -> isWithin(fetches, call));
    }

    /// The worst of what a source runs; empty when it runs nothing.
    static Optional<Use> worst(PythonProgram program) {
        ProcessCalls judge = new ProcessCalls(program);
        program.calls().forEach(judge::judge);
        judge.together();
        HandedOn.in(program, judge.harmless).forEach(judge::note);
        Thefts.in(program).map(text -> new Use(Severity.HIGH, text)).ifPresent(judge::note);
        return Optional.ofNullable(judge.worst);
    }

    private void judge(Call call) {
        switch (call.way()) {
            case NAMED -> named(call);
            case HANDED -> handedOver(call);
            case LOOKED_UP -> lookedUp(call);
        }
    }

    /// A program has no need to look up what it could call by its name.
    private void lookedUp(Call call) {
        String callee = call.callee();
        String last = callee.substring(callee.lastIndexOf('.') + 1);
        boolean isText = Callee.of(last).runsText();
        Callee called = Callee.of(callee);
        if (called.isAnyOfAModule()) {
            note(Severity.MEDIUM, call);
        }
        if (!called.startsByName() && !called.starts()) {
            return;
        }
        String text = command(call).joined();
        boolean isPlain = isText ? isPlainText(text) : isHarmless(command(call));
        Severity plain = called.starts() ? Severity.MEDIUM : Severity.LOW;
        note(isPlain ? plain : Severity.HIGH, call);
    }

    private void handedOver(Call call) {
        Callee callee = Callee.of(call.callee());
        if (!callee.startsByAnyWay() && !callee.runsText()) {
            return;
        }
        boolean isKnown = !call.arguments().isEmpty() && command(call).isKnown();
        String text =
                Value.joined(call.arguments(), " ")
                        + "\n"
                        + Value.joined(List.copyOf(call.named().values()), " ");
        boolean isAttack =
                Commands.judge(text).filter(ProcessCalls::isHigh).isPresent() || isFetched(call);
        if (isAttack) {
            note(Severity.HIGH, call);
        } else if (isKnown && !callee.runsText()) {
            boolean isHarmless = isHarmless(command(call));
            note(isHarmless ? Severity.LOW : Severity.MEDIUM, call);
            if (isHarmless) {
                harmless.add(call);
            }
        }
    }

    /// Texts that `exec` and `eval` are handed word for word count by what they do.
    private static boolean isPlainText(String text) {
        return text.indexOf(Value.HOLE) < 0
                && CodeInText.inSource(text)
                        .filter(use -> use.severity().isAtLeast(Severity.MEDIUM))
                        .isEmpty();
    }

    private void runsText(Call call) {
        Optional<Value> first = call.first("source");
        if (first.isEmpty()) {
            return;
        }
        String text = first.get().joined();
        boolean isCompiled = call.callee().endsWith("compile");
        boolean isFromData =
                isWithin(data, call)
                        || call.names().stream()
                                .anyMatch(name ->
                                        program.origin(name)
                                                .filter(from -> DATA.matcher(from).find())
                                                .isPresent());
        if (isFetched(call) || (!isCompiled && isFromData)) {
            note(Severity.HIGH, call);
        } else if (first.get().isKnown()) {
            Optional<Use> inner = text.length() < 4 ? Optional.empty() : CodeInText.inSource(text);
            Severity severity = inner.map(Use::severity).orElse(Severity.LOW);
            boolean isHidden = ESCAPED.matcher(call.source()).find();
            note(isHidden && severity.isAtLeast(Severity.MEDIUM) ? Severity.HIGH : severity, call);
        } else {
            note(
                    isOwnSource(call) || PART_OF_A_NAME.matcher(text).matches()
                            ? Severity.LOW
                            : Severity.MEDIUM,
                    call);
        }
    }

    /// Whether what is run is read from a file of Python, as recipes of packages read a version.
    private boolean isOwnSource(Call call) {
        int from = Math.max(0, call.offset() - CALL_BEFORE);
        boolean isRead = isWithin(reads, call);
        boolean isNamed =
                isWithin(sourceFiles, call)
                        || sourceFiles.isWithin(from, call.offset())
                        || call.names().stream()
                                .anyMatch(name ->
                                        program.origin(name)
                                                .filter(o -> SOURCE_FILE.matcher(o).find())
                                                .isPresent());
        return isNamed
                && (isRead
                        || call.names().stream()
                                .anyMatch(name ->
                                        program.origin(name)
                                                .filter(o ->
                                                        o.contains("open(") || o.contains(".read"))
                                                .isPresent()));
    }

    private void library(Call call) {
        if (isOfNothing(call)) {
            return;
        }
        String name = call.first("name").map(Value::joined).orElse("");
        boolean isOfSystem =
                !call.callee().startsWith("torch.") && SYSTEM_LIBRARY.matcher(name).matches();
        note(
                isOfSystem || call.source().contains("find_library")
                        ? Severity.LOW
                        : Severity.MEDIUM,
                call);
    }

    private void named(Call call) {
        Callee callee = Callee.of(call.callee());
        if (callee.startsByAnyWay()) {
            start(call);
        } else if (callee.startsNatively() || isForeign(call)) {
            note(Severity.HIGH, call);
        } else if (callee.runsText()) {
            runsText(call);
        } else if (callee.loadsLibrary()) {
            library(call);
        } else if (call.callee().equals("urllib.request.urlretrieve")
                && call.arguments().size() > 1) {
            downloads.add(call.arguments().get(1).joined());
        } else if (isWrittenDownload(call)) {
            downloads.add(call.arguments().getFirst().joined());
        } else if (isDataFile(call)) {
            note(Severity.HIGH, call);
        } else if (callee.runsFile() && !isOfNothing(call)) {
            note(Severity.MEDIUM, call);
        } else if (isOddModule(call)) {
            note(Severity.MEDIUM, call);
        } else if (callee.runsSource() && isFetched(call)) {
            note(Severity.HIGH, call);
        } else if (call.callee().equals("shutil.rmtree")) {
            note(removal(call), call);
        } else {
            handed(call);
        }
    }

    /// Whether a list or tuple is handed over where only a path does anything.
    private static boolean isOfNothing(Call call) {
        return call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Value.Items items
                && items.items().isEmpty();
    }

    /// Modules and scripts that are loaded from a file which is none by its name.
    private static boolean isDataFile(Call call) {
        return call.callee().equals("runpy.run_path") && DATA.matcher(call.source()).find();
    }

    /// Code that is loaded from what its name says is data.
    private static boolean isOddModule(Call call) {
        return Callee.of(call.callee()).loadsModule() && DATA.matcher(call.source()).find();
    }

    /// A method of whatever library that is handed an attack, or source of C that starts programs.
    private static boolean isForeign(Call call) {
        boolean isCompiler = call.callee().endsWith("load_inline");
        if (isCompiler) {
            return Stream.concat(call.arguments().stream(), call.named().values().stream())
                    .anyMatch(text -> STARTS_IN_C.matcher(text.joined()).find());
        }
        return Callee.of(call.callee()).runsCommand()
                && call.arguments().stream()
                        .limit(2)
                        .map(text -> Commands.judge(text.joined()))
                        .flatMap(Optional::stream)
                        .anyMatch(ProcessCalls::isHigh);
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
        if (HANDS_NOTHING.matcher(call.source()).matches()) {
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
                && (isHarmless(first)
                        || OrdinaryPrograms.isIn(call, command(call), program)
                        || judged.filter(ProcessCalls::isWellKnown).isPresent())) {
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
        boolean isWords = call.arguments().size() > 1 && Callee.of(call.callee()).takesWords();
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
        all.ifPresent(found -> note(new Use(Severity.HIGH, found.text())));
        boolean isHanded =
                program.references().stream().map(Callee::of).anyMatch(Callee::startsByAnyWay);
        if (isAnyUnknown || isHanded) {
            program.texts().stream()
                    .map(Commands::judge)
                    .flatMap(Optional::stream)
                    .filter(ProcessCalls::isHigh)
                    .findFirst()
                    .ifPresent(found -> note(new Use(Severity.HIGH, found.text())));
        }
    }

    /// Only the worst counts, and of several as bad the first.
    private void note(Severity severity, Call call) {
        if (worst != null && !isWorse(severity, worst)) {
            return;
        }
        String shown = call.source().replaceAll("\\s+", " ");
        worst =
                new Use(
                        severity,
                        shown.length() <= LONGEST_SHOWN
                                ? shown
                                : shown.substring(0, LONGEST_SHOWN) + "…",
                        Callee.of(call.callee()).starts());
    }

    private void note(Use use) {
        worst = worst == null || isWorse(use.severity(), worst) ? use : worst;
    }

    private static boolean isWorse(Severity severity, Use than) {
        return severity.compareTo(than.severity()) > 0;
    }
}
