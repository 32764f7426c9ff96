package dev.bartizan.artifacts.review;

import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.safetensors.SafetensorsHeader;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the header of a safetensors file tells: shapes, types, names of tensors, metadata.
final class SafetensorsReview {
    private static final Set<String> WHOLE_NUMBERS =
            Set.of("I64", "I32", "U64", "U32", "I16", "U16", "BOOL");
    private static final Set<String> ROUNDED =
            Set.of("I8", "U8", "F8_E4M3", "F8_E5M2", "F4", "F8_E8M0");

    /// Keys under which trainers write down what a model was trained on (kohya-ss sd-scripts, the
    /// `modelspec` of Stability AI).
    private static final String TRAINING_KEYS =
            "(?i)ss_(dataset|tag_freq|reg_data|training_comment|output_name|sd_model|num_train"
                    + "|datasets|bucket).*|modelspec\\.(dataset|description|author|tags).*"
                    + "|.*(training_data|train_data|dataset).*";

    private SafetensorsReview() {}

    static long review(SafetensorsHeader header, Seen seen) throws FormatException {
        if (!header.problems().isEmpty()) {
            SafetensorsHeader.Problem first = header.problems().getFirst();
            throw FormatException.broken(first.offset(), first.message());
        }
        long parameters = 0;
        for (SafetensorsHeader.Tensor tensor : header.tensors()) {
            look(tensor, seen);
            if (!WHOLE_NUMBERS.contains(tensor.dtype())) {
                parameters += elements(tensor);
            }
        }
        for (Map.Entry<String, String> entry : header.metadata().entrySet()) {
            String field = "__metadata__." + entry.getKey();
            if (entry.getKey().matches(TRAINING_KEYS) && entry.getValue().length() > 4) {
                seen.field(ModelFact.TRAINING_RECORD, entry.getKey(), field);
            }
            seen.metadata(field, entry.getValue());
        }
        return parameters;
    }

    private static void look(SafetensorsHeader.Tensor tensor, Seen seen) {
        if (ROUNDED.contains(tensor.dtype()) || TensorNames.isRounded(tensor.name())) {
            seen.tensor(
                    ModelFact.QUANTISED, tensor.dtype().toLowerCase(Locale.ROOT), tensor.name());
        }
        if (TensorNames.isAdapter(tensor.name())) {
            seen.tensor(ModelFact.ADAPTER, "true", tensor.name());
        } else if (TensorNames.isEmbedding(tensor.name()) && tensor.shape().size() == 2) {
            seen.tensor(
                    ModelFact.EMBEDDING,
                    tensor.shape().get(0) + " x " + tensor.shape().get(1),
                    tensor.name());
        }
    }

    private static long elements(SafetensorsHeader.Tensor tensor) {
        long product = 1;
        for (long axis : tensor.shape()) {
            if (axis != 0 && product > (Long.MAX_VALUE >> 10) / axis) {
                return 0;
            }
            product *= axis;
        }
        return product;
    }
}
