package dev.bartizan.knowledge;

import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A folder of a user's own imports, which outweigh what comes with the tool: `catalogues.tsv` and
/// `avid.json`. Each file is replaced whole or not at all, and only when something changed.
public final class KnowledgeFolder {
    private static final String CATALOGUES = "catalogues.tsv";
    private static final String VERSIONS = "versions.json";
    private static final String AVID = "avid.json";
    private static final long MAX_BYTES = 64L << 20;

    private final Path folder;

    /// The folder need not exist before the first import.
    public KnowledgeFolder(Path folder) {
        this.folder = folder;
    }

    /// The catalogues in force: imported ones, and those that come with the tool.
    ///
    /// @throws UserError when the folder's file was altered into something else
    public Catalogues catalogues() throws IOException {
        Catalogues all = Catalogues.bundled();
        Path file = folder.resolve(CATALOGUES);
        if (!Files.isRegularFile(file)) {
            return all;
        }
        Catalogues own;
        try {
            own = Catalogues.parse(text(file));
        } catch (IllegalStateException e) {
            throw spoilt(file, e);
        }
        for (String name : own.names()) {
            all = all.with(name, own.entries(name));
        }
        return all;
    }

    /// The release of each imported catalogue; what comes with the tool is not among them.
    public Map<String, String> versions() throws IOException {
        Path file = folder.resolve(VERSIONS);
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            Map<String, String> versions = new TreeMap<>();
            JsonMapper.shared()
                    .readTree(text(file))
                    .properties()
                    .forEach(entry -> versions.put(entry.getKey(), entry.getValue().asString("")));
            return versions;
        } catch (JacksonException e) {
            throw spoilt(file, e);
        }
    }

    /// The imported reports, by id.
    public List<AvidReport> reports() throws IOException {
        Path file = folder.resolve(AVID);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return List.of(JsonMapper.shared().readValue(text(file), AvidReport[].class));
        } catch (JacksonException e) {
            throw spoilt(file, e);
        }
    }

    /// Takes a release of a catalogue in.
    ///
    /// @return what changed; nothing when it was in already, and then no file is touched
    public List<CatalogueChange> take(String catalogue, AtlasFile.Release release)
            throws IOException {
        Catalogues before = catalogues();
        List<CatalogueChange> changes =
                CatalogueChange.between(before.entries(catalogue), release.entries());
        Catalogues own = Catalogues.parse("").with(catalogue, release.entries());
        replace(CATALOGUES, own.text());
        Map<String, String> versions = new TreeMap<>(versions());
        versions.put(catalogue, release.version());
        replace(VERSIONS, JsonMapper.shared().writeValueAsString(versions) + "\n");
        return changes;
    }

    /// Takes reports in; a report replaces an older one of its id.
    ///
    /// @return those that are new or changed
    public List<AvidReport> take(List<AvidReport> reports) throws IOException {
        Map<String, AvidReport> byId = new TreeMap<>();
        reports().forEach(report -> byId.put(report.id(), report));
        Map<String, AvidReport> changed = new LinkedHashMap<>();
        for (AvidReport report : reports) {
            if (!report.equals(byId.put(report.id(), report))) {
                changed.put(report.id(), report);
            }
        }
        if (!changed.isEmpty()) {
            String text =
                    JsonMapper.shared()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(new ArrayList<>(byId.values()));
            replace(AVID, text + "\n");
        }
        return List.copyOf(changed.values());
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " has over " + MAX_BYTES + " bytes");
        }
        return Files.readString(file);
    }

    private void replace(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file) && text(file).equals(text)) {
            return;
        }
        Files.createDirectories(folder);
        Path temporary = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static UserError spoilt(Path file, Exception cause) {
        return new UserError(
                "An imported catalogue was altered and cannot be read",
                file.toString(),
                "Remove the file and import again.",
                cause);
    }
}
