package dev.bartizan.knowledge;

import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the official distribution file of MITRE ATLAS (`ATLAS.yaml`, layouts of 5.1 to 5.6): ids,
/// names, relations, maturity and dates. Descriptions are left where they are.
public final class AtlasFile {
    /// Larger files are refused.
    public static final int MAX_BYTES = 8 << 20;

    private static final Pattern ID = Pattern.compile("AML\\.(TA|T|M)[0-9]{4}(\\.[0-9]{3})?");
    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+){1,3}");
    private static final int MAX_NAME = 200;

    private final String file;
    private final Map<String, CatalogueEntry> entries = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> mitigatedBy = new LinkedHashMap<>();

    private AtlasFile(String file) {
        this.file = file;
    }

    /// A release of the catalogue.
    ///
    /// @param version as the file says
    /// @param entries tactics, techniques, subtechniques and mitigations, in the file's order
    public record Release(String version, List<CatalogueEntry> entries) {
        public Release {
            entries = List.copyOf(entries);
        }
    }

    /// Reads a file.
    ///
    /// @throws UserError when it is no such file, with the place
    /// @throws IOException when it cannot be read
    public static Release read(Path file) throws IOException {
        return parse(
                file.toString(),
                NamedFile.bytes(
                        file, MAX_BYTES, "release of ATLAS", "Give the official ATLAS.yaml."));
    }

    /// Reads the bytes of a file.
    ///
    /// @throws UserError when they are no such file, with the place
    public static Release parse(String file, byte[] bytes) {
        return new AtlasFile(file).release(document(file, bytes));
    }

    private static @Nullable Object document(String file, byte[] bytes) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setCodePointLimit(MAX_BYTES)
                        .setMaxAliasesForCollections(0)
                        .build();
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            return new Load(settings).loadFromString(text);
        } catch (CharacterCodingException e) {
            throw new UserError("The file is not UTF-8", file, "Fetch the official file again.", e);
        } catch (MarkedYamlEngineException e) {
            String where =
                    e.getProblemMark()
                            .map(mark ->
                                    file
                                            + ":"
                                            + (mark.getLine() + 1)
                                            + ":"
                                            + (mark.getColumn() + 1))
                            .orElse(file);
            throw new UserError(
                    "The file is not YAML: " + e.getProblem(),
                    where,
                    "Fetch the official file again.",
                    e);
        } catch (YamlEngineException | IllegalArgumentException e) { // the latter for odd tags
            throw new UserError(
                    "The file is not YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    file,
                    "Fetch the official file again.",
                    e);
        } catch (StackOverflowError e) {
            throw new UserError(
                    "The file is nested too deeply", file, "Fetch the official file again.", e);
        }
    }

    private Release release(@Nullable Object document) {
        Map<?, ?> root = map(document, "");
        String version =
                text(root, "version", "").orElseThrow(() -> refuse("version", "is missing"));
        if (!VERSION.matcher(version).matches()) {
            throw refuse("version", "is no version: \"" + version + "\"");
        }
        Map<?, ?> matrix = map(first(root), "matrices[0]");
        addAll(matrix, "tactics", "tactic");
        addAll(matrix, "techniques", "technique");
        addAll(matrix, "mitigations", "mitigation");
        entries.replaceAll((_, entry) -> complete(entry));
        return new Release(version, new ArrayList<>(entries.values()));
    }

    private Object first(Map<?, ?> root) {
        if (root.get("matrices") instanceof List<?> matrices && !matrices.isEmpty()) {
            return matrices.get(0);
        }
        throw refuse("matrices", "has no matrix");
    }

    private void addAll(Map<?, ?> matrix, String key, String kind) {
        if (!(matrix.get(key) instanceof List<?> items)) {
            throw refuse("matrices[0]." + key, "is no list");
        }
        for (int i = 0; i < items.size(); i++) {
            String path = "matrices[0]." + key + "[" + i + "]";
            add(map(items.get(i), path), kind, path);
        }
    }

    private void add(Map<?, ?> item, String kind, String path) {
        String id = text(item, "id", path).orElseThrow(() -> refuse(path + ".id", "is missing"));
        if (!ID.matcher(id).matches()) {
            throw refuse(path + ".id", "is no ATLAS id: \"" + id + "\"");
        }
        String name =
                text(item, "name", path).orElseThrow(() -> refuse(path + ".name", "is missing"));
        if (name.length() > MAX_NAME || name.contains("\t") || name.contains("\n")) {
            throw refuse(path + ".name", "is too long for a name, or has several lines");
        }
        Optional<String> parent = text(item, "subtechnique-of", path);
        CatalogueEntry entry =
                new CatalogueEntry(
                        "atlas",
                        id,
                        name,
                        parent.isPresent() ? "subtechnique" : kind,
                        parent.map(List::of).orElse(List.of()),
                        ids(item, "tactics", path),
                        text(item, "maturity", path).orElse(""),
                        text(item, "created_date", path).orElse(""),
                        text(item, "modified_date", path).orElse(""),
                        kind.equals("mitigation") ? ids(item, "techniques", path) : List.of());
        if (entries.put(id, entry) != null) {
            throw refuse(path + ".id", "is given twice: " + id);
        }
        entry.related()
                .forEach(technique ->
                        mitigatedBy.computeIfAbsent(technique, _ -> new TreeSet<>()).add(id));
    }

    private CatalogueEntry complete(CatalogueEntry entry) {
        List<String> tactics = entry.tactics();
        if (tactics.isEmpty() && !entry.parents().isEmpty()) {
            CatalogueEntry parent = entries.get(entry.parents().get(0));
            if (parent == null) {
                throw refuse(entry.id(), "belongs to unknown " + entry.parents().get(0));
            }
            tactics = parent.tactics();
        }
        List<String> related =
                entry.kind().equals("mitigation")
                        ? entry.related()
                        : List.copyOf(mitigatedBy.getOrDefault(entry.id(), new TreeSet<>()));
        return new CatalogueEntry(
                entry.catalogue(),
                entry.id(),
                entry.name(),
                entry.kind(),
                entry.parents(),
                tactics,
                entry.maturity(),
                entry.created(),
                entry.modified(),
                related);
    }

    private List<String> ids(Map<?, ?> item, String key, String path) {
        Object value = item.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw refuse(path + "." + key, "is no list");
        }
        TreeSet<String> ids = new TreeSet<>();
        for (Object each : list) {
            Object id = each instanceof Map<?, ?> map ? map.get("id") : each;
            if (!(id instanceof String text) || !ID.matcher(text).matches()) {
                throw refuse(path + "." + key, "has something that is no ATLAS id");
            }
            ids.add(text);
        }
        return List.copyOf(ids);
    }

    private Optional<String> text(Map<?, ?> map, String key, String path) {
        Object value = map.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text.strip());
        }
        if (value instanceof Number number) {
            return Optional.of(number.toString());
        }
        throw refuse(path.isEmpty() ? key : path + "." + key, "is no text");
    }

    private Map<?, ?> map(@Nullable Object value, String path) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw refuse(path.isEmpty() ? "the document" : path, "is no map");
    }

    private UserError refuse(String path, String what) {
        return new UserError(
                "This is no ATLAS file: " + path + " " + what,
                file + " (" + path + ")",
                "Give the official ATLAS.yaml. Nothing was changed.");
    }
}
