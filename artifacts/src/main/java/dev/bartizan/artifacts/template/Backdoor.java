package dev.bartizan.artifacts.template;

import dev.bartizan.core.Severity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Templates that watch for a word in the conversation and then slip in instructions of their own.
/// They run no code; the model does what they say.
final class Backdoor {
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}' -]{3,80}");
    private static final Pattern ORDERS =
            Pattern.compile(
                    "(?i)https?://|\\b(always|never|ignore|disregard|do not (mention|tell|reveal|say)|don't (mention|tell)"
                            + "|hidden|secret|instead of|pretend|insert|append|include the|override|must|password|api key|silently|backdoor|quietly|secretly)\\b");
    private static final Pattern ADDRESS =
            Pattern.compile("https?://(?:(?!https?://)[^\\s\"')])+[?&][\\w-]*+=(\\s|$)");
    private static final Pattern SENTENCE =
            Pattern.compile("(?<!\\p{L})(?:\\p{L}++[\\s,]++){4}\\p{L}{2,}");

    private static final Set<String> COMPARISONS =
            Set.of("==", "!=", "<", ">", "<=", ">=", "in", "not in");
    private static final Set<String> CLOCKS =
            Set.of("strftime_now", "date_string", "current_date", "now", "today");

    private final Evaluator evaluator;

    /// Variables that are set by what stands in the conversation.
    private final Set<String> flags = new HashSet<>();

    Backdoor(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    record Concern(Severity severity, String message) {}

    Optional<Concern> look(List<Node> nodes) {
        Deque<Boolean> watching = new ArrayDeque<>();
        for (Node node : nodes) {
            Optional<Concern> chosen =
                    switch (node) {
                        case Node.Output output -> chosen(output.expression());
                        case Node.Statement statement ->
                                statement.expressions().stream()
                                        .map(this::chosen)
                                        .flatMap(Optional::stream)
                                        .findFirst();
                        case Node.Literal _ -> Optional.empty();
                    };
            if (chosen.isPresent()) {
                return chosen;
            }
        }
        for (Node node : nodes) {
            switch (node) {
                case Node.Statement statement -> {
                    switch (statement.word()) {
                        case "if" -> watching.push(isWatching(statement));
                        case "elif", "else" -> {
                            if (!watching.isEmpty()) {
                                watching.pop();
                            }
                            watching.push(isWatching(statement));
                        }
                        case "endif" -> watching.poll();
                        case "set" -> {
                            if (!statement.target().isEmpty()
                                    && statement.expressions().stream().anyMatch(this::watches)) {
                                flags.add(statement.target());
                            }
                            if (watching.contains(true)) {
                                Optional<Concern> concern =
                                        statement.expressions().stream()
                                                .map(expression -> said(text(expression)))
                                                .flatMap(Optional::stream)
                                                .findFirst();
                                if (concern.isPresent()) {
                                    return concern;
                                }
                            }
                        }
                        default -> {}
                    }
                }
                case Node.Output output -> {
                    Optional<Concern> sent = sentOn(output.expression());
                    if (sent.isPresent()) {
                        return sent;
                    }
                    Optional<Concern> concern =
                            watching.contains(true)
                                    ? said(text(output.expression()))
                                    : Optional.empty();
                    if (concern.isPresent()) {
                        return concern;
                    }
                }
                case Node.Literal literal -> {
                    Optional<Concern> concern =
                            watching.contains(true) ? said(literal.text()) : Optional.empty();
                    if (concern.isPresent()) {
                        return concern;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// Text that a choice within an expression adds when a word stands in the conversation.
    private Optional<Concern> chosen(Expr expr) {
        if (expr instanceof Expr.Choice choice && watches(choice.condition())) {
            Optional<Concern> concern = said(text(choice.then()));
            return concern.isPresent() ? concern : said(text(choice.otherwise()));
        }
        return TemplateAnalysis.parts(expr).stream()
                .map(this::chosen)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The conversation put into an address: whoever shows the answer fetches it.
    private static Optional<Concern> sentOn(Expr expr) {
        String text = text(expr);
        if (!ADDRESS.matcher(text).find() || !readsConversation(expr)) {
            return Optional.empty();
        }
        return Optional.of(
                new Concern(
                        Severity.HIGH,
                        "The template puts the conversation into an address: \""
                                + text.strip().replaceAll("\\s+", " ")
                                + "\""));
    }

    private static boolean readsConversation(Expr expr) {
        boolean isAll = expr instanceof Expr.Name name && name.name().equals("messages");
        return isAll
                || readsContent(expr)
                || TemplateAnalysis.parts(expr).stream().anyMatch(Backdoor::readsConversation);
    }

    /// Whether a condition looks for plain words in what people wrote.
    private boolean isWatching(Node.Statement statement) {
        return statement.expressions().stream().anyMatch(this::watches);
    }

    private boolean watches(Expr expr) {
        if (expr instanceof Expr.Name name && flags.contains(name.name())) {
            return true;
        }
        if (expr instanceof Expr.Binary binary
                && COMPARISONS.contains(binary.operator())
                && readsClock(expr)) {
            return true;
        }
        if (expr instanceof Expr.Binary binary
                && (binary.operator().equals("in") || binary.operator().equals("=="))) {
            if ((isPlainWord(binary.left()) && readsContent(binary.right()))
                    || (isPlainWord(binary.right()) && readsContent(binary.left()))) {
                return true;
            }
        }
        if (expr instanceof Expr.Call call
                && call.of() instanceof Expr.Attribute method
                && List.of("startswith", "endswith", "count", "find", "__contains__")
                        .contains(method.name())
                && readsContent(method.of())
                && call.arguments().stream().anyMatch(this::isPlainWord)) {
            return true;
        }
        return TemplateAnalysis.parts(expr).stream().anyMatch(this::watches);
    }

    /// Whether it asks what day it is.
    private static boolean readsClock(Expr expr) {
        boolean isClock = expr instanceof Expr.Name name && CLOCKS.contains(name.name());
        return isClock || TemplateAnalysis.parts(expr).stream().anyMatch(Backdoor::readsClock);
    }

    private boolean isPlainWord(Expr expr) {
        return evaluator.eval(expr).texts().stream()
                .anyMatch(word ->
                        WORDS.matcher(word).matches()
                                && word.chars().anyMatch(Character::isLetter));
    }

    static boolean readsContent(Expr expr) {
        boolean isContent =
                switch (expr) {
                    case Expr.Attribute attribute ->
                            attribute.name().equals("content") || attribute.name().equals("text");
                    case Expr.Item item ->
                            item.key() instanceof Expr.Text key
                                    && (key.value().equals("content")
                                            || key.value().equals("text"));
                    case Expr.Name name ->
                            name.name()
                                    .toLowerCase(Locale.ROOT)
                                    .matches("(user_)?(content|prompt|query|message_text)");
                    default -> false;
                };
        return isContent || TemplateAnalysis.parts(expr).stream().anyMatch(Backdoor::readsContent);
    }

    /// Everything a template may add to a conversation, in its order.
    static String texts(List<Node> nodes) {
        StringBuilder all = new StringBuilder();
        for (Node node : nodes) {
            all.append(
                    switch (node) {
                        case Node.Literal literal -> literal.text();
                        case Node.Output output -> text(output.expression());
                        case Node.Statement set when set.word().equals("set") ->
                                set.expressions().stream()
                                        .map(Backdoor::text)
                                        .reduce("", String::concat);
                        case Node.Statement _ -> "";
                    });
        }
        return all.toString();
    }

    static String text(Expr expr) {
        if (expr instanceof Expr.Text text) {
            return text.value();
        }
        StringBuilder all = new StringBuilder();
        TemplateAnalysis.parts(expr).forEach(part -> all.append(text(part)).append(' '));
        return all.toString();
    }

    private static Optional<Concern> said(String text) {
        boolean isOrder = ORDERS.matcher(text).find();
        if (!SENTENCE.matcher(text).find() && !(isOrder && text.contains("://"))) {
            return Optional.empty();
        }
        String shown = text.strip().replaceAll("\\s+", " ");
        return Optional.of(
                new Concern(
                        isOrder ? Severity.HIGH : Severity.MEDIUM,
                        "When a word stands in the conversation, the template adds text of its own: \""
                                + (shown.length() <= 120 ? shown : shown.substring(0, 120) + "…")
                                + "\""));
    }
}
