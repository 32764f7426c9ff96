package dev.bartizan.artifacts.review;

import dev.bartizan.artifacts.gguf.GgufHeader;
import dev.bartizan.core.facts.ModelFact;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the keys and tensors of a GGUF file tell (ggml, `docs/gguf.md`).
final class GgufReview {
    private static final Set<String> WHOLE =
            Set.of("f32", "f16", "bf16", "f64", "i16", "i32", "i64");

    private GgufReview() {}

    static long review(GgufHeader header, Seen seen) {
        Map<String, String> values = header.values();
        String type = values.getOrDefault("general.type", "");
        if (type.equals("adapter") || values.containsKey("adapter.type")) {
            String field = type.equals("adapter") ? "general.type" : "adapter.type";
            seen.field(ModelFact.ADAPTER, "true", field);
        }
        base(values, seen);
        if (!values.getOrDefault("split.count", "0").matches("0|1")) {
            seen.field(
                    ModelFact.EXTERNAL_DATA,
                    "split in " + values.get("split.count") + " files",
                    "split.count");
        }
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getKey().startsWith("general.dataset.") && entry.getKey().endsWith(".name")) {
                seen.field(ModelFact.TRAINING_RECORD, entry.getValue(), entry.getKey());
            }
            if (!entry.getKey().startsWith("tokenizer.")) {
                seen.metadata(entry.getKey(), entry.getValue());
            }
        }
        List<String> tokens = header.lists().getOrDefault("tokenizer.ggml.tokens", List.of());
        seen.vocabulary(tokens, "tokenizer.ggml.tokens");
        return tensors(header, seen);
    }

    private static void base(Map<String, String> values, Seen seen) {
        String name =
                values.getOrDefault(
                        "general.base_model.0.repo_url",
                        values.getOrDefault("general.base_model.0.name", ""));
        if (!name.isEmpty()) {
            seen.field(ModelFact.BASE, name, "general.base_model.0.name");
            if (!values.containsKey("general.base_model.0.version")) {
                seen.field(ModelFact.BASE_UNPINNED, name, "general.base_model.0.name");
            }
        }
    }

    private static long tensors(GgufHeader header, Seen seen) {
        long parameters = 0;
        for (GgufHeader.Table tensor : header.tensors()) {
            parameters += Math.min(tensor.values(), Long.MAX_VALUE >> 24);
            if (!WHOLE.contains(tensor.type())) {
                seen.tensor(ModelFact.QUANTISED, tensor.type(), tensor.name());
            }
            if (TensorNames.isAdapter(tensor.name())) {
                seen.tensor(ModelFact.ADAPTER, "true", tensor.name());
            }
            if (tensor.name().startsWith("token_embd")) {
                seen.tensor(
                        ModelFact.EMBEDDING,
                        tensor.rows() + " x " + tensor.values() / Math.max(1, tensor.rows()),
                        tensor.name());
            }
        }
        return parameters;
    }
}
