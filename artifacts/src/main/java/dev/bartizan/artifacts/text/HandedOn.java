package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.python.Call;
import dev.bartizan.artifacts.python.PythonProgram;
import dev.bartizan.artifacts.python.Reference;
import dev.bartizan.artifacts.python.Value;
import dev.bartizan.artifacts.text.CodeInText.Use;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What starts programs and is handed on as a value, so that another name calls it: stored, given
/// as an argument, returned. However it is called then, the program that does so may start
/// anything. Likewise a method of an unknown object with the name of such a function, in a program
/// that hands on the module it is in.
final class HandedOn {
    private static final Set<String> RUNS_TEXT = Set.of("exec", "builtins.exec");

    private static final Set<String> MODULES =
            Set.of("os", "posix", "nt", "subprocess", "pty", "commands", "runpy");

    private static final Pattern METHOD =
            Pattern.compile(
                    "(?:.*[.)\\]])?(?:(system|popen|startfile|posix_spawnp?|exec[lv]p?e?|spawn[lv]p?e?)|(Popen|run|call|check_call|check_output|getoutput|getstatusoutput)|(spawn)|(run_path|run_module))");

    private static final Pattern OWN = Pattern.compile("(self|cls|super\\(\\))\\.\\w+");

    private HandedOn() {}

    /// Each of them.
    ///
    /// @param harmless calls that hand over such a function with what it may well be called with
    static List<Use> in(PythonProgram program, List<Call> harmless) {
        List<Use> uses = new ArrayList<>();
        Set<String> modules =
                program.values().stream()
                        .map(Reference::name)
                        .filter(MODULES::contains)
                        .collect(Collectors.toSet());
        NavigableMap<Integer, Integer> settled = ranges(harmless);
        for (Reference value : program.values()) {
            boolean isStart =
                    Callee.of(value.name()).startsByAnyWay()
                            || Callee.of(value.name()).runsFile()
                            || RUNS_TEXT.contains(value.name());
            if (isStart && !isWithin(value, settled)) {
                uses.add(new Use(Severity.MEDIUM, value.source(), true));
            }
        }
        if (!modules.isEmpty()) {
            program.calls().stream()
                    .filter(call -> isMethod(program, call, modules))
                    .forEach(call ->
                            uses.add(
                                    new Use(
                                            isHarmless(call) ? Severity.LOW : Severity.MEDIUM,
                                            call.source().replaceAll("\\s+", " "),
                                            true)));
        }
        return uses;
    }

    /// Where calls start and end, those that reach into one another as one.
    private static NavigableMap<Integer, Integer> ranges(List<Call> calls) {
        NavigableMap<Integer, Integer> ranges = new TreeMap<>();
        calls.stream()
                .sorted((one, other) -> Integer.compare(one.offset(), other.offset()))
                .forEach(call -> {
                    int end = call.offset() + call.source().length();
                    boolean isApart =
                            ranges.isEmpty() || ranges.lastEntry().getValue() <= call.offset();
                    ranges.merge(isApart ? call.offset() : ranges.lastKey(), end, Math::max);
                });
        return ranges;
    }

    private static boolean isWithin(Reference value, NavigableMap<Integer, Integer> ranges) {
        Map.Entry<Integer, Integer> before = ranges.floorEntry(value.offset());
        return before != null && value.offset() < before.getValue();
    }

    private static boolean isHarmless(Call call) {
        return call.first("args")
                .filter(Value::isKnown)
                .filter(command -> HarmlessCommands.isHarmless(command.joined()))
                .isPresent();
    }

    /// Whether a method is called that has the name of a function in one of the modules, of an
    /// object of which nothing else is known.
    private static boolean isMethod(PythonProgram program, Call call, Set<String> modules) {
        Matcher method = METHOD.matcher(call.callee());
        if (call.way() != Call.Way.NAMED || !method.matches() || call.source().endsWith("()")) {
            return false;
        }
        boolean isOfModule =
                method.group(1) != null
                        ? modules.contains("os")
                                || modules.contains("posix")
                                || modules.contains("nt")
                        : method.group(2) != null
                                ? modules.contains("subprocess") || modules.contains("commands")
                                : modules.contains(method.group(3) != null ? "pty" : "runpy");
        String first = call.source().replaceFirst("[^\\w][\\s\\S]*", "");
        boolean isMethod =
                call.callee().matches("[\\s\\S]*[.)\\]]\\w+") || isBehindDot(program, call);
        return isOfModule
                && isMethod
                && !program.isImported(first)
                && !OWN.matcher(call.callee()).matches();
    }

    private static boolean isBehindDot(PythonProgram program, Call call) {
        int at = call.offset() - 1;
        while (at >= 0 && Character.isWhitespace(program.source().charAt(at))) {
            at--;
        }
        return at >= 0 && program.source().charAt(at) == '.';
    }
}
