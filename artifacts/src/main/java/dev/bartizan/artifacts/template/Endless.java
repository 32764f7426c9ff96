package dev.bartizan.artifacts.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What rendering a template would not come to an end with: powers and texts without measure, loops
/// in loops over ranges, macros that call themselves whatever they are called with. A sandbox
/// bounds a single range and nothing of these (Jinja documentation, "Sandbox", security
/// considerations).
final class Endless {
    private static final double MOST_BITS = 1 << 22;
    private static final double MOST_CHARACTERS = 1e8;
    private static final double MOST_TURNS = 1e9;
    private static final Pattern WIDE = Pattern.compile("%[-+ #0]{0,8}+\\d{8,}");

    private Endless() {}

    /// What an expression takes without bound.
    static Optional<String> in(Expr expr) {
        return switch (expr) {
            case Expr.Binary power when power.operator().equals("**") -> power(power);
            case Expr.Binary product when product.operator().equals("*") ->
                    repeats(product.left(), product.right())
                                    || repeats(product.right(), product.left())
                            ? Optional.of("repeats a text without measure")
                            : Optional.empty();
            case Expr.Binary percent when percent.operator().equals("%") -> wide(percent.left());
            case Expr.Filter filter when filter.name().equals("format") -> wide(filter.of());
            default -> Optional.empty();
        };
    }

    private static Optional<String> power(Expr.Binary power) {
        double bits = Math.log(Math.abs(number(power.left()))) / Math.log(2);
        return bits * number(power.right()) > MOST_BITS
                ? Optional.of("works out a power without measure")
                : Optional.empty();
    }

    private static boolean repeats(Expr what, Expr times) {
        double length =
                switch (what) {
                    case Expr.Text text -> text.value().length();
                    case Expr.Listing listing -> listing.items().size();
                    default -> 0;
                };
        return length * number(times) > MOST_CHARACTERS;
    }

    private static Optional<String> wide(Expr format) {
        return format instanceof Expr.Text text && WIDE.matcher(text.value()).find()
                ? Optional.of("fills a text up without measure")
                : Optional.empty();
    }

    /// What a number is about; not a number where it is not written out.
    private static double number(Expr expr) {
        return switch (expr) {
            case Expr.Numeral numeral -> written(numeral.written());
            case Expr.Negative negative -> -number(negative.of());
            case Expr.Binary binary -> {
                double left = number(binary.left());
                double right = number(binary.right());
                yield switch (binary.operator()) {
                    case "**" -> Math.pow(left, right);
                    case "*" -> left * right;
                    case "+" -> left + right;
                    case "-" -> left - right;
                    default -> Double.NaN;
                };
            }
            case Expr.Parts parts when parts.parts().size() == 1 ->
                    number(parts.parts().getFirst());
            default -> Double.NaN;
        };
    }

    private static double written(String number) {
        try {
            return Double.parseDouble(number.replace("_", ""));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /// What the statements of a template take without bound.
    static Optional<String> in(List<Node> nodes) {
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
        return callsItself(nodes)
                ? Optional.of("calls a macro within itself, whatever it is given")
                : Optional.empty();
    }

    /// How often a loop over a range goes; once where it is over anything else.
    private static double turns(Node.Statement loop) {
        return loop.expressions().stream()
                .flatMap(expr ->
                        expr instanceof Expr.Listing several
                                ? several.items().stream()
                                : List.of(expr).stream())
                .mapToDouble(Endless::range)
                .filter(length -> length > 1)
                .findFirst()
                .orElse(1);
    }

    private static double range(Expr over) {
        return over instanceof Expr.Binary in
                        && in.operator().equals("in")
                        && in.right() instanceof Expr.Call call
                        && call.of().equals(new Expr.Name("range"))
                        && !call.arguments().isEmpty()
                ? number(call.arguments().get(call.arguments().size() > 1 ? 1 : 0))
                        - (call.arguments().size() > 1 ? number(call.arguments().getFirst()) : 0)
                : 1;
    }

    private static boolean callsItself(List<Node> nodes) {
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
