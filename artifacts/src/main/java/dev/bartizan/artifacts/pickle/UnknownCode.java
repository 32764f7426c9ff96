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
    private static final int DEEPEST = 3;

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
        if (isFramework && REBUILDS.matcher(last).matches()) {
            return tells(arguments, 0) ? Severity.MEDIUM : Severity.LOW;
        }
        return TELLING_FUNCTION.matcher(last).find() ? Severity.HIGH : Severity.MEDIUM;
    }

    private static boolean tells(Value value, int depth) {
        return switch (value) {
            case Text text -> TELLING_TEXT.matcher(text.value()).matches();
            case Group group ->
                    depth < DEEPEST
                            && group.items().stream()
                                    .limit(64)
                                    .anyMatch(item -> tells(item, depth + 1));
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
