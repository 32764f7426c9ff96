package dev.bartizan.tensors.text;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a `tokenizer.json` (Hugging Face tokenizers, serialised form of version 1.0) is of a
/// form that the native library takes without giving up: it ends the process where it does. Only
/// parts that are known are let through, and only with values that they can work with.
public final class TokenizerForm {
    /// Larger files are refused.
    public static final int MAX_BYTES = 64 << 20;

    private static final int MAX_DEPTH = 24;
    private static final long MAX_ID = 1 << 24;
    private static final Set<String> NORMALIZERS =
            Set.of(
                    "BertNormalizer",
                    "ByteLevel",
                    "Lowercase",
                    "NFC",
                    "NFD",
                    "NFKC",
                    "NFKD",
                    "Nmt",
                    "Precompiled",
                    "Prepend",
                    "Replace",
                    "Sequence",
                    "Strip",
                    "StripAccents");
    private static final Set<String> PRE_TOKENIZERS =
            Set.of(
                    "BertPreTokenizer",
                    "ByteLevel",
                    "CharDelimiterSplit",
                    "Digits",
                    "Metaspace",
                    "Punctuation",
                    "Sequence",
                    "Split",
                    "UnicodeScripts",
                    "Whitespace",
                    "WhitespaceSplit");
    private static final Set<String> POST_PROCESSORS =
            Set.of(
                    "BertProcessing",
                    "ByteLevel",
                    "RobertaProcessing",
                    "Sequence",
                    "TemplateProcessing");
    private static final Set<String> MODELS = Set.of("BPE", "Unigram", "WordLevel", "WordPiece");

    private static final List<String> PARTS =
            List.of(
                    "version",
                    "added_tokens",
                    "normalizer",
                    "pre_tokenizer",
                    "post_processor",
                    "model");

    private final String place;

    private TokenizerForm(String place) {
        this.place = place;
    }

    /// The text of a file that may be given to the native library.
    ///
    /// @param place its name, for messages
    /// @throws UserError when it is of another form
    public static String checked(byte[] bytes, String place) {
        TokenizerForm form = new TokenizerForm(place);
        try {
            JsonLimits limits = JsonLimits.forHeap();
            JsonReader.Document read = JsonReader.read(bytes, limits);
            if (!read.duplicateKeys().isEmpty()) {
                throw form.refused(
                        "has the key \"" + read.duplicateKeys().getFirst() + "\" twice in a map");
            }
            form.check(read.value());
            return JsonText.of(read.value(), PARTS);
        } catch (FormatException e) {
            throw new UserError(
                    "The tokenizer cannot be read: " + e.getMessage(),
                    place,
                    "Save it again with save_pretrained of a fast tokenizer.",
                    e);
        }
    }

    private void check(Json root) {
        if (!(root instanceof Json.Members)) {
            throw refused("is no JSON object");
        }
        numbers(root);
        Json model = root.get("model").orElseThrow(() -> refused("has no \"model\""));
        model(model);
        parts(root, "normalizer", NORMALIZERS, 0);
        parts(root, "pre_tokenizer", PRE_TOKENIZERS, 0);
        parts(root, "post_processor", POST_PROCESSORS, 0);
        for (Json added : root.items("added_tokens")) {
            if (added.text("content").orElse("").isEmpty()) {
                throw refused("adds a token without content");
            }
            id(added.get("id"));
        }
    }

