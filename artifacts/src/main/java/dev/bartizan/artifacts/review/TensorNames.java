package dev.bartizan.artifacts.review;

import java.util.regex.Pattern;

/// What the names of tensors tell, as the usual libraries give them.
final class TensorNames {
    private static final Pattern ADAPTER =
            Pattern.compile(
                    "(?i)(^|[._])(lora_(a|b|up|down|magnitude|mid|embedding)|hada_w[12]|lokr_w[12]"
                            + "|ia3_l|oft_r|vera_lambda|prompt_embeddings|boft_)");
    private static final Pattern EMBEDDING =
            Pattern.compile(
                    "(?i)(^|[._/])(embed_tokens|word_embeddings?|token_embd?|wte|tok_embeddings"
                            + "|embedding|embeddings|embed|shared|embed_in|user_embeddings?"
                            + "|item_embeddings?)([._/](weight|embeddings|table))?(:0)?$");
    private static final Pattern ROUNDED =
            Pattern.compile("(?i)[._](qweight|qzeros|weight_scale|absmax|quant_map|SCB)$");

    private TensorNames() {}

    static boolean isAdapter(String name) {
        return ADAPTER.matcher(name).find();
    }

    /// Tables with a row for each word, user or thing; positions are none.
    static boolean isEmbedding(String name) {
        return EMBEDDING.matcher(name).find() && !name.contains("position");
    }

    static boolean isRounded(String name) {
        return ROUNDED.matcher(name).find();
    }
}
