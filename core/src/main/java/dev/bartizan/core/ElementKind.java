package dev.bartizan.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an element of a system is. The names are the component types of the threat catalogue; short
/// everyday names are aliases.
public enum ElementKind {
    AGENT,
    AI_GATEWAY,
    CHAT_CLIENT,
    CI_RUNNER,
    CONTAINER_REGISTRY,
    DATA_LAKE,
    DATASET_EXPORT,
    EDGE_DEVICE,
    END_USER("person", "user"),
    EXPERIMENT_TRACKER,
    FEATURE_STORE,
    FEDERATED_CLIENT,
    FEEDBACK_LOOP,
    FINE_TUNING_SERVICE,
    GPU_HOST,
    GUARDRAIL,
    HUMAN_REVIEWER("reviewer"),
    IDE_AGENT,
    IDENTITY_PROVIDER,
    INFERENCE_SERVICE("api"),
    LABELLING_SERVICE,
    LLM("assistant"),
    LOG_STORE,
    MCP_SERVER,
    MEMORY_STORE("memory"),
    MOBILE_APP,
    MODEL_ARTIFACT("model"),
    MODEL_HUB,
    MODEL_REGISTRY,
    MODEL_ROUTER,
    MONITORING,
    MULTI_AGENT,
    NOTEBOOK,
    PACKAGE_REGISTRY,
    PROMPT_TEMPLATE,
    RAG_CORPUS("documents", "corpus"),
    RETRIEVAL_SERVICE,
    SECRET_STORE,
    SENSOR,
    SOURCE_REPOSITORY,
    THIRD_PARTY_AI_SERVICE,
    TOOL,
    TRAINING_DATA_SOURCE("training-data", "dataset"),
    TRAINING_PIPELINE,
    VECTOR_DB,
    WEB_APPLICATION("web-app");

    @SuppressWarnings("ImmutableEnumChecker") // List.of copies
    private final List<String> aliases;

    ElementKind(String... aliases) {
        this.aliases = List.of(aliases);
    }

    /// The name used in system files and rules.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Other names that system files may use.
    public List<String> aliases() {
        return aliases;
    }

    /// The kind of that name or alias.
    public static Optional<ElementKind> named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word) || kind.aliases.contains(word))
                .findFirst();
    }
}
