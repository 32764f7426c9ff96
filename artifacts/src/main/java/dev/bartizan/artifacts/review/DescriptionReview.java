package dev.bartizan.artifacts.review;

import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files that describe a model beside its weights: configurations of transformers and adapters,
/// tokenizers, vocabularies, indexes of weights.
final class DescriptionReview {
    private static final int MOST_BYTES = JsonLimits.USUAL.bytes();

    private DescriptionReview() {}

    /// @param name of the file, lower case
    static void review(String name, ByteSource bytes, Seen seen)
            throws IOException, FormatException {
        if (bytes.size() > MOST_BYTES) {
            throw FormatException.limit(MOST_BYTES, "It is larger than " + MOST_BYTES + " bytes");
        }
        byte[] content = bytes.bytes(0, MOST_BYTES);
        if (name.endsWith(".txt")) {
            String text = new String(content, StandardCharsets.UTF_8);
            seen.vocabulary(text.lines().toList(), "lines");
            return;
        }
        Json root = JsonReader.read(content, JsonLimits.USUAL).value();
        switch (name) {
            case "adapter_config.json" -> adapter(root, seen);
            case "tokenizer.json" -> tokenizer(root, seen);
            case "vocab.json", "added_tokens.json" -> seen.vocabulary(keys(root), "keys");
            case "special_tokens_map.json", "tokenizer_config.json" -> tokens(root, seen);
            case "preprocessor_config.json" ->
                    seen.field(ModelFact.PREPROCESSING, "absent", "preprocessor_config.json");
            case "model.safetensors.index.json", "pytorch_model.bin.index.json" ->
                    index(root, seen);
            default -> configuration(root, seen);
        }
    }

    private static void configuration(Json root, Seen seen) {
        if (root.text("class_name").isPresent()) {
            new KerasReview(seen).review(root);
            return;
        }
        if (root.text("peft_type").isPresent()) {
            adapter(root, seen);
            return;
        }
        customCode(root, seen);
        root.get("quantization_config")
                .ifPresent(quantised ->
                        seen.field(
                                ModelFact.QUANTISED,
                                quantised
                                        .text("quant_method")
                                        .orElse(bits(quantised).orElse("configured")),
                                "quantization_config"));
        whole(root, "vocab_size")
                .ifPresent(rows -> {
                    String width =
                            whole(root, "hidden_size")
                                    .or(() -> whole(root, "n_embd"))
                                    .or(() -> whole(root, "d_model"))
                                    .map(columns -> " x " + columns)
                                    .orElse("");
                    seen.field(ModelFact.EMBEDDING, rows + width, "vocab_size");
                });
        for (String key : List.of("output_hidden_states", "output_attentions")) {
            if (root.get(key).filter(new Json.Truth(true)::equals).isPresent()) {
                seen.field(ModelFact.INNER_OUTPUT, key, key);
            }
        }
        for (String key : List.of("exit_layers", "early_exit", "exit_layer", "early_exit_layers")) {
            boolean isSet =
                    root.get(key)
                            .filter(value ->
                                    !(value instanceof Json.Null)
                                            && !value.equals(new Json.Truth(false)))
                            .isPresent();
            if (isSet) {
                seen.field(ModelFact.EARLY_EXIT, key, key);
            }
        }
    }

    private static void customCode(Json root, Seen seen) {
        root.get("auto_map")
                .filter(Json.Members.class::isInstance)
                .map(Json.Members.class::cast)
                .ifPresent(map ->
                        map.members()
                                .forEach(member ->
                                        seen.field(
                                                ModelFact.CUSTOM_CODE,
                                                named(member.value()),
                                                "auto_map." + member.key())));
        if (root.get("trust_remote_code").filter(new Json.Truth(true)::equals).isPresent()) {
            seen.field(ModelFact.CUSTOM_CODE, "trust_remote_code", "trust_remote_code");
        }
    }

