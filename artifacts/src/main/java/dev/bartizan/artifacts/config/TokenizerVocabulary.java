package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The vocabulary of a tokenizer against what refers to it (Hugging Face Tokenizers, "Models"): the
/// pairs that are merged and what comes of them, the token for what is unknown.
final class TokenizerVocabulary {
    private static final int MOST_NOTED = 4;
    private static final Rule BROKEN =
            Rule.structure(
                    "tokenizer-structure",
                    "Fetch the tokenizer again, or have it saved again; its parts contradict each other.",
                    "CWE-20");

    private final Json model;
    private final Set<String> tokens = new HashSet<>();
    private final Notes notes;
    private int noted;

    private TokenizerVocabulary(Json model, Notes notes) {
        this.model = model;
        this.notes = notes;
    }

    static void look(Json root, Notes notes) {
        Optional<Json> model = root.get("model").filter(Json.Members.class::isInstance);
        if (root.get("added_tokens").isEmpty() || model.isEmpty()) {
            return;
        }
        TokenizerVocabulary vocabulary = new TokenizerVocabulary(model.get(), notes);
        if (model.get().get("vocab").orElse(new Json.Null()) instanceof Json.Members vocab) {
            vocabulary.tokens(vocab);
            vocabulary.merges();
            vocabulary.unknown(root.items("added_tokens"));
        }
    }

    private void tokens(Json.Members vocab) {
        for (Json.Member token : vocab.members()) {
            tokens.add(token.key());
        }
    }

    /// Two tokens and the one that they become; as a text with a blank between, or as a list.
    private void merges() {
        String prefix = model.text("continuing_subword_prefix").orElse("");
        for (Json merge : model.items("merges")) {
            if (merge instanceof Json.Text text && text.value().startsWith("#version")) {
                continue;
            }
            List<String> pair = pair(merge);
            if (pair.size() != 2) {
                note("A merge is no pair");
                continue;
            }
            String first = pair.get(0);
            String second = pair.get(1);
            boolean isKnown =
                    tokens.contains(first)
                            && tokens.contains(second)
                            && (tokens.contains(first + second)
                                    || tokens.contains(first + without(prefix, second)));
            if (!isKnown) {
                note(
                        "The vocabulary lacks a part of the merge of \""
                                + Shown.text(first)
                                + "\" and \""
                                + Shown.text(second)
                                + "\", or what comes of it");
            }
        }
    }

    /// Readers cut off as many letters as the mark of a word's later parts has.
    private static String without(String prefix, String part) {
        return prefix.length() <= part.length() ? part.substring(prefix.length()) : part;
    }

    private static List<String> pair(Json merge) {
        return switch (merge) {
            case Json.Text text -> {
                int blank = text.value().indexOf(' ');
                boolean isPair = blank >= 0 && text.value().indexOf(' ', blank + 1) < 0;
                yield isPair
                        ? List.of(
                                text.value().substring(0, blank), text.value().substring(blank + 1))
                        : List.of();
            }
            case Json.Items items ->
                    items.items().stream()
                            .limit(3)
                            .filter(Json.Text.class::isInstance)
                            .map(part -> ((Json.Text) part).value())
                            .toList();
            case Json.Members _, Json.Numeral _, Json.Truth _, Json.Null _ -> List.of();
        };
    }

    /// Words that are not in the vocabulary have no other token where words are tokens.
    private void unknown(List<Json> added) {
        String type = model.text("type").orElse("");
        Optional<String> unknown = model.text("unk_token");
        boolean isNeeded = type.equals("WordPiece") || type.equals("WordLevel");
        boolean isThere =
                unknown.isEmpty()
                        || tokens.contains(unknown.get())
                        || added.stream().anyMatch(token -> token.text("content").equals(unknown));
        if (isNeeded && !isThere) {
            note(
                    "The token for what is unknown, \""
                            + Shown.text(unknown.get())
                            + "\", is not in the vocabulary");
        }
    }

    private void note(String message) {
        if (noted++ < MOST_NOTED) {
            notes.broken(BROKEN, Severity.LOW, 0, message);
        }
    }
}
