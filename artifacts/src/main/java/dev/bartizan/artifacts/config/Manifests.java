package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.pickle.Reach;
import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Documents that name other files or code: OCI manifests, skops schemas, MXNet symbols.
final class Manifests {
    private static final int DEEPEST = 100;

    private Manifests() {}

    static void look(Json root, Notes notes) throws IOException {
        for (Json layer : root.items("layers")) {
            if (layer instanceof Json.Text text) {
                layer(text.value(), notes);
            } else if (layer.get("mediaType").isEmpty()) {
                layer.text("path").ifPresent(path -> layer(path, notes));
            }
        }
        OciLayout.look(root, notes);
        skops(root, notes, 0);
        if (!root.items("nodes").isEmpty() && root.get("arg_nodes").isPresent()) {
            root.get("attrs").ifPresent(attributes -> mxnet(attributes, notes));
            root.items("nodes")
                    .forEach(node -> {
                        node.get("attrs").ifPresent(attributes -> mxnet(attributes, notes));
                        if (node.text("op")
                                .filter(op -> op.equals("Custom") || op.startsWith("_Python"))
                                .isPresent()) {
                            notes.findingAt(
                                    TextRules.TARGET,
                                    Severity.MEDIUM,
                                    notes.item().path() + "#nodes",
                                    "The graph calls an operator written in Python");
                        }
                    });
        }
    }

    private static void layer(String path, Notes notes) {
        if (NamedPaths.isOutside(path)) {
            notes.findingAt(
                    TextRules.PATH,
                    Severity.HIGH,
                    notes.item().path() + "#layers",
                    "A layer lies outside the image's folder: \"" + path + "\"");
            return;
        }
        if (notes.item().file().isPresent()) {
            String plain = path.replace('\\', '/');
            Path folder = notes.item().file().get().toAbsolutePath().getParent();
            if (folder == null || !Files.isRegularFile(folder.resolve(plain))) {
                notes.notCovered("the layer \"" + path + "\" is missing");
                return;
            }
            try (ByteSource layer = ByteSource.open(folder.resolve(plain))) {
                notes.member(plain, layer, 0, 0);
            } catch (IOException e) {
                notes.notCovered("the layer \"" + path + "\" cannot be read");
            }
        }
    }

    /// skops, `io/_protocol.py`: every node names its class, its module and the loader to rebuild
    /// it.
    private static void skops(Json node, Notes notes, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (node) {
            case Json.Members members -> {
                String module = members.text("__module__").orElse("");
                String type = members.text("__class__").orElse("");
                String loader =
                        members.text("__loader__").or(() -> members.text("node_type")).orElse("");
                if (!module.isEmpty() && !type.isEmpty()) {
                    String name = type.substring(type.lastIndexOf('.') + 1);
                    Reach.of(module, name)
                            .ifPresent(reach ->
                                    notes.findingAt(
                                            TextRules.TARGET,
                                            reach.severity(),
                                            notes.item().path(),
                                            "A node names "
                                                    + module
                                                    + "."
                                                    + name
                                                    + ", which can "
                                                    + reach.what()));
                }
                if (loader.equals("OperatorFuncNode") || loader.equals("MethodNode")) {
                    Optional<String> function =
                            members.text("func").or(() -> members.text("attrs"));
                    boolean isBad =
                            function.filter(f ->
                                            Reach.of("builtins", f).isPresent()
                                                    || Reach.of(f).isPresent())
                                    .isPresent();
                    notes.findingAt(
                            TextRules.TARGET,
                            isBad ? Severity.HIGH : Severity.MEDIUM,
                            notes.item().path(),
                            "A node of type "
                                    + loader
                                    + " calls code that older readers did not check (CVE-2025-54412, CVE-2025-54413)");
                }
                members.members().forEach(member -> skops(member.value(), notes, depth + 1));
            }
            case Json.Items items -> items.items().forEach(item -> skops(item, notes, depth + 1));
            case Json.Text _, Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private static void mxnet(Json attributes, Notes notes) {
        if (attributes instanceof Json.Members members) {
            for (Json.Member member : members.members()) {
                if (member.value() instanceof Json.Text text) {
                    if (text.value().matches("(?is).*\\.(so|dll|dylib)(\\.[0-9.]+)?")) {
                        notes.findingAt(
                                TextRules.TARGET,
                                Severity.HIGH,
                                notes.item().path() + "#attrs." + member.key(),
                                "The graph loads a library");
                    }
                    CodeInText.call(text.value())
                            .ifPresent(call ->
                                    notes.findingAt(
                                            TextRules.CODE_IN_METADATA,
                                            Severity.MEDIUM,
                                            notes.item().path() + "#attrs." + member.key(),
                                            "An attribute holds a program: " + call));
                }
            }
        }
    }
}
