package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.keras.KerasArchive;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Members without which a framework cannot load an archive: the configuration of a `.keras` file,
/// the manifest of TorchServe and the files it names.
final class PromisedMembers {
    private static final int LARGEST_MANIFEST = 1 << 20;
    private static final String MANIFEST = "MAR-INF/MANIFEST.json";

    private PromisedMembers() {}

    static void look(Item item, ZipArchive archive, Notes notes) throws IOException {
        Set<String> names =
                archive.members().stream().map(ZipMember::name).collect(Collectors.toSet());
        if (item.name().endsWith(".keras") && !names.contains("config.json")) {
            missing("config.json", notes);
        }
        KerasArchive.look(item, archive, notes);
        Optional<ZipMember> manifest =
                archive.members().stream()
                        .filter(member -> member.name().equals(MANIFEST))
                        .findFirst();
        if (manifest.isEmpty()) {
            if (item.name().endsWith(".mar")) {
                missing(MANIFEST, notes);
            }
            return;
        }
        model(item, manifest.get())
                .ifPresent(model -> {
                    for (String key : new String[] {"handler", "serializedFile", "modelFile"}) {
                        String file = model.text(key).orElse("");
                        boolean isFile = file.matches("[\\w./-]+\\.\\w{1,8}");
                        if (isFile && !names.contains(file)) {
                            missing(file, notes);
                        }
                    }
                });
    }

    /// What the manifest says of the model; empty when it cannot be read, which is told elsewhere.
    private static Optional<Json> model(Item item, ZipMember manifest) throws IOException {
        try (ZipContent content = ZipContent.open(item.bytes(), manifest, LARGEST_MANIFEST)) {
            String text =
                    new String(content.bytes().bytes(0, LARGEST_MANIFEST), StandardCharsets.UTF_8);
            return JsonReader.read(text, JsonLimits.forHeap()).value().get("model");
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static void missing(String name, Notes notes) {
        notes.broken(
                ArchiveRules.BROKEN,
                Severity.LOW,
                0,
                "The archive lacks \"" + name + "\", without which it does not load");
    }
}