    private static String named(Json value) {
        return switch (value) {
            case Json.Text text -> text.value();
            case Json.Items items ->
                    items.items().stream()
                            .findFirst()
                            .map(DescriptionReview::named)
                            .orElse("a class");
            case Json.Members _, Json.Numeral _, Json.Truth _, Json.Null _ -> "a class";
        };
    }

    private static void adapter(Json root, Seen seen) {
        seen.field(ModelFact.ADAPTER, "true", "peft_type");
        Optional<String> base =
                root.text("base_model_name_or_path").filter(name -> !name.isBlank());
        base.ifPresent(name -> {
            seen.field(ModelFact.BASE, name, "base_model_name_or_path");
            if (root.text("revision").filter(text -> text.matches("[0-9a-f]{7,64}")).isEmpty()) {
                seen.field(ModelFact.BASE_UNPINNED, name, "base_model_name_or_path");
            }
            seen.metadata("base_model_name_or_path", name);
        });
        customCode(root, seen);
        root.get("auto_mapping")
                .filter(Json.Members.class::isInstance)
                .flatMap(mapping -> mapping.text("parent_library"))
                .filter(library -> !library.startsWith("transformers"))
                .ifPresent(library ->
                        seen.field(ModelFact.CUSTOM_CODE, library, "auto_mapping.parent_library"));
    }

    private static void tokenizer(Json root, Seen seen) {
        root.get("model")
                .ifPresent(model -> {
                    List<String> entries = new ArrayList<>();
                    model.get("vocab").ifPresent(vocab -> entries.addAll(keys(vocab)));
                    seen.vocabulary(entries, "model.vocab");
                });
        List<String> added = new ArrayList<>();
        root.items("added_tokens").forEach(token -> token.text("content").ifPresent(added::add));
        seen.vocabulary(added, "added_tokens");
    }

    private static void tokens(Json root, Seen seen) {
        customCode(root, seen);
        Set<String> entries = new LinkedHashSet<>();
        root.items("additional_special_tokens").forEach(token -> addText(token, entries));
        root.get("added_tokens_decoder")
                .filter(Json.Members.class::isInstance)
                .map(Json.Members.class::cast)
                .ifPresent(
                        map -> map.members().forEach(member -> addText(member.value(), entries)));
        seen.vocabulary(List.copyOf(entries), "special tokens");
    }

    private static void addText(Json token, Set<String> entries) {
        if (token instanceof Json.Text text) {
            entries.add(text.value());
        }
        token.text("content").ifPresent(entries::add);
    }

    private static void index(Json root, Seen seen) {
        Set<String> files = new LinkedHashSet<>();
        if (root.get("weight_map").orElse(null) instanceof Json.Members map) {
            map.members().stream()
                    .filter(member -> member.value() instanceof Json.Text)
                    .forEach(member -> files.add(((Json.Text) member.value()).value()));
        }
        for (String file : files) {
            seen.field(ModelFact.EXTERNAL_DATA, file, "weight_map");
            String plain = "/" + file.replace('\\', '/') + "/";
            if (file.startsWith("/") || plain.contains("/../") || file.contains(":")) {
                seen.field(ModelFact.EXTERNAL_DATA_ESCAPES, file, "weight_map");
            }
        }
    }

    /// The keys of a map, or the first texts of a list of pairs.
    private static List<String> keys(Json json) {
        return switch (json) {
            case Json.Members map -> map.members().stream().map(Json.Member::key).toList();
            case Json.Items list ->
                    list.items().stream()
                            .map(item ->
                                    item instanceof Json.Items pair && !pair.items().isEmpty()
                                            ? pair.items().getFirst()
                                            : item)
                            .filter(Json.Text.class::isInstance)
                            .map(text -> ((Json.Text) text).value())
                            .toList();
            case Json.Text _, Json.Numeral _, Json.Truth _, Json.Null _ -> List.of();
        };
    }

    private static Optional<Long> whole(Json root, String key) {
        return root.get(key)
                .filter(Json.Numeral.class::isInstance)
                .flatMap(number -> ((Json.Numeral) number).whole());
    }

    private static Optional<String> bits(Json quantised) {
        return whole(quantised, "bits").map(bits -> bits + " bits");
    }
}
