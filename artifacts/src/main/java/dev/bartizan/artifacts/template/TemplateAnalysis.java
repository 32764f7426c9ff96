package dev.bartizan.artifacts.template;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a template would do when it is rendered outside a sandbox, and what it would slip into a
/// conversation.
public final class TemplateAnalysis {
    /// Longest template that is read.
    public static final int LONGEST = 4 << 20;

    private static final Pattern DUNDER = Pattern.compile("__\\w+__");
    private static final Pattern TAG =
            Pattern.compile("\\{[{%](?:(?!\\{[{%]).){0,2000}", Pattern.DOTALL);

    /// Filters that fetch the attribute they are given the name of.
    private static final Set<String> BY_ATTRIBUTE =
            Set.of("sort", "groupby", "sum", "selectattr", "rejectattr", "unique", "min", "max");

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
    private final String where;
    private final Strings strings = new Strings();

    private TemplateAnalysis(Notes notes, String where) {
        this.notes = notes;
        this.where = where;
    }

    /// Whether text has tags of a template in it.
    public static boolean isTemplate(String text) {
        return (text.contains("{{") && text.contains("}}"))
                || (text.contains("{%") && text.contains("%}"));
    }

    /// Notes what a template does.
    ///
    /// @param place where it stands, for people, such as `chat_template`
    /// @param isMeant whether it surely is a template; otherwise text that does not parse is let
    ///   pass
    public static void look(String text, String place, boolean isMeant, Notes notes) {
        new TemplateAnalysis(notes, notes.item().path() + "#" + place).look(text, isMeant);
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
            collect(nodes);
            nodes.forEach(this::node);
            new Backdoor(strings)
                    .look(nodes)
                    .ifPresent(concern ->
                            notes.findingAt(
                                    TemplateRules.HIDDEN,
                                    concern.severity(),
                                    where,
                                    concern.message()));
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
                                        + brief(tag.group())));
        if (isMeant) {
            notes.broken(
                    TemplateRules.BROKEN,
                    Severity.MEDIUM,
                    e.offset(),
                    "The template does not parse: " + e.what());
        }
    }

    private void collect(List<Node> nodes) {
        for (Node node : nodes) {
            if (node instanceof Node.Statement set
                    && set.word().equals("set")
                    && set.expressions().size() == 1
                    && !set.target().isEmpty()) {
                strings.set(set.target(), set.expressions().getFirst());
                fields(set.expressions().getFirst());
            }
        }
    }

    /// What a `namespace` starts with is found under the names of its fields.
    private void fields(Expr value) {
        if (value instanceof Expr.Call call
                && call.of() instanceof Expr.Name maker
                && maker.name().equals("namespace")) {
            for (Expr argument : call.arguments()) {
                if (argument instanceof Expr.Binary field
                        && field.operator().equals("=")
                        && field.left() instanceof Expr.Name name) {
                    strings.set(name.name(), field.right());
                }
            }
        }
    }

    private void node(Node node) {
        switch (node) {
            case Node.Literal _ -> {}
            case Node.Output output -> walk(output.expression());
            case Node.Statement statement -> {
                statement.expressions().forEach(this::walk);
                if (Set.of("include", "import", "from", "extends").contains(statement.word())) {
                    notes.findingAt(
                            TemplateRules.LOADS,
                            Severity.MEDIUM,
                            where,
                            "The template loads another one at " + statement.at());
                }
            }
        }
    }

    private void walk(Expr expr) {
        name(expr).filter(TemplateAnalysis::isPython).ifPresent(this::report);
        for (Expr part : parts(expr)) {
            walk(part);
        }
    }

    /// The name by which an expression reaches for something, worked out when it is put together.
    private Optional<String> name(Expr expr) {
        return switch (expr) {
            case Expr.Name name ->
                    PYTHON_FUNCTIONS.contains(name.name())
                            ? Optional.empty()
                            : Optional.of(name.name());
            case Expr.Attribute attribute -> Optional.of(attribute.name());
            case Expr.Item item ->
                    strings.fold(item.key()).filter(key -> DUNDER.matcher(key).matches());
            case Expr.Call call
                    when call.of() instanceof Expr.Name name
                            && PYTHON_FUNCTIONS.contains(name.name()) ->
                    Optional.of("__" + name.name() + "__");
            case Expr.Filter filter
                    when filter.name().equals("attr") || filter.name().equals("map") ->
                    filter.arguments().stream()
                            .map(strings::fold)
                            .flatMap(Optional::stream)
                            .filter(TemplateAnalysis::isPython)
                            .findFirst();
            case Expr.Filter filter when BY_ATTRIBUTE.contains(filter.name()) ->
                    filter.arguments().stream()
                            .map(strings::fold)
                            .flatMap(Optional::stream)
                            .flatMap(path -> Stream.of(path.split("\\.", 16)))
                            .filter(part -> DUNDER.matcher(part).matches())
                            .findFirst();
            case Expr.Text text when DUNDER.matcher(text.value()).matches() ->
                    Optional.of(text.value());
            default -> strings.fold(expr).filter(value -> DUNDER.matcher(value).matches());
        };
    }

    private static boolean isPython(String name) {
        return (DUNDER.matcher(name).matches() && !name.equals("__typename__"))
                || PYTHON_ATTRIBUTES.contains(name);
    }

    private void report(String name) {
        notes.findingAt(
                TemplateRules.ESCAPES,
                Severity.CRITICAL,
                where,
                "The template reaches into Python through \""
                        + brief(name)
                        + "\": rendering it can run code");
    }

    static List<Expr> parts(Expr expr) {
        return switch (expr) {
            case Expr.Name _, Expr.Text _, Expr.Numeral _ -> List.of();
            case Expr.Attribute attribute -> List.of(attribute.of());
            case Expr.Item item -> List.of(item.of(), item.key());
            case Expr.Call call -> joined(call.of(), call.arguments());
            case Expr.Filter filter -> joined(filter.of(), filter.arguments());
            case Expr.Binary binary -> List.of(binary.left(), binary.right());
            case Expr.Parts parts -> parts.parts();
        };
    }

    private static List<Expr> joined(Expr first, List<Expr> rest) {
        List<Expr> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }

    private static String brief(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= 80 ? plain : plain.substring(0, 80) + "…";
    }
}
