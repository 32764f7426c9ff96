package dev.bartizan.core.facts;

import java.util.List;

/// The names of facts that an architecture review can read off a model file. Rules ask for them.
public enum ModelFact {
    /// An operator that needs native code beside the runtime.
    CUSTOM_OPERATOR("model.custom-operator"),
    /// Code that loading the model imports and runs.
    CUSTOM_CODE("model.custom-code"),
    /// Another file that holds part of the weights.
    EXTERNAL_DATA("model.external-data"),
    /// Another file that lies outside the model's folder.
    EXTERNAL_DATA_ESCAPES("model.external-data-escapes"),
    /// What happens to inputs inside the model before it computes.
    PREPROCESSING(
            "model.preprocessing",
            "absent",
            "normalises",
            "encodes",
            "resizes",
            "decodes",
            "tokenises",
            "takes-tokens"),
    /// What an output is.
    OUTPUT(
            "model.output",
            "label",
            "probabilities",
            "log-probabilities",
            "logits",
            "scores",
            "embedding"),
    /// An output that is also a step towards another output.
    INNER_OUTPUT("model.inner-output"),
    /// An output that decides after a part of the model only.
    EARLY_EXIT("model.early-exit"),
    /// A step that runs or not, or how often, depending on the input.
    DATA_DEPENDENT_STEP("model.data-dependent-step"),
    /// A table with a row for each entry of a vocabulary.
    EMBEDDING("model.embedding"),
    /// A vocabulary, with its size.
    VOCABULARY("model.vocabulary"),
    /// Kind of private text among the entries of a vocabulary or the metadata.
    PRIVATE_TEXT(
            "model.private-text",
            "e-mail-address",
            "key",
            "card-number",
            "account-number",
            "social-security-number",
            "phone-number",
            "sentence",
            "home-folder"),
    /// What the file's metadata tells of the training data.
    TRAINING_RECORD("model.training-record"),
    /// How many trained numbers it has.
    PARAMETERS("model.parameters"),
    /// How these compare with the records it learnt from.
    CAPACITY("model.capacity", "can-memorise", "in-between", "small-for-samples"),
    /// Whether so few numbers can be solved for.
    SIZE("model.size", "tiny", "ordinary"),
    /// Type of rounded weights.
    QUANTISED("model.quantised"),
    /// Whether it is an adapter; the name that system files use too.
    ADAPTER("adapter", "true"),
    /// The model that an adapter or a tuned model starts from.
    BASE("model.base"),
    /// A base model that is named without a version.
    BASE_UNPINNED("model.base-unpinned");

    private final String key;
    private final String words;

    ModelFact(String key, String... words) {
        this.key = key;
        this.words = String.join(" ", words);
    }

    /// The name that rules use.
    public String key() {
        return key;
    }

    /// The values it can have; none when it is free.
    public List<String> words() {
        return words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    }
}
