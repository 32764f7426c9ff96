package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.How;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.core.Severity;

/// How bad it is to call what no line of the table knows: by where it comes from, by what its name
/// tells, by what it is given.
final class UnknownCode {
    private static final LazyPattern CLASS_NAME = LazyPattern.of("_*[A-Z][A-Za-z0-9_]*");
    private static final LazyPattern TELLING_FUNCTION =
            LazyPattern.of(
                    "(?i)(^|_|\\.)(exec|eval|system|popen|spawn|shell|command|cmd|run|call|invoke|compile"
                            + "|import|load|loads|unpickle|deserialize|open|write|download|fetch"
                            + "|request|urlopen|connect|getattr|setattr|apply|execute|subprocess"
                            + "|lambdify|sympify|parse_expr|upload|send|delete|unlink|rmtree|extract"
                            + "|unpack|instantiate|locate|install|launch|script|plugin|inject|unsafe|interactive"
                            + "|from_pretrained|readfile|writefile|file_(read|write))");
    private static final LazyPattern TELLING_CLASS =
            LazyPattern.of(
                    "Process|.*(Popen|Command|Shell|Exec|Eval|System|Subprocess|Interpreter|Unpickler"
                            + "|Download|Loader|Import|Script|Console|Terminal|Debugger|Runtime|Template"
                            + "|ReadFile|WriteFile).*");
    private static final LazyPattern REBUILDS =
            LazyPattern.of(
                    "_*(re(build|construct|store|create)|un?reduce|new|make|construct|setstate"
                            + "|from_(dict|state|bytes|buffer|numpy)|pyx_unpickle).*");
    private static final LazyPattern TELLING_TEXT =
            LazyPattern.of("(?s).*(://|\\.\\./|^/|[;|&`$]|\\\\\\\\|__|\\bimport\\b).*");

    /// A function of a module, as entry points and registries name it; a model of a hub; an
    /// address. What resolves such a name imports or fetches what it says.
    private static final LazyPattern CODE_OR_ADDRESS =
            LazyPattern.of(
                    "[A-Za-z_][\\w.-]{0,200}:[A-Za-z_][\\w./@-]{0,400}|local-dir:.+|[a-z][a-z0-9+.-]{0,30}://.+");

    /// A module with what it holds, which reads like a name of a file or of a weight, too.
    private static final LazyPattern DOTTED =
            LazyPattern.of("[A-Za-z_]\\w{0,80}(?:\\.[A-Za-z_]\\w{0,80}){1,9}");

    private static final LazyPattern MAKES =
            LazyPattern.of("_*(make|new|construct|create)(_(?!tensor|param|qtensor)[a-z_]*)?");
    private static final int DEEPEST = 3;
    private static final int MOST_LOOKED_AT = 64;

    private UnknownCode() {}

    /// @param how an object is made by the class's `__new__`, which nothing but a class has: then a
    ///   name in small letters is one too
    static Severity severity(Name plain, Value arguments, How how) {
        Callables callables = Callables.bundled();
        String last = plain.name().substring(plain.name().lastIndexOf('.') + 1);
        boolean isSmallClass = how == How.NEW && !TELLING_FUNCTION.matcher(last).find();
        boolean isClass = isSmallClass || CLASS_NAME.matcher(last).matches();
        boolean isBare = how == How.NEW && arguments instanceof Group group && group.count() == 0;
        boolean isFramework = callables.isFramework(plain.module());
        if (callables.isStandard(plain.module())) {
            return Severity.HIGH;
        }
        if (isBare && isClass) {
            return isFramework ? Severity.INFO : Severity.LOW;
        }
        if (isClass) {
            return TELLING_CLASS.matcher(last).matches() || tells(arguments, 0)
                    ? Severity.MEDIUM
                    : Severity.LOW;
        }
        boolean isRebuilding = REBUILDS.matcher(last).matches();
        if (isFramework && isRebuilding) {
            return rebuilding(last, arguments);
        }
        boolean isResolving = !isRebuilding && holds(CODE_OR_ADDRESS, arguments, 0);
        return isResolving || TELLING_FUNCTION.matcher(last).find()
                ? Severity.HIGH
                : Severity.MEDIUM;
    }

    /// What a framework's own function makes: an object of its parts, or something that it finds by
    /// a name.
    private static Severity rebuilding(String function, Value arguments) {
        if (holds(CODE_OR_ADDRESS, arguments, 0)) {
            return Severity.HIGH;
        }
        boolean isFound = MAKES.matcher(function).matches() && holds(DOTTED, arguments, 0);
        return isFound || tells(arguments, 0) ? Severity.MEDIUM : Severity.LOW;
    }

    private static boolean tells(Value value, int depth) {
        return holds(TELLING_TEXT, value, depth);
    }

    private static boolean holds(LazyPattern pattern, Value value, int depth) {
        return switch (value) {
            case Text text -> pattern.matcher(text.value()).matches();
            case Group group ->
                    depth < DEEPEST
                            && group.items().stream()
                                    .limit(MOST_LOOKED_AT)
                                    .anyMatch(item -> holds(pattern, item, depth + 1));
            case Value.Plain _,
                    Value.Whole _,
                    Value.Bytes _,
                    Imported _,
                    Value.Attribute _,
                    Value.Persistent _,
                    Value.Extension _,
                    Value.Unknown _,
                    Value.Made _ ->
                    false;
        };
    }
}
