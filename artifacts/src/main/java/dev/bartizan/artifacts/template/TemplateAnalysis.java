package dev.bartizan.artifacts.template;

import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a template would do when it is rendered outside a sandbox, and what it would slip into a
/// conversation.
public final class TemplateAnalysis {
    /// Longest template that is read.
    public static final int LONGEST = 4 << 20;

    private static final LazyPattern DUNDER =
            LazyPattern.of("__\\w{1,80}__|_[A-Z]\\w{0,80}__\\w{1,80}");
    private static final LazyPattern TAG = LazyPattern.of("(?s)\\{[{%](?:(?!\\{[{%]).){0,2000}");

    /// A field of a format that goes on from its value to what Python keeps beneath it.
    private static final LazyPattern FIELD =
            LazyPattern.of("\\{[^{}\\s]{0,200}?[.\\[](__[A-Za-z]\\w{0,80})");

    private static final LazyPattern STEP = LazyPattern.of("[.\\[\\]]");
    private static final int LONGEST_PATH = 400;

    private static final Set<String> PYTHON_ATTRIBUTES =
            Set.of(
                    "mro",
                    "func_globals",
                    "gi_frame",
                    "gi_code",
                    "cr_frame",
                    "cr_code",
                    "tb_frame",
                    "f_globals",
                    "f_builtins",
                    "f_back",
                    "f_locals",
                    "im_func",
                    "_module",
                    "popen",
                    "system",
                    "eval",
                    "exec",
                    "environ",
                    "check_output",
                    "Popen",
                    "urlopen",
                    "load_module",
                    "import_module",
                    "_load_form_data",
                    "from_string");

    /// Attributes of generators and frames, which no dictionary has as a key.
    private static final Set<String> FRAMES =
            Set.of(
                    "gi_frame",
                    "gi_code",
                    "cr_frame",
                    "cr_code",
                    "ag_frame",
                    "ag_code",
                    "tb_frame",
                    "f_globals",
                    "f_builtins",
                    "f_locals",
                    "f_back",
                    "func_globals",
                    "im_func");

    /// Functions and classes that each template may use (Jinja, "List of Global Functions").
    private static final Set<String> JINJA_OBJECTS =
            Set.of("lipsum", "cycler", "joiner", "namespace", "range", "dict");

    private static final Set<String> PYTHON_FUNCTIONS =
            Set.of(
                    "eval",
                    "exec",
                    "compile",
                    "open",
                    "getattr",
                    "setattr",
                    "globals",
                    "locals",
                    "vars",
                    "breakpoint",
                    "input",
                    "__import__",
                    "execfile");

    private final Notes notes;
    private final String place;
    private final String where;
    private final Set<String> reported = new HashSet<>();

    private Evaluator evaluator = new Evaluator((_, _) -> Value.unknown());
    private Tampering tampering = new Tampering(evaluator);
    private Endless endless = new Endless(List.of());

    private TemplateAnalysis(Notes notes, String place) {
        this.notes = notes;
        this.place = place;
        this.where = notes.item().path() + "#" + place;
    }

    /// Whether text has tags of a template in it.
    public static boolean isTemplate(String text) {
        return (text.contains("{{") && text.contains("}}"))
                || (text.contains("{%") && text.contains("%}"));
    }

    /// Whether text reads as a template of Jinja.
    public static boolean parses(String text) {
        try {
            return text.length() <= LONGEST && !TemplateParser.parse(text).isEmpty();
        } catch (FormatException e) {
            return false;
        }
    }

    /// Notes what a template does.
    ///
    /// @param place where it stands, for people, such as `chat_template`
    /// @param isMeant whether it surely is a template; otherwise text that does not parse is let
    ///   pass
    public static void look(String text, String place, boolean isMeant, Notes notes) {
        new TemplateAnalysis(notes, place).look(text, isMeant);
    }

