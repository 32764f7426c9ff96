package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What of Keras, TensorFlow and NumPy itself reaches files, the network or further untrusted data
/// when a configuration names it. Keras trusts everything in its own modules, which is how
/// CVE-2025-1550 and those after it worked.
final class KerasGadgets {
    private static final String FETCH = "download or unpack files (CVE-2025-8747, CVE-2025-12060)";
    private static final String LOAD = "load another model, whatever safe_mode says";
    private static final String FILES = "read or write files";

    private static final Map<String, String> FUNCTIONS =
            Map.ofEntries(
                    Map.entry("get_file", FETCH),
                    Map.entry("extract_archive", FETCH),
                    Map.entry("extract_open_archive", FETCH),
                    Map.entry("urlretrieve", FETCH),
                    Map.entry("load_model", LOAD),
                    Map.entry("load_weights", LOAD),
                    Map.entry("load_weights_only", LOAD),
                    Map.entry("model_from_json", LOAD),
                    Map.entry("model_from_config", LOAD),
                    Map.entry("model_from_yaml", LOAD),
                    Map.entry("deserialize_keras_object", LOAD),
                    Map.entry("legacy_deserialize_keras_object", LOAD),
                    Map.entry("func_load", "turn bytecode into a function"),
                    Map.entry("enable_unsafe_deserialization", "switch off Keras's protection"),
                    Map.entry("set_backend", "change how Keras runs"),
                    Map.entry("load_op_library", "load a machine program"),
                    Map.entry("load_library", "load a machine program"),
                    Map.entry("load_file_system_library", "load a machine program"),
                    Map.entry("load_pluggable_device_library", "load a machine program"),
                    Map.entry("py_function", "call Python"),
                    Map.entry("numpy_function", "call Python"),
                    Map.entry("py_func", "call Python"),
                    Map.entry("read_file", FILES),
                    Map.entry("write_file", FILES),
                    Map.entry("save_model", FILES),
                    Map.entry("save_weights", FILES),
                    Map.entry("save_img", FILES),
                    Map.entry("load_img", FILES),
                    Map.entry("plot_model", FILES),
                    Map.entry("fromfile", FILES),
                    Map.entry("genfromtxt", FILES),
                    Map.entry("loadtxt", FILES),
                    Map.entry("savetxt", FILES),
                    Map.entry("memmap", FILES),
                    Map.entry("CSVLogger", FILES),
                    Map.entry("BackupAndRestore", FILES),
                    Map.entry("ModelCheckpoint", FILES),
                    Map.entry("TensorBoard", FILES),
                    Map.entry("RemoteMonitor", "reach the network"),
                    Map.entry("LambdaCallback", "call a function of its own"),
                    Map.entry("TFSMLayer", "load a SavedModel, whatever safe_mode says"),
                    Map.entry("TorchModuleWrapper", "load a pickle (CVE-2025-49655)"));

    private static final Set<String> DANGEROUS_PARTS =
            Set.of("gfile", "script_ops", "load_library", "serialization_lib", "file_utils");

    private static final Set<String> PATH_KEYS =
            Set.of(
                    "vocabulary",
                    "vocabulary_file",
                    "vocab_file",
                    "merges",
                    "proto",
                    "idf_weights",
                    "filepath",
                    "filename",
                    "cache_dir",
                    "lora_path",
                    "weights_path");

    /// Objects whose vocabulary is a file when it is a text (CVE-2025-12058).
    private static final List<String> LOOKUPS = List.of("Lookup", "TextVectorization", "Tokenizer");

    private static final Set<String> VOCABULARIES = Set.of("vocabulary", "merges");

    /// Functions of `operator` that fetch by name, call or change what they are handed.
    private static final Pattern REACHING_OPERATOR =
            Pattern.compile("attrgetter|itemgetter|methodcaller|call|(get|set|del)item");

    private KerasGadgets() {}

    /// Whether a module of the standard library does arithmetic.
    static boolean isArithmetic(String module) {
        return Set.of("math", "cmath", "operator", "_operator").contains(module);
    }

    /// What a function of such a module does besides; empty when it does arithmetic alone.
    static Optional<String> reachOfArithmetic(String function) {
        boolean isReaching =
                function.startsWith("_")
                        || function.indexOf('.') >= 0
                        || REACHING_OPERATOR.matcher(function).matches();
        return isReaching ? Optional.of("fetch or call things by their names") : Optional.empty();
    }

    /// What a name in one of the frameworks' own modules reaches; empty when nothing is known.
    static Optional<String> reach(String module, String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (FUNCTIONS.containsKey(last)) {
            return Optional.of(FUNCTIONS.get(last));
        }
        for (String part : (module + "." + name).split("\\.", 32)) {
            if (DANGEROUS_PARTS.contains(part) && !part.equals(last)) {
                return Optional.of("reach files or load code");
            }
        }
        return Optional.empty();
    }

    /// A setting of an object that makes it read something outside of the model.
    ///
    /// @param severity how bad
    /// @param key the setting
    /// @param value where it reads from
    record Read(Severity severity, String key, String value) {}

    /// The first such setting of an object's configuration.
    ///
    /// @param type its class, without the module
    static Optional<Read> outside(String type, Json.Members config) {
        for (Json.Member member : config.members()) {
            if (member.value() instanceof Json.Text text
                    && PATH_KEYS.contains(member.key())
                    && NamedPaths.isOutside(text.value())) {
                return Optional.of(new Read(Severity.HIGH, member.key(), text.value()));
            }
            if (member.value() instanceof Json.Text text
                    && member.key().equals("handle")
                    && NamedPaths.isOutside(text.value())) {
                boolean isHub = text.value().matches("https://(tfhub\\.dev|www\\.kaggle\\.com)/.*");
                return Optional.of(
                        new Read(isHub ? Severity.LOW : Severity.HIGH, "handle", text.value()));
            }
            if (member.value() instanceof Json.Text text
                    && VOCABULARIES.contains(member.key())
                    && !text.value().isBlank()
                    && LOOKUPS.stream().anyMatch(type::endsWith)) {
                return Optional.of(new Read(Severity.MEDIUM, member.key(), text.value()));
            }
        }
        return Optional.empty();
    }
}
