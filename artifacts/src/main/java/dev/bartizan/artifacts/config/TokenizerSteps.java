package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tokenizers (Hugging Face Tokenizers, "Components"): steps that change what is said before the
/// model reads it, or what it answered before people do.
final class TokenizerSteps {
    private static final int DEEPEST = 20;
    private static final int MOST_TOKENS = 20_000;

    private static final Rule CHANGES =
            Rule.code(
                    "tokenizer-changes-texts",
                    "Replace the tokenizer with the one of the model's author.",
                    "CWE-506");
    private static final Rule SLOW =
            Rule.structure(
                    "tokenizer-takes-without-bound",
                    "Replace the expression with one that takes no longer than the text.",
                    "CWE-1333");

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "https?://[\\w.-]{3,}|\\bwww\\.[\\w-]{2,}|\\b[\\w-]{2,60}\\.(?:com|org|net|io|example|test|bank|co)\\b");
    private static final Pattern DENIES =
            Pattern.compile(
                    "(?i)(?<!\\p{L})(?:not|never|don't|do not|cannot|can't|without|unsafe|nicht|nie|kein|pas|jamais|nunca)(?!\\p{L})");
    private static final Pattern WORD = Pattern.compile("\\s?[\\p{L}]{4,30}\\s?");
    private static final Pattern SENTENCE =
            Pattern.compile("(?<!\\p{L})(?:\\p{L}++[\\s,]{1,3}){3}\\p{L}{2,}");

    /// What repeats something that itself repeats, so that a text can be divided in ever more ways.
    private static final Pattern NESTED =
            Pattern.compile(
                    "\\((?:\\?:)?(?:(?:\\[[^\\]]{1,60}]|\\\\[a-zA-Z]|[^()\\[\\]\\\\|+*?{}])[+*]){1,4}\\)[+*]|\\(\\([^()]{1,60}\\)[+*]\\.?\\)[+*]");

    private final Notes notes;

    private TokenizerSteps(Notes notes) {
        this.notes = notes;
    }

    static void look(Json root, Notes notes) {
        boolean isTokenizer =
                root.get("added_tokens").isPresent()
                        && (root.get("normalizer").isPresent() || root.get("decoder").isPresent());
        TokenizerSteps steps = new TokenizerSteps(notes);
        if (isTokenizer) {
            for (String part :
                    List.of("normalizer", "pre_tokenizer", "post_processor", "decoder")) {
                root.get(part).ifPresent(step -> steps.walk(step, part, 0));
            }
            root.items("added_tokens").stream()
                    .limit(MOST_TOKENS)
                    .forEach(token -> steps.token(token, "added_tokens"));
        }
        if (root.get("added_tokens_decoder").orElse(new Json.Null())
                instanceof Json.Members tokens) {
            tokens.members().stream()
                    .limit(MOST_TOKENS)
                    .forEach(token -> steps.token(token.value(), "added_tokens_decoder"));
        }
    }

    private void token(Json token, String place) {
        token.text("content").ifPresent(content -> added(content, place));
    }

    private void added(String text, String place) {
        if (SENTENCE.matcher(text).find()) {
            note(CHANGES, Severity.MEDIUM, place, "A token is a sentence: " + Shown.text(text));
            Instructions.look(text, Instructions.Use.OBEYED, place, notes);
        }
    }

    private void walk(Json step, String place, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (step) {
            case Json.Members members -> {
                switch (members.text("type").orElse("")) {
                    case "Replace" -> replaces(members, place);
                    case "Prepend" ->
                            members.text("prepend").ifPresent(text -> inserts(text, place));
                    case "TemplateProcessing" -> {
                        for (String kind : List.of("single", "pair")) {
                            members.items(kind)
                                    .forEach(part ->
                                            part.get("SpecialToken")
                                                    .flatMap(token -> token.text("id"))
                                                    .ifPresent(id -> inserts(id, place)));
                        }
                    }
                    default -> {}
                }
                members.get("pattern")
                        .flatMap(pattern -> pattern.text("Regex"))
                        .filter(regex -> NESTED.matcher(regex).find())
                        .ifPresent(regex ->
                                note(
                                        SLOW,
                                        Severity.MEDIUM,
                                        place,
                                        "An expression takes without bound: " + Shown.text(regex)));
                members.members().forEach(each -> walk(each.value(), place, depth + 1));
            }
            case Json.Items items -> items.items().forEach(item -> walk(item, place, depth + 1));
            case Json.Text _, Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private void replaces(Json.Members step, String place) {
        Optional<Json> pattern = step.get("pattern");
        String text = pattern.flatMap(p -> p.text("String")).orElse("");
        String old = text.isEmpty() ? pattern.flatMap(p -> p.text("Regex")).orElse("") : text;
        String by = step.text("content").orElse("");
        String plain = old.replaceAll("\\\\[bBsS]|[()|?^$]", " ");
        boolean isAddress = ADDRESS.matcher(by).find() || ADDRESS.matcher(text).find();
        boolean denies = DENIES.matcher(plain).find() != DENIES.matcher(by).find();
        boolean isWord =
                WORD.matcher(text).matches()
                        && WORD.matcher(by).matches()
                        && !text.strip().equalsIgnoreCase(by.strip());
        if (isAddress || denies || isWord) {
            note(
                    CHANGES,
                    isWord ? Severity.MEDIUM : Severity.HIGH,
                    place,
                    "The tokenizer changes what is said: \""
                            + Shown.text(old)
                            + "\" becomes \""
                            + Shown.text(by)
                            + "\"");
        } else {
            inserts(by, place);
        }
    }

    private void inserts(String text, String place) {
        if (SENTENCE.matcher(text).find()) {
            note(
                    CHANGES,
                    Severity.HIGH,
                    place,
                    "The tokenizer puts in text of its own: " + Shown.text(text));
        }
    }

    private void note(Rule rule, Severity severity, String place, String message) {
        notes.findingAt(rule, severity, notes.item().path() + "#" + place, message);
    }
}
