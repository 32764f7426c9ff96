package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.pickle.Reach;
import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Documents from which frameworks learn which class to import and which file to open: the modules
/// of sentence-transformers, the parts of diffusers pipelines, the mapping of PEFT adapters, the
/// manifests of TorchServe archives and of Core ML packages.
final class ModelManifests {
    /// Libraries that hold parts of pipelines.
    private static final Set<String> LIBRARIES =
            Set.of(
                    "diffusers",
                    "transformers",
                    "stable_diffusion",
                    "kolors",
                    "paint_by_example",
                    "latent_diffusion_uncond",
                    "deepfloyd_if",
                    "shap_e",
                    "wuerstchen",
                    "stable_cascade",
                    "unidiffuser",
                    "blip_diffusion",
                    "versatile_diffusion",
                    "onnxruntime",
                    "peft",
                    "torch");

    private static final Rule INDEX =
            Rule.structure("weight-index-structure", "Fetch the index again; no loader takes it.");

    private final Notes notes;

    private ModelManifests(Notes notes) {
        this.notes = notes;
    }

    static void look(Json root, Notes notes) {
        ModelManifests manifests = new ModelManifests(notes);
        manifests.modules(root);
        manifests.pipeline(root);
        manifests.shards(root);
        manifests.adapter(root);
        manifests.torchServe(root);
        manifests.coreMl(root);
    }

    /// `modules.json`: a list of `{idx, name, path, type}`; `type` is imported.
    private void modules(Json root) {
        if (!(root instanceof Json.Items items)) {
            return;
        }
        for (Json module : items.items()) {
            Optional<String> type = module.text("type");
            if (type.isPresent()
                    && module.get("idx").isPresent()
                    && module.get("path").isPresent()) {
                imported("type", type.get());
                module.text("path").ifPresent(path -> path("path", path));
            }
        }
    }

    /// `model_index.json`: pairs of a library and a class.
    private void pipeline(Json root) {
        if (root.get("_class_name").isEmpty() || !(root instanceof Json.Members members)) {
            return;
        }
        for (Json.Member member : members.members()) {
            if (member.value() instanceof Json.Items pair && pair.items().size() == 2) {
                List<Json> parts = pair.items();
                if (parts.get(0) instanceof Json.Text library
                        && parts.get(1) instanceof Json.Text type) {
                    imported(member.key(), library.value() + "." + type.value());
                    beside(member.key(), library.value());
                }
            }
        }
    }

    /// A part of a pipeline whose class lies in a module beside it (diffusers, "Community
    /// components"): imported when `trust_remote_code` is on.
    private void beside(String part, String library) {
        boolean isOwn = library.matches("[a-z]\\w*") && !LIBRARIES.contains(library);
        if (isOwn) {
            notes.findingAt(
                    TextRules.REMOTE,
                    Severity.LOW,
                    notes.item().path() + "#" + part,
                    "Loading can run the module \""
                            + Shown.text(library)
                            + "\" beside the weights");
        }
    }

    /// `model.safetensors.index.json` and its like: which file each tensor lies in.
    private void shards(Json root) {
        Optional<Json> weights = root.get("weight_map");
        boolean isMap =
                weights.filter(Json.Members.class::isInstance)
                        .map(Json.Members.class::cast)
                        .filter(map ->
                                map.members().stream()
                                        .allMatch(m -> m.value() instanceof Json.Text))
                        .isPresent();
        boolean isIndex = notes.item().name().endsWith("index.json");
        if (isIndex && weights.isPresent() && !isMap) {
            notes.broken(INDEX, Severity.LOW, 0, "\"weight_map\" does not map tensors to files");
        }
        if (weights.orElse(new Json.Null()) instanceof Json.Members map) {
            map.members().stream()
                    .map(Json.Member::value)
                    .filter(Json.Text.class::isInstance)
                    .map(file -> ((Json.Text) file).value())
                    .distinct()
                    .forEach(file -> path("weight_map", file));
        }
    }

    /// `adapter_config.json`: PEFT imports `auto_mapping.parent_library`.
    private void adapter(Json root) {
        Optional<Json> mapping = root.get("auto_mapping");
        if (mapping.isEmpty()) {
            return;
        }
        String library = mapping.get().text("parent_library").orElse("");
        String type = mapping.get().text("base_model_class").orElse("");
        if (!library.isEmpty()) {
            imported("auto_mapping", type.isEmpty() ? library : library + "." + type);
        }
    }

    /// `MAR-INF/MANIFEST.json`.
    private void torchServe(Json root) {
        Optional<Json> model = root.get("model");
        if (model.isEmpty() || model.get().get("modelName").isEmpty()) {
            return;
        }
        for (String key :
                new String[] {
                    "handler", "serializedFile", "modelFile", "extraFiles", "requirementsFile"
                }) {
            for (String file : model.get().text(key).orElse("").split(",", -1)) {
                path("model." + key, file.strip());
            }
        }
        model.get()
                .text("handler")
                .map(handler -> handler.replace(".py", "").replace(':', '.'))
                .ifPresent(handler -> imported("model.handler", handler));
    }

    /// `Manifest.json` of an `.mlpackage`.
    private void coreMl(Json root) {
        if (root.get("itemInfoEntries").orElse(new Json.Null()) instanceof Json.Members entries) {
            for (Json.Member entry : entries.members()) {
                entry.value().text("path").ifPresent(path -> path("itemInfoEntries", path));
            }
        }
    }

    private void imported(String key, String name) {
        Reach.of(name)
                .ifPresent(reach ->
                        notes.findingAt(
                                TextRules.TARGET,
                                reach.severity(),
                                notes.item().path() + "#" + key,
                                "\""
                                        + key
                                        + "\" names "
                                        + Shown.text(name)
                                        + ", which can "
                                        + reach.what()));
    }

    private void path(String key, String path) {
        if (NamedPaths.isOutside(path)) {
            notes.findingAt(
                    TextRules.PATH,
                    Severity.HIGH,
                    notes.item().path() + "#" + key,
                    "\""
                            + key
                            + "\" leads out of the model's folder: \""
                            + Shown.text(path)
                            + "\"");
        }
    }
}
