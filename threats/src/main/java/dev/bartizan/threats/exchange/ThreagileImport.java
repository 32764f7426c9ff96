package dev.bartizan.threats.exchange;

import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Threagile models with their includes. Includes are files below the model's folder; none leads
/// out of it, none includes itself.
final class ThreagileImport {
    private static final int MAX_INCLUDES = 100;

    private final Path folder;
    private final Set<Path> read = new HashSet<>();
    private final Set<Path> open = new HashSet<>();

    private ThreagileImport(Path folder) {
        this.folder = folder;
    }

    static Draft read(Path file, Plain root) throws IOException {
        Path parent = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        ThreagileImport reader = new ThreagileImport(parent.toRealPath());
        reader.read.add(file.toRealPath());
        reader.open.add(file.toRealPath());
        List<Plain> files = new ArrayList<>();
        reader.collect(root, files);
        return draft(files);
    }

    private void collect(Plain root, List<Plain> files) throws IOException {
        files.add(root);
        for (Plain include : root.at("includes").items()) {
            String name = include.text().orElseThrow(() -> include.refuse("is no file name"));
            Path path = folder.resolve(name).normalize();
            if (!path.startsWith(folder)) {
                throw include.refuse("leads out of the model's folder: \"" + name + "\"");
            }
            byte[] bytes = ForeignFile.bytes(path);
            Path real = path.toRealPath();
            if (!real.startsWith(folder)) {
                throw include.refuse("leads out of the model's folder: \"" + name + "\"");
            }
            if (open.contains(real)) {
                throw include.refuse("includes itself: \"" + name + "\"");
            }
            if (!read.add(real)) {
                continue; // two files may share one
            }
            if (read.size() > MAX_INCLUDES) {
                throw include.refuse("is one of more than " + MAX_INCLUDES + " includes");
            }
            open.add(real);
            collect(ForeignFile.yamlPart(path.toString(), bytes), files);
            open.remove(real);
        }
    }

    private static Draft draft(List<Plain> files) {
        String title =
                files.stream()
                        .map(file -> file.text("title"))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow(() ->
                                new UserError(
                                        "The file cannot be imported: title is missing",
                                        "title",
                                        "Give the Threagile model's main file."));
        Draft draft = new Draft("threagile", title);
        Map<String, String> zoneOf = new LinkedHashMap<>();
        Map<String, Plain> boundaries = section(files, "trust_boundaries");
        Map<String, String> within = new LinkedHashMap<>();
        for (Plain boundary : boundaries.values()) {
            boundary.texts("trust_boundaries_nested")
                    .forEach(inner -> within.put(inner, boundary.required("id")));
        }
        boundaries.forEach((name, boundary) -> {
            String id = boundary.required("id");
            String trust = DragonImport.trust(name);
            String outer = within.getOrDefault(id, "");
            draft.zone(boundary, id, name, trust, outer, Optional.empty(), boundary.besides("id"));
            boundary.texts("technical_assets_inside").forEach(asset -> zoneOf.put(asset, id));
        });
        Map<String, Plain> assets = section(files, "technical_assets");
        assets.forEach((name, asset) -> addAsset(name, asset, zoneOf, draft));
        assets.values().forEach(asset -> addLinks(asset, draft));
        section(files, "risk_tracking").forEach((risk, said) -> addDecision(risk, said, draft));
        for (Plain file : files) {
            draft.carried()
                    .putAll(file.besides("technical_assets", "trust_boundaries", "includes"));
        }
        return draft;
    }

    private static Map<String, Plain> section(List<Plain> files, String key) {
        Map<String, Plain> all = new LinkedHashMap<>();
        for (Plain file : files) {
            file.at(key)
                    .entries()
                    .forEach((name, entry) -> {
                        if (all.put(name, entry) != null) {
                            throw entry.refuse("is given twice");
                        }
                    });
        }
        return all;
    }

    private static void addAsset(
            String name, Plain asset, Map<String, String> zoneOf, Draft draft) {
        String id = asset.required("id");
        String type = asset.text("type").orElse("");
        String technology = asset.text("technology").orElse("");
        draft.part(
                asset,
                id,
                name,
                type.equals("external-entity") ? technology + " client" : technology + " " + type,
                zoneOf.getOrDefault(id, ""),
                asset.text("description").orElse(""),
                Optional.empty(),
                asset.besides("id", "description", "communication_links"));
        Draft.Part part = draft.parts().get(id);
        if (part != null && asset.isTrue("internet")) {
            part.attributes().put("exposes", "public");
        }
    }

    /// Risks are named `category@asset@…`, with `*` for any.
    private static void addDecision(String risk, Plain said, Draft draft) {
        List<String> words = List.of(risk.split("@", -1));
        Optional<String> asset =
                words.stream().skip(1).filter(draft.parts()::containsKey).findFirst();
        String reason =
                said.text("justification").orElse("")
                        + said.text("ticket").map(ticket -> " (" + ticket + ")").orElse("");
        Optional<KnownThreat.Answer> answer =
                KnownThreat.answer(
                        said.text("status").orElse(""), reason, said.text("checked_by").orElse(""));
        if (asset.isEmpty() && answer.isPresent()) {
            draft.lose("Decision about \"" + risk + "\" names no asset and is carried along only.");
        }
        asset.ifPresent(key ->
                draft.know(
                        key,
                        new KnownThreat(
                                risk, words.getFirst().replace('-', ' '), "", "", "", answer)));
    }

    private static void addLinks(Plain asset, Draft draft) {
        asset.at("communication_links")
                .entries()
                .forEach((name, link) ->
                        draft.way(
                                link,
                                asset.required("id"),
                                link.required("target"),
                                name,
                                link.texts("data_assets_sent"),
                                link.besides("target")));
    }
}