    private void look(String text, boolean isMeant) {
        if (isMeant) {
            Invisible.first(text)
                    .ifPresent(hidden ->
                            notes.findingAt(
                                    TemplateRules.INVISIBLE,
                                    Severity.MEDIUM,
                                    where,
                                    "The template holds invisible characters: " + hidden));
        }
        try {
            if (text.length() > LONGEST) {
                throw FormatException.limit(
                        LONGEST, "A template longer than " + LONGEST + " characters");
            }
            List<Node> nodes = TemplateParser.parse(text);
            loads(nodes);
            endless = new Endless(nodes);
            endless.inLoops().ifPresent(this::endless);
            Walkthrough walkthrough = new Walkthrough(nodes, this::walk);
            evaluator = walkthrough.evaluator();
            tampering = new Tampering(evaluator);
            walkthrough.run();
            if (evaluator.isExhausted()) {
                throw FormatException.limit(0, "Working out its texts takes too many steps");
            }
            new Backdoor(evaluator)
                    .look(nodes)
                    .ifPresent(concern ->
                            notes.findingAt(
                                    TemplateRules.HIDDEN,
                                    concern.severity(),
                                    where,
                                    concern.message()));
            tampering.look(nodes).ifPresent(this::hidden);
            if (isMeant) {
                tampering.replacedOperator(nodes).ifPresent(this::hidden);
                Tampering.advertises(nodes).ifPresent(this::hidden);
                Instructions.look(Backdoor.texts(nodes), Instructions.Use.OBEYED, place, notes);
            }
        } catch (FormatException e) {
            unparsed(text, e, isMeant);
        }
    }

    private void unparsed(String text, FormatException e, boolean isMeant) {
        TAG.matcher(text)
                .results()
                .filter(tag ->
                        DUNDER.matcher(tag.group()).results().anyMatch(m -> isPython(m.group())))
                .findFirst()
                .ifPresent(tag ->
                        notes.findingAt(
                                TemplateRules.ESCAPES,
                                Severity.HIGH,
                                where,
                                "A broken template that reaches into Python: "
                                        + Shown.text(tag.group())));
        if (isMeant && e.kind() == FormatException.Kind.LIMIT && e.what().contains("deeper")) {
            notes.findingAt(
                    TemplateRules.HIDDEN,
                    Severity.MEDIUM,
                    where,
                    "Rendering it takes without bound: " + e.what());
        }
        if (isMeant) {
            notes.broken(
                    TemplateRules.BROKEN,
                    Severity.MEDIUM,
                    e.offset(),
                    "The template does not parse: " + e.what());
        } else if (evaluator.isExhausted()) {
            notes.notCovered("what may be a template and takes too many steps");
        }
    }

    private void loads(List<Node> nodes) {
        for (Node node : nodes) {
            if (node instanceof Node.Statement statement
                    && Set.of("include", "import", "from", "extends").contains(statement.word())) {
                notes.findingAt(
                        TemplateRules.LOADS,
                        Severity.MEDIUM,
                        where,
                        "The template loads another one at " + statement.at());
            }
        }
    }

    private void hidden(Backdoor.Concern concern) {
        reportOnce(TemplateRules.HIDDEN, concern.severity(), concern.message());
    }

    private void endless(String what) {
        reportOnce(TemplateRules.ENDLESS, Severity.MEDIUM, "Rendering the template " + what);
    }

    private void walk(Expr expr) {
        tampering.look(expr).ifPresent(this::hidden);
        endless.in(expr).ifPresent(this::endless);
        names(expr).stream().filter(TemplateAnalysis::isPython).forEach(this::report);
        boolean isComputed =
                (expr instanceof Expr.Filter filter && isComputed(filter))
                        || (expr instanceof Expr.Item item && isComputed(item));
        if (isComputed) {
            reportOnce(
                    TemplateRules.COMPUTED,
                    Severity.MEDIUM,
                    "The template fetches an attribute by a name that only rendering it tells");
        }
        for (Expr part : parts(expr)) {
            walk(part);
        }
    }

    /// Whether the attribute it fetches, of one thing or of each in a list, is named by nothing
    /// that stands in the template.
    private boolean isComputed(Expr.Filter filter) {
        if (filter.name().equals("attr")) {
            return filter.arguments().stream().allMatch(each -> texts(each).isEmpty());
        }
        return filter.name().equals("map")
                && filter.arguments().stream()
                        .anyMatch(each ->
                                each instanceof Expr.Binary pair
                                        && pair.operator().equals("=")
                                        && pair.left().equals(new Expr.Name("attribute"))
                                        && texts(pair.right()).isEmpty()
                                        && !(evaluator.eval(pair.right())
                                                instanceof Value.Numeral));
    }

