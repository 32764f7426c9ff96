package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.pickle.Reach;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The configuration from which Keras rebuilds a model: every object names a module and a class
/// that loading imports and calls (Keras 3, `serialization_lib.deserialize_keras_object`).
public final class KerasConfig {
    static final Rule LAMBDA =
            Rule.code(
                    "keras-lambda-layer",
                    "Have the layer replaced by a registered class, and load with safe_mode on.",
                    "CWE-502",
                    "CWE-94");
    static final Rule NAMES =
            Rule.code(
                    "keras-names-dangerous-code",
                    "Do not load it; loading imports and calls what the configuration names.",
                    "CWE-470",
                    "CWE-94");
    static final Rule CUSTOM =
            Rule.code(
                    "keras-custom-object", "Load it only with the package you expect.", "CWE-829");
    static final Rule BROKEN =
            Rule.structure("keras-structure", "Have the model saved again.", "CWE-20");
    static final Rule FETCHES =
            Rule.code(
                    "keras-reaches-out",
                    "Do not load it; loading reads files or the network.",
                    "CWE-22",
                    "CWE-918");

    private static final Set<String> OWN =
            Set.of(
                    "keras",
                    "tensorflow",
                    "tf_keras",
                    "tf",
                    "keras_nlp",
                    "keras_cv",
                    "keras_hub",
                    "keras_core",
                    "keras_tuner",
                    "tensorflow_addons",
                    "tensorflow_probability",
                    "tensorflow_hub");
    private static final String UNSAFE = "enable_unsafe_deserialization";
    private static final Pattern SWITCH = Pattern.compile("[\\w.]*\\bconfig\\." + UNSAFE);

    private final Container container;
    private final Notes notes;

    /// What holds the configuration.
    public enum Container {
        /// A JSON document, in a `.keras` archive or alone.
        JSON,
        /// An HDF5 file.
        HDF5,
        /// An HDF5 file of a version for which `safe_mode` does not protect (CVE-2025-9905).
        HDF5_UNGUARDED
    }

    private KerasConfig(Container container, Notes notes) {
        this.container = container;
        this.notes = notes;
    }

    /// Notes what rebuilding the objects in a document would do; nothing when there are none.
    public static void look(Json root, Container container, Notes notes) {
        new KerasConfig(container, notes).walk(root, "");
    }

    private void walk(Json json, String path) {
        switch (json) {
            case Json.Members members -> {
                if (members.text("class_name").isPresent()) {
                    notes.format("keras", true);
                    object(members, path);
                }
                members.members()
                        .forEach(m ->
                                walk(m.value(), path.isEmpty() ? m.key() : path + "." + m.key()));
            }
            case Json.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    walk(items.items().get(i), path + "[" + i + "]");
                }
            }
            case Json.Text text -> {
                if (text.value().contains("config.") && SWITCH.matcher(text.value()).matches()) {
                    note(
                            NAMES,
                            Severity.HIGH,
                            path,
                            "The configuration switches off Keras's protection (CVE-2025-9906)");
                }
            }
            case Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private void object(Json.Members object, String path) {
        String type = object.text("class_name").orElse("");
        String module = object.text("module").orElse("");
        Json config = object.get("config").orElse(new Json.Null());
        String last = KerasShape.lastName(type);
        if (last.equals("Lambda") || last.equals("__lambda__")) {
            lambda(config, path, last);
        }
        if (last.equals("TorchModuleWrapper")) {
            note(
                    NAMES,
                    Severity.HIGH,
                    path,
                    "A wrapped PyTorch module is loaded as a pickle (CVE-2025-49655)");
        }
        if (!module.isEmpty()) {
            named(module, type, config, path);
        } else if (type.indexOf('.') > 0 && type.indexOf('>') < 0) {
            int dot = type.lastIndexOf('.');
            named(type.substring(0, dot), type.substring(dot + 1), config, path);
        }
        object.text("spec_name")
                .filter(_ -> type.equals("__typespec__"))
                .ifPresent(
                        name -> named(module.isEmpty() ? "builtins" : module, name, config, path));
        if ((module.startsWith("keras.config") || module.equals("keras.config"))
                && holds(config, UNSAFE)) {
            note(
                    NAMES,
                    Severity.HIGH,
                    path,
                    "The configuration switches off Keras's protection (CVE-2025-9906)");
        }
        if (holds(config, "get_file") && holdsUrl(config)) {
            note(
                    FETCHES,
                    Severity.HIGH,
                    path,
                    "The configuration makes Keras download a file (CVE-2025-8747)");
        }
        if (config instanceof Json.Members members) {
            KerasGadgets.outside(last, members).ifPresent(read -> reads(read, path));
            if (members.get("safe_mode").filter(new Json.Truth(false)::equals).isPresent()) {
                note(
                        NAMES,
                        Severity.MEDIUM,
                        path,
                        "The configuration asks to load something with safe_mode off");
            }
        }
    }

    private void reads(KerasGadgets.Read read, String path) {
        note(
                FETCHES,
                read.severity(),
                path,
                "An object reads its "
                        + read.key()
                        + " from \""
                        + Shown.text(read.value())
                        + "\" (CVE-2025-12058)");
    }