    private void numbers(Json json) {
        switch (json) {
            case Json.Members map -> map.members().forEach(member -> numbers(member.value()));
            case Json.Items list -> list.items().forEach(this::numbers);
            case Json.Numeral number -> {
                if (!Double.isFinite(Double.parseDouble(number.written()))) {
                    throw refused("holds a number that is not finite");
                }
            }
            case Json.Text _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private void model(Json model) {
        String type = model.text("type").orElse(guessed(model));
        if (!MODELS.contains(type)) {
            throw refused("has a model of the unknown type \"" + type + "\"");
        }
        Json vocabulary = model.get("vocab").orElseThrow(() -> refused("has no vocabulary"));
        if (vocabulary instanceof Json.Members words) {
            Set<Long> ids = new HashSet<>();
            for (Json.Member word : words.members()) {
                if (!ids.add(id(Optional.of(word.value())))) {
                    throw refused("gives two words of its vocabulary one number");
                }
            }
        }
        if (type.equals("WordPiece") && model.text("unk_token").isPresent()) {
            String unknown = model.text("unk_token").orElseThrow();
            if (vocabulary.get(unknown).isEmpty()) {
                throw refused("does not hold its own word for unknown words, \"" + unknown + "\"");
            }
        }
        if (type.equals("Unigram") && unknown(model).isEmpty()) {
            throw refused("has no \"unk_id\" for words that it does not know");
        }
        String prefix = model.text("continuing_subword_prefix").orElse("");
        for (Json merge : type.equals("BPE") ? model.items("merges") : List.<Json>of()) {
            if (!second(merge).startsWith(prefix)) {
                throw refused("merges a word that lacks its continuing_subword_prefix");
            }
        }
        if (model.get("dropout").filter(TokenizerForm::isDropping).isPresent()) {
            throw refused("drops merges at random (\"dropout\"), so no answer could be repeated");
        }
    }

    private static String guessed(Json model) {
        return model.get("merges").isPresent()
                ? "BPE"
                : model.get("continuing_subword_prefix").isPresent()
                        ? "WordPiece"
                        : model.get("unk_id").isPresent() ? "Unigram" : "none";
    }

    /// The second part of a merge, which is written as `"a b"` or as `["a", "b"]`.
    private static String second(Json merge) {
        return switch (merge) {
            case Json.Text text -> text.value().substring(text.value().indexOf(' ') + 1);
            case Json.Items pair ->
                    pair.items().size() == 2 && pair.items().get(1) instanceof Json.Text text
                            ? text.value()
                            : "";
            case Json.Members _, Json.Numeral _, Json.Truth _, Json.Null _ -> "";
        };
    }

    private static boolean isDropping(Json dropout) {
        boolean isZero =
                dropout instanceof Json.Numeral number && Double.parseDouble(number.written()) == 0;
        return !isZero && !(dropout instanceof Json.Null);
    }

    private static Optional<Long> unknown(Json model) {
        return model.get("unk_id")
                .flatMap(id -> id instanceof Json.Numeral n ? n.whole() : Optional.empty());
    }

    private long id(Optional<Json> given) {
        long id =
                given.flatMap(v -> v instanceof Json.Numeral n ? n.whole() : Optional.empty())
                        .orElse(-1L);
        if (id < 0 || id > MAX_ID) {
            throw refused("numbers a word outside 0 to " + MAX_ID);
        }
        return id;
    }

    private void parts(Json owner, String key, Set<String> known, int depth) {
        Optional<Json> given = owner.get(key).filter(part -> !(part instanceof Json.Null));
        if (given.isPresent()) {
            part(given.get(), key, known, depth);
        }
    }

    private void part(Json part, String role, Set<String> known, int depth) {
        String type = part.text("type").orElse("");
        if (!known.contains(type) || depth > MAX_DEPTH) {
            throw refused("has a " + role + " of the unknown type \"" + type + "\"");
        }
        if (type.equals("Sequence")) {
            for (String list : new String[] {"normalizers", "pretokenizers", "processors"}) {
                part.items(list).forEach(inner -> part(inner, role, known, depth + 1));
            }
        }
        part.get("pattern").ifPresent(pattern -> pattern(pattern, type.equals("Replace")));
        if (type.equals("TemplateProcessing")) {
            TemplateForm.problem(part)
                    .ifPresent(problem -> {
                        throw refused("has a template that " + problem);
                    });
        }
        if (type.equals("Precompiled")) {
            String map = part.text("precompiled_charsmap").orElse("");
            CharacterMap.problem(map)
                    .ifPresent(problem -> {
                        throw refused("has a character map that " + problem);
                    });
        }
    }

    private void pattern(Json pattern, boolean isReplaced) {
        if (pattern.text("String").filter(s -> !s.isEmpty()).isPresent()) {
            return;
        }
        String regex = pattern.text("Regex").orElse("");
        Optional<String> found =
                isReplaced ? LinearPattern.problemOfReplaced(regex) : LinearPattern.problem(regex);
        found.ifPresent(problem -> {
            throw refused("has a pattern that " + problem);
        });
    }

    private UserError refused(String what) {
        return new UserError(
                "The tokenizer " + what,
                place,
                "Save it again with save_pretrained of a fast tokenizer; docs/guard.md says which"
                        + " parts are taken.");
    }
}
