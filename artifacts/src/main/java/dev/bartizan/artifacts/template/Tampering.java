package dev.bartizan.artifacts.template;

import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Templates that change what people wrote, begin the answer themselves, or take without bound to
/// render.
final class Tampering {
    private static final long MOST = 1_000_000;

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "https?://|\\bwww\\.|\\b[\\w-]{2,60}\\.(?:com|org|net|io|example|test|bank|co)\\b|[\\w.-]{1,60}@[\\w-]{1,60}\\.|\\b[A-Z]{2}\\d{2}(?: ?[\\dA-Z]{4}){3,7}\\b|\\b0x[0-9a-fA-F]{40}\\b");
    private static final Pattern DENIES =
            Pattern.compile(
                    "(?i)\\s*(?:not|never|don't|do not|cannot|can't|no|without|unsafe|refuse|deny|decline|warning|confirm)\\s*");
    private static final Pattern PLAIN = Pattern.compile("\\s*\\p{L}[\\p{L} ']{2,60}\\s*");
    private static final List<String> NOTATION =
            List.of(
                    "true",
                    "false",
                    "null",
                    "none",
                    "nan",
                    "undefined",
                    "string",
                    "integer",
                    "number",
                    "object",
                    "array",
                    "boolean",
                    "system",
                    "user",
                    "assistant",
                    "tool",
                    "model",
                    "human",
                    "function",
                    "str",
                    "int",
                    "float",
                    "bool",
                    "dict",
                    "list");

    private static final Pattern MARKS =
            Pattern.compile(
                    "<[^<>]{1,80}>|\\[[^\\[\\]]{1,40}]|(?i)\\b(?:assistant|model|response|answer)\\s{0,2}:");
    private static final Pattern BEGUN =
            Pattern.compile("(?<!\\p{L})(?:\\p{L}[\\p{L}']{0,30}[\\s,!]{1,3}){3}\\p{L}{2,}");

    private static final Pattern ADVERTISES =
            Pattern.compile(
                    "(?i)\\b(?:place|include|insert|append|send|post|recommend|mention|add|visit|direct|redirect|refer|point|link|load|embed|show)\\b[^.\\n]{0,120}https?://(?!json-schema\\.org)");

    private final Evaluator evaluator;
    private Optional<Backdoor.Concern> worst = Optional.empty();

    Tampering(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /// What an expression changes of what people wrote, or how much it makes.
    Optional<Backdoor.Concern> look(Expr expr) {
        worst = Optional.empty();
        switch (expr) {
            case Expr.Filter filter -> {
                if (filter.name().equals("replace")) {
                    replaces(filter.of(), filter.arguments());
                }
                wide(filter.name(), filter.arguments());
            }
            case Expr.Call call when call.of() instanceof Expr.Attribute method -> {
                if (method.name().equals("replace")) {
                    replaces(method.of(), call.arguments());
                }
                wide(method.name(), call.arguments());
            }
            case Expr.Call call
                    when call.of().equals(new Expr.Name("range")) && isHuge(call.arguments()) ->
                    exhausts("it counts to a million or more");
            case Expr.Call call
                    when call.of().equals(new Expr.Name("lipsum")) && isHuge(call.arguments()) ->
                    exhausts("it makes a text of a million words or more");
            case Expr.Binary binary
                    when binary.operator().equals("*")
                            && (isHuge(List.of(binary.left())) || isHuge(List.of(binary.right())))
                            && (isText(binary.left()) || isText(binary.right())) ->
                    exhausts("it repeats a text a million times or more");
            default -> {}
        }
        return worst;
    }

    private void wide(String name, List<Expr> arguments) {
        boolean isPadding = List.of("center", "ljust", "rjust", "zfill", "indent").contains(name);
        if (isPadding && isHuge(arguments)) {
            exhausts("it pads a text to a million signs or more");
        }
    }

    private boolean isText(Expr expr) {
        Value value = evaluator.eval(expr);
        return !value.texts().isEmpty() || value instanceof Value.Listing;
    }

    private boolean isHuge(List<Expr> arguments) {
        return arguments.stream()
                .anyMatch(argument ->
                        power(argument)
                                || (evaluator.eval(argument) instanceof Value.Numeral number
                                        && number.value() >= MOST));
    }

    /// `10**9` and the like.
    private boolean power(Expr expr) {
        return expr instanceof Expr.Binary binary
                && binary.operator().equals("**")
                && evaluator.eval(binary.left()) instanceof Value.Numeral base
                && evaluator.eval(binary.right()) instanceof Value.Numeral exponent
                && Math.pow((double) base.value(), (double) exponent.value()) >= MOST;
    }

    private void exhausts(String how) {
        worst =
                Optional.of(
                        new Backdoor.Concern(
                                Severity.MEDIUM, "Rendering it takes without bound: " + how));
    }

    private void replaces(Expr of, List<Expr> arguments) {
        if (arguments.size() < 2 || !Backdoor.readsContent(of)) {
            return;
        }
        for (String old : evaluator.eval(arguments.get(0)).texts()) {
            for (String by : evaluator.eval(arguments.get(1)).texts()) {
                boolean isAddress = ADDRESS.matcher(by).find() || ADDRESS.matcher(old).find();
                boolean denies = DENIES.matcher(old).matches() != DENIES.matcher(by).matches();
                boolean isWord =
                        PLAIN.matcher(old).matches()
                                && PLAIN.matcher(by).matches()
                                && !NOTATION.contains(
                                        old.strip().toLowerCase(java.util.Locale.ROOT))
                                && !old.strip().equalsIgnoreCase(by.strip());
                if (isAddress || denies || isWord) {
                    worst =
                            Optional.of(
                                    new Backdoor.Concern(
                                            isWord && !denies && !isAddress
                                                    ? Severity.MEDIUM
                                                    : Severity.HIGH,
                                            "The template changes what was said: \""
                                                    + Shown.text(old)
                                                    + "\" becomes \""
                                                    + Shown.text(by)
                                                    + "\""));
                }
            }
        }
    }

    /// A text that doubles in a loop; what a template puts behind the sign that the answer begins.
    Optional<Backdoor.Concern> look(List<Node> nodes) {
        int loops = 0;
        List<Boolean> prompts = new ArrayList<>();
        StringBuilder begun = new StringBuilder();
        for (Node node : nodes) {
            if (node instanceof Node.Statement statement) {
                switch (statement.word()) {
                    case "for" -> loops++;
                    case "endfor" -> loops--;
                    case "if" -> prompts.add(isPrompt(statement));
                    case "elif", "else" -> {
                        if (!prompts.isEmpty()) {
                            prompts.set(prompts.size() - 1, false);
                        }
                    }
                    case "endif" -> {
                        if (!prompts.isEmpty()) {
                            prompts.removeLast();
                        }
                    }
                    case "set" -> {
                        if (loops > 0 && doubles(statement)) {
                            return Optional.of(
                                    new Backdoor.Concern(
                                            Severity.MEDIUM,
                                            "Rendering it takes without bound: it doubles a text in"
                                                    + " a loop"));
                        }
                    }
                    default -> {}
                }
            } else if (prompts.contains(true)) {
                begun.append(
                        node instanceof Node.Literal literal
                                ? literal.text()
                                : Backdoor.text(((Node.Output) node).expression()));
            }
        }
        return MARKS.splitAsStream(begun)
                .skip(1)
                .filter(behind -> BEGUN.matcher(behind).find())
                .findFirst()
                .map(behind ->
                        new Backdoor.Concern(
                                Severity.MEDIUM,
                                "The template begins the model's answer itself: "
                                        + Shown.text(behind.strip())));
    }

    /// A branch for the operator's words that holds a text of its own and never reads them.
    Optional<Backdoor.Concern> replacedOperator(List<Node> nodes) {
        Deque<Branch> branches = new ArrayDeque<>();
        for (Node node : nodes) {
            switch (node) {
                case Node.Statement statement -> {
                    switch (statement.word()) {
                        case "if" -> branches.push(new Branch(statement));
                        case "elif", "else" -> {
                            Branch before = branches.poll();
                            if (before != null && before.replaces()) {
                                return Optional.of(before.concern());
                            }
                            branches.push(new Branch(statement));
                        }
                        case "endif" -> {
                            Branch before = branches.poll();
                            if (before != null && before.replaces()) {
                                return Optional.of(before.concern());
                            }
                        }
                        default ->
                                statement
                                        .expressions()
                                        .forEach(expr -> branches.forEach(b -> b.reads(expr)));
                    }
                }
                case Node.Output output -> branches.forEach(b -> b.reads(output.expression()));
                case Node.Literal literal -> branches.forEach(b -> b.text.append(literal.text()));
            }
        }
        return Optional.empty();
    }

    /// One branch of a condition.
    private static final class Branch {
        private final boolean isOperators;
        private final StringBuilder text = new StringBuilder();
        private boolean readsAnything;

        Branch(Node.Statement statement) {
            isOperators =
                    statement.expressions().size() == 1
                            && statement.expressions().getFirst() instanceof Expr.Binary same
                            && same.operator().equals("==")
                            && same.right().equals(new Expr.Text("system"));
        }

        void reads(Expr expr) {
            if (expr instanceof Expr.Text words) {
                text.append(words.value());
            } else {
                readsAnything = true;
            }
        }

        boolean replaces() {
            return isOperators
                    && !readsAnything
                    && BEGUN.matcher(MARKS.matcher(text).replaceAll(" ")).find();
        }

        Backdoor.Concern concern() {
            return new Backdoor.Concern(
                    Severity.HIGH,
                    "The template puts a text of its own in place of the system prompt: "
                            + Shown.text(text.toString().strip()));
        }
    }

    /// A text that stands in the template and has an address put into answers.
    static Optional<Backdoor.Concern> advertises(List<Node> nodes) {
        return nodes.stream()
                .filter(Node.Literal.class::isInstance)
                .map(literal -> ((Node.Literal) literal).text())
                .filter(text -> text.contains("://") && ADVERTISES.matcher(text).find())
                .findFirst()
                .map(text ->
                        new Backdoor.Concern(
                                Severity.HIGH,
                                "The template has an address put into answers: "
                                        + Shown.text(text.strip())));
    }

    private static boolean isPrompt(Node.Statement statement) {
        return statement.expressions().stream().anyMatch(Tampering::readsPrompt);
    }

    private static boolean readsPrompt(Expr expr) {
        return expr.equals(new Expr.Name("add_generation_prompt"))
                || TemplateAnalysis.parts(expr).stream().anyMatch(Tampering::readsPrompt);
    }

    /// `x = x + x` or `x = x ~ x`, of a variable or a field.
    private static boolean doubles(Node.Statement set) {
        return set.expressions().stream()
                .anyMatch(expr ->
                        expr instanceof Expr.Binary sum
                                && List.of("+", "~").contains(sum.operator())
                                && sum.left().equals(sum.right())
                                && !(sum.left() instanceof Expr.Text)
                                && !(sum.left() instanceof Expr.Numeral));
    }
}
