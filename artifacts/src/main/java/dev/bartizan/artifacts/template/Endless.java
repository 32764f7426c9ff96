package dev.bartizan.artifacts.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What rendering a template would not come to an end with: powers and texts without measure, loops
/// in loops over ranges, macros that call themselves whatever they are called with. A sandbox
/// bounds a single range and nothing of these (Jinja documentation, "Sandbox", security
/// considerations).
final class Endless {
    private static final int MOST_NAMES = 8;
    private static final double MOST_BITS = 1 << 22;
    private static final double MOST_CHARACTERS = 1e8;
    private static final double MOST_TURNS = 1e9;
    private static final Pattern WIDE = Pattern.compile("%[-+ #0]{0,8}+\\d{8,}");

    private static final Pattern WIDE_FIELD = Pattern.compile("\\{[^{}:]{0,40}:[^{}]{0,4}?\\d{8,}");

    private final List<Node> nodes;

    /// What names and fields of namespaces are set to.
    private final Map<String, Expr> set = new HashMap<>();

    Endless(List<Node> nodes) {
        this.nodes = nodes;
        for (Node node : nodes) {
            if (node instanceof Node.Statement statement
                    && statement.word().equals("set")
                    && !statement.target().isEmpty()
                    && !statement.expressions().isEmpty()) {
                set.putIfAbsent(statement.target(), statement.expressions().getFirst());
            }
        }
    }

    /// What an expression takes without bound.
    Optional<String> in(Expr expr) {
        return switch (expr) {
            case Expr.Binary power when power.operator().equals("**") -> power(power);
            case Expr.Binary product when product.operator().equals("*") ->
                    repeats(product.left(), product.right())
                                    || repeats(product.right(), product.left())
                            ? Optional.of("repeats a text without measure")
                            : Optional.empty();
            case Expr.Binary percent when percent.operator().equals("%") -> wide(percent.left());
            case Expr.Filter filter when filter.name().equals("format") -> wide(filter.of());
            case Expr.Call call
                    when call.of() instanceof Expr.Attribute method
                            && method.name().equals("format") ->
                    resolved(method.of()) instanceof Expr.Text text
                                    && WIDE_FIELD.matcher(text.value()).find()
                            ? Optional.of("fills a text up without measure")
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// What a name or field was set to, however many names stand between.
    private Expr resolved(Expr expr) {
        Expr found = expr;
        for (int i = 0; i < MOST_NAMES; i++) {
            String name =
                    switch (found) {
                        case Expr.Name plain -> plain.name();
                        case Expr.Attribute field -> field.name();
                        default -> "";
                    };
            Expr next = set.get(name);
            if (next == null) {
                return found;
            }
            found = next;
        }
        return found;
    }

    private Optional<String> power(Expr.Binary power) {
        double bits = Math.log(Math.abs(number(power.left()))) / Math.log(2);
        return bits * number(power.right()) > MOST_BITS
                ? Optional.of("works out a power without measure")
                : Optional.empty();
    }

    private boolean repeats(Expr what, Expr times) {
        double length =
                switch (resolved(what)) {
                    case Expr.Text text -> text.value().length();
                    case Expr.Listing listing -> listing.items().size();
                    default -> 0;
                };
        return length * number(times) > MOST_CHARACTERS;
    }

    private Optional<String> wide(Expr format) {
        return resolved(format) instanceof Expr.Text text && WIDE.matcher(text.value()).find()
                ? Optional.of("fills a text up without measure")
                : Optional.empty();
    }

    /// What a number is about; not a number where it is not written out.
    private double number(Expr expr) {
        return number(expr, MOST_NAMES);
    }

    /// @param names how many names in one another are still looked up; a name may stand for itself
    private double number(Expr written, int names) {
        Expr expr = names > 0 ? resolved(written) : written;
        boolean isName = written instanceof Expr.Name || written instanceof Expr.Attribute;
        int left = isName ? names - 1 : names;
        return switch (expr) {
            case Expr.Numeral numeral -> value(numeral.written());
            case Expr.Negative negative -> -number(negative.of(), left);
            case Expr.Binary binary -> {
                double one = number(binary.left(), left);
                double other = number(binary.right(), left);
                yield switch (binary.operator()) {
                    case "**" -> Math.pow(one, other);
                    case "*" -> one * other;
                    case "+" -> one + other;
                    case "-" -> one - other;
                    default -> Double.NaN;
                };
            }
            case Expr.Parts parts when parts.parts().size() == 1 ->
                    number(parts.parts().getFirst(), left);
            default -> Double.NaN;
        };
    }

    private static double value(String number) {
        try {
            return Double.parseDouble(number.replace("_", ""));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /// What the statements of a template take without bound.
    Optional<String> inLoops() {
        Deque<Double> turns = new ArrayDeque<>();
        double all = 1;
        for (Node node : nodes) {
            if (!(node instanceof Node.Statement statement)) {
                continue;
            }
            if (statement.word().equals("for")) {
                turns.push(all);
                all *= turns(statement);
                if (all > MOST_TURNS) {
                    return Optional.of("goes through loops in loops without measure");
                }
            } else if (statement.word().equals("endfor") && !turns.isEmpty()) {
                all = turns.pop();
            }
        }
        return callsItself()
                ? Optional.of("calls a macro within itself, whatever it is given")
                : Optional.empty();
    }

    /// How often a loop over a range goes; once where it is over anything else.
    private double turns(Node.Statement loop) {
        return loop.expressions().stream()
                .flatMap(expr ->
                        expr instanceof Expr.Listing several
                                ? several.items().stream()
                                : List.of(expr).stream())
                .mapToDouble(this::range)
                .filter(length -> length > 1)
                .findFirst()
                .orElse(1);
    }

    private double range(Expr over) {
        return over instanceof Expr.Binary in
                        && in.operator().equals("in")
                        && resolved(in.right()) instanceof Expr.Call call
                        && resolved(call.of()).equals(new Expr.Name("range"))
                        && !call.arguments().isEmpty()
                ? number(call.arguments().get(call.arguments().size() > 1 ? 1 : 0))
                        - (call.arguments().size() > 1 ? number(call.arguments().getFirst()) : 0)
                : 1;
    }

    private boolean callsItself() {
        String macro = "";
        int conditions = 0;
        for (Node node : nodes) {
            switch (node) {
                case Node.Statement statement -> {
                    switch (statement.word()) {
                        case "macro" -> {
                            macro = name(statement);
                            conditions = 0;
                        }
                        case "endmacro" -> macro = "";
                        case "if", "for" -> conditions++;
                        case "endif", "endfor" -> conditions--;
                        default -> {}
                    }
                }
                case Node.Output output -> {
                    if (!macro.isEmpty() && conditions == 0 && calls(output.expression(), macro)) {
                        return true;
                    }
                }
                case Node.Literal _ -> {}
            }
        }
        return false;
    }

    private static String name(Node.Statement macro) {
        return !macro.expressions().isEmpty()
                        && macro.expressions().getFirst() instanceof Expr.Call signature
                        && signature.of() instanceof Expr.Name name
                ? name.name()
                : "";
    }

    /// Whether it calls a macro whatever the case.
    private static boolean calls(Expr expr, String macro) {
        return switch (expr) {
            case Expr.Choice _ -> false;
            case Expr.Binary binary when binary.operator().matches("and|or") ->
                    calls(binary.left(), macro);
            case Expr.Call call when call.of().equals(new Expr.Name(macro)) -> true;
            default -> TemplateAnalysis.parts(expr).stream().anyMatch(part -> calls(part, macro));
        };
    }
}