    /// Whether it takes from an object of Jinja's own what nothing in the template names: where
    /// there is no such item, an attribute is taken.
    private boolean isComputed(Expr.Item item) {
        return item.of() instanceof Expr.Name name
                && JINJA_OBJECTS.contains(name.name())
                && texts(item.key()).isEmpty()
                && !(evaluator.eval(item.key()) instanceof Value.Numeral);
    }

    private List<String> texts(Expr expr) {
        return evaluator.eval(expr).texts();
    }

    /// The names by which an expression reaches for something, worked out when they are put
    /// together.
    private List<String> names(Expr expr) {
        return switch (expr) {
            case Expr.Name name ->
                    PYTHON_FUNCTIONS.contains(name.name()) ? List.of() : List.of(name.name());
            case Expr.Attribute attribute -> List.of(attribute.name());
            case Expr.Item item ->
                    Stream.concat(
                                    dunders(texts(item.key()).stream()).stream(),
                                    texts(item.key()).stream().filter(FRAMES::contains))
                            .toList();
            case Expr.Call call
                    when call.of() instanceof Expr.Name name
                            && PYTHON_FUNCTIONS.contains(name.name()) ->
                    List.of("__" + name.name() + "__");
            case Expr.Filter filter
                    when filter.name().equals("attr") || filter.name().equals("map") ->
                    filter.arguments().stream()
                            .flatMap(each -> texts(each).stream())
                            .flatMap(TemplateAnalysis::steps)
                            .toList();
            default -> dunders(texts(expr).stream());
        };
    }

    /// What of Python's own names texts reach: as a name, as a step of a path, in a field of a
    /// format.
    private static List<String> dunders(Stream<String> texts) {
        return texts.flatMap(TemplateAnalysis::reached).toList();
    }

    private static Stream<String> reached(String text) {
        if (!text.contains("__")) {
            return Stream.of();
        }
        return Stream.concat(
                steps(text).filter(step -> DUNDER.matcher(step).matches()),
                FIELD.matcher(text).results().map(field -> closed(field.group(1))));
    }

    private static String closed(String name) {
        return name.endsWith("__") ? name : name + "__";
    }

    /// The steps of a path such as `a.b[0].c`; prose is none.
    private static Stream<String> steps(String text) {
        boolean isPath =
                text.length() <= LONGEST_PATH && text.chars().noneMatch(Character::isWhitespace);
        return isPath ? Stream.of(STEP.get().split(text)) : Stream.of(text);
    }

    private static boolean isPython(String name) {
        return (DUNDER.matcher(name).matches() && !name.equals("__typename__"))
                || PYTHON_ATTRIBUTES.contains(name);
    }

    private void report(String name) {
        reportOnce(
                TemplateRules.ESCAPES,
                Severity.CRITICAL,
                "The template reaches into Python through \""
                        + Shown.text(name)
                        + "\": rendering it can run code");
    }

    /// Loops and macros are gone through more than once.
    private void reportOnce(Rule rule, Severity severity, String message) {
        if (reported.add(message)) {
            notes.findingAt(rule, severity, where, message);
        }
    }

    static List<Expr> parts(Expr expr) {
        return switch (expr) {
            case Expr.Name _, Expr.Text _, Expr.Numeral _, Expr.Nothing _ -> List.of();
            case Expr.Attribute attribute -> List.of(attribute.of());
            case Expr.Item item -> List.of(item.of(), item.key());
            case Expr.Slice slice -> List.of(slice.from(), slice.to(), slice.step());
            case Expr.Call call -> joined(call.of(), call.arguments());
            case Expr.Filter filter -> joined(filter.of(), filter.arguments());
            case Expr.Binary binary -> List.of(binary.left(), binary.right());
            case Expr.Negative negative -> List.of(negative.of());
            case Expr.Listing listing -> listing.items();
            case Expr.Dictionary dictionary -> dictionary.pairs();
            case Expr.Choice choice ->
                    List.of(choice.then(), choice.condition(), choice.otherwise());
            case Expr.Parts parts -> parts.parts();
        };
    }

    private static List<Expr> joined(Expr first, List<Expr> rest) {
        List<Expr> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }
}
