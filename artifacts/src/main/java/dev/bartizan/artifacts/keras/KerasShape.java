package dev.bartizan.artifacts.keras;

import dev.bartizan.formats.json.Json;
import java.util.Optional;
import java.util.Set;

/// Whether a configuration has the types from which Keras can rebuild a model: objects with a
/// `class_name` and a `config`, lists of them where several stand. Layers of others may have any
/// settings; only those of Keras that hold layers are looked into. Old versions wrote the list of
/// layers itself as the configuration of a Sequential model.
final class KerasShape {
    private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");
    private static final Set<String> WRAPPERS =
            Set.of("TimeDistributed", "Bidirectional", "SpectralNormalization");

    private KerasShape() {}

    /// What is wrong with the configuration of a model; empty when nothing is.
    static Optional<String> model(Json root) {
        return object(root, "The configuration")
                .or(() -> settings(root, "compile_config"))
                .or(() -> settings(root, "build_config"));
    }

    /// What is wrong with the settings of a training.
    static Optional<String> training(Json root) {
        return root instanceof Json.Members
                ? Optional.empty()
                : Optional.of("The settings of the training are no object");
    }

    private static Optional<String> settings(Json root, String key) {
        return root.get(key)
                .filter(value -> !(value instanceof Json.Members || value instanceof Json.Null))
                .map(_ -> "\"" + key + "\" is no object");
    }

    private static Optional<String> object(Json json, String what) {
        if (!(json instanceof Json.Members)) {
            return Optional.of(what + " is no object");
        }
        String type = lastName(json.text("class_name").orElse(""));
        if (type.isEmpty()) {
            return Optional.of(what + " does not say which class it is of");
        }
        Optional<Json> config = json.get("config");
        if (config.isEmpty()) {
            return Optional.of(what + " has no settings");
        }
        if (MODELS.contains(type)) {
            return layers(config.get(), type);
        }
        if (WRAPPERS.contains(type)) {
            return inner(config.get(), "layer", type);
        }
        return switch (type) {
            case "RNN" -> inner(config.get(), "cell", type);
            case "StackedRNNCells" -> list(config.get().get("cells"), "cells", type);
            default -> plain(config.get(), type);
        };
    }

    private static Optional<String> layers(Json config, String type) {
        boolean isList = config instanceof Json.Items && type.equals("Sequential");
        return list(isList ? Optional.of(config) : config.get("layers"), "layers", type);
    }

    private static Optional<String> list(Optional<Json> list, String key, String type) {
        if (list.isEmpty() || !(list.get() instanceof Json.Items items)) {
            return Optional.of(type + " has no list of " + key);
        }
        for (int i = 0; i < items.items().size(); i++) {
            Optional<String> wrong =
                    object(items.items().get(i), "Number " + i + " of the " + key + " of " + type);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inner(Json config, String key, String type) {
        return config.get(key)
                .map(layer -> object(layer, "The " + key + " of " + type))
                .orElseGet(() -> Optional.of(type + " has no " + key));
    }

    private static Optional<String> plain(Json config, String type) {
        boolean isPlain =
                config instanceof Json.Text
                        || config instanceof Json.Numeral
                        || config instanceof Json.Truth;
        return isPlain
                ? Optional.of("The settings of " + type + " are no object")
                : Optional.empty();
    }

    /// The class without the module or the package that stands before it.
    static String lastName(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('>')) + 1);
    }
}