    private void named(String module, String type, Json config, String path) {
        int dot = module.indexOf('.');
        String root = dot < 0 ? module : module.substring(0, dot);
        String function = config instanceof Json.Text text ? text.value() : type;
        if (OWN.contains(root) || root.equals("numpy")) {
            KerasGadgets.reach(module, function)
                    .or(() -> KerasGadgets.reach(module, type))
                    .ifPresent(what -> names(path, module + "." + function, what));
            if (OWN.contains(root)) {
                return;
            }
        }
        Optional<String> reach = reach(module, function, type);
        if (reach.isPresent()) {
            names(path, module + "." + function, reach.get());
        } else {
            note(
                    CUSTOM,
                    Severity.LOW,
                    path,
                    "Rebuilding imports " + Shown.text(module + "." + function));
        }
    }

    /// Keras writes functions of the author under the module `builtins` and looks them up among the
    /// objects it was given; only names that Python has built in mean anything else.
    private static boolean isOwnFunction(String module, String function, String type) {
        return module.equals("builtins")
                && type.equals("function")
                && Reach.of(module, function)
                        .equals(Reach.of(module, "a_name_that_python_does_not_have"));
    }

    private static Optional<String> reach(String module, String function, String type) {
        if (KerasGadgets.isArithmetic(module)) {
            return KerasGadgets.reachOfArithmetic(function)
                    .or(() -> KerasGadgets.reachOfArithmetic(type));
        }
        return isOwnFunction(module, function, type)
                ? Optional.empty()
                : Reach.of(module, function).or(() -> Reach.of(module, type)).map(Reach::what);
    }

    private void names(String path, String name, String what) {
        note(
                NAMES,
                Severity.CRITICAL,
                path,
                "The configuration names "
                        + Shown.text(name)
                        + ", which can "
                        + what
                        + " (CVE-2025-1550)");
    }

    private void lambda(Json config, String path, String type) {
        Optional<Json> wrapped =
                config.get("function")
                        .filter(Json.Members.class::isInstance)
                        .filter(function -> function.items("items").isEmpty());
        if (wrapped.isPresent() && type.equals("Lambda")) {
            wrapped(wrapped.get(), path);
            return;
        }
        LambdaCode code = LambdaCode.worst(config);
        if (code.call().isPresent()) {
            note(
                    LAMBDA,
                    Severity.CRITICAL,
                    path,
                    "A Lambda layer runs " + Shown.text(code.call().get()) + " (CVE-2024-3660)");
            return;
        }
        boolean isMild =
                code.kind() == LambdaCode.Kind.NAME || code.kind() == LambdaCode.Kind.SOURCE;
        Severity severity =
                switch (container) {
                    case JSON -> isMild ? Severity.LOW : Severity.MEDIUM;
                    case HDF5 -> Severity.MEDIUM;
                    case HDF5_UNGUARDED -> Severity.HIGH;
                };
        String what =
                switch (code.kind()) {
                    case NAME, BYTECODE -> "A Lambda layer brings code of its own";
                    case SOURCE, UNREADABLE -> "A Lambda layer has no code that can be decoded";
                };
        note(
                LAMBDA,
                severity,
                path,
                what
                        + (container == Container.HDF5_UNGUARDED
                                ? "; this version loads it whatever safe_mode says (CVE-2025-9905)"
                                : ""));
        if (code.kind() == LambdaCode.Kind.SOURCE) {
            notes.broken(BROKEN, Severity.LOW, 0, "Keras does not run the source of a function");
        }
    }

    /// A function that is an object of its own is looked at as such when it says its class.
    private void wrapped(Json function, String path) {
        String module = function.text("module").orElse("");
        if (function.text("class_name").isEmpty() && !module.isEmpty()) {
            named(
                    module,
                    "function",
                    function.get("config").orElse(new Json.Null()),
                    path + ".function");
        }
    }

    private static boolean holds(Json json, String text) {
        return switch (json) {
            case Json.Text value ->
                    value.value().equals(text) || value.value().endsWith("." + text);
            case Json.Members members ->
                    members.members().stream()
                            .filter(member ->
                                    !(member.value() instanceof Json.Items)
                                            || !member.key().equals("layers"))
                            .anyMatch(member -> holds(member.value(), text));
            case Json.Items items -> items.items().stream().anyMatch(item -> holds(item, text));
            case Json.Numeral _, Json.Truth _, Json.Null _ -> false;
        };
    }

    private static boolean holdsUrl(Json json) {
        return switch (json) {
            case Json.Text value -> value.value().matches("(?is)\\s*(https?|ftp|file|s3|gs)://.*");
            case Json.Members members ->
                    members.members().stream()
                            .filter(member -> !member.key().equals("layers"))
                            .anyMatch(member -> holdsUrl(member.value()));
            case Json.Items items -> items.items().stream().anyMatch(KerasConfig::holdsUrl);
            case Json.Numeral _, Json.Truth _, Json.Null _ -> false;
        };
    }

    private void note(Rule rule, Severity severity, String path, String message) {
        notes.findingAt(rule, severity, notes.item().path() + "#" + path, message);
    }
}
