package dev.bartizan.artifacts;

import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import dev.bartizan.formats.safetensors.SafetensorsHeader;
import dev.bartizan.formats.safetensors.SafetensorsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Files that others of the same folder name as parts of the model and that are not there: shards
/// of an index of weights and the tensors in them, files of an MLflow model, modules of
/// sentence-transformers. A download that was broken off looks the same, so that it is no alarm;
/// but nobody looked at all of the model.
final class NeighbourFiles {
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_NOTED = 8;
    private static final int MOST_HEADERS = 2_000;
    private static final int MOST_HEADER_BYTES = 4 << 20;
    private static final Pattern INDEX = Pattern.compile(".*\\.index(\\.[a-z0-9]{1,8})?\\.json");
    private static final Pattern OF_MLFLOW =
            Pattern.compile(
                    "(?m)^[ \\t]++(?:model_path|pickled_model|model_data|data|saved_model_dir)[ \\t]*+:[ \\t]*+[\"']?([^\\s\"'#\\[{|>&*!][^\\r\\n\"'#]{0,200})");

    private final List<FoundFile> files;
    private final List<FileReport> reports;
    private final NavigableMap<String, FoundFile> places = new TreeMap<>();
    private int headers;

    private NeighbourFiles(List<FoundFile> files, List<FileReport> reports) {
        this.files = files;
        this.reports = new ArrayList<>(reports);
    }

    /// The reports, with what is missing that a file names.
    ///
    /// @param files of one folder
    /// @param reports one for each file
    static List<FileReport> look(List<FoundFile> files, List<FileReport> reports) {
        NeighbourFiles neighbours = new NeighbourFiles(files, reports);
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).kind() == FoundFile.Kind.FILE) {
                neighbours.named(i);
            }
        }
        return List.copyOf(neighbours.reports);
    }

    private void named(int place) {
        String path = files.get(place).name();
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<String> missing;
        if (name.endsWith(".json") && INDEX.matcher(name).matches()) {
            missing = json(place).map(root -> shards(path, root)).orElse(List.of());
        } else if (name.equals("modules.json")) {
            missing = json(place).map(root -> modules(path, root)).orElse(List.of());
        } else if (name.equals("MLmodel")) {
            missing = mlflow(path, text(place));
        } else {
            return;
        }
        if (!missing.isEmpty()) {
            List<String> shown = missing.stream().limit(MOST_NOTED).toList();
            reports.set(place, reports.get(place).without(shown));
        }
    }

    /// `weight_map` of `model.safetensors.index.json` and the like: the shard of each tensor.
    private List<String> shards(String index, Json root) {
        if (!(root.get("weight_map").orElse(new Json.Null()) instanceof Json.Members map)) {
            return List.of();
        }
        Map<String, List<String>> tensors = new LinkedHashMap<>();
        for (Json.Member member : map.members()) {
            if (member.value() instanceof Json.Text shard) {
                tensors.computeIfAbsent(shard.value(), _ -> new ArrayList<>()).add(member.key());
            }
        }
        List<String> missing = new ArrayList<>();
        tensors.forEach((shard, inIt) -> {
            Optional<String> place = beside(index, shard);
            if (place.isPresent() && !isThere(place.get())) {
                missing.add(notHere(shard));
            } else if (place.isPresent() && missing.size() < MOST_NOTED) {
                tensors(shard, places().get(place.get()), inIt).ifPresent(missing::add);
            }
        });
        return missing;
    }

    /// What a shard lacks of what its index says lies in it.
    private Optional<String> tensors(String shard, @Nullable FoundFile file, List<String> named) {
        if (file == null || headers++ >= MOST_HEADERS) {
            return Optional.empty();
        }
        boolean isReadable =
                file.kind() == FoundFile.Kind.FILE
                        && shard.toLowerCase(Locale.ROOT).endsWith(".safetensors");
        if (!isReadable) {
            return Optional.empty();
        }
        try (ByteSource bytes = ByteSource.open(file.path())) {
            if (new ByteReader(bytes).i64() > MOST_HEADER_BYTES) {
                return Optional.empty();
            }
            Set<String> there =
                    SafetensorsReader.read(bytes).tensors().stream()
                            .map(SafetensorsHeader.Tensor::name)
                            .collect(Collectors.toSet());
            List<String> lacking = named.stream().filter(name -> !there.contains(name)).toList();
            return lacking.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "names "
                                    + lacking.size()
                                    + " tensors that \""
                                    + Shown.text(shard)
                                    + "\" does not hold, \""
                                    + Shown.text(lacking.getFirst())
                                    + "\" first");
        } catch (IOException | FormatException e) {
            return Optional.empty(); // told in the report on the shard
        }
    }

    /// Modules of sentence-transformers lie in folders. What only scales a vector has no settings,
    /// and its empty folder is lost where files alone are kept.
    private List<String> modules(String document, Json root) {
        if (!(root instanceof Json.Items items)) {
            return List.of();
        }
        List<String> missing = new ArrayList<>();
        for (Json module : items.items()) {
            String path = module.text("path").orElse("");
            String type = module.text("type").orElse("");
            boolean hasSettings = !type.isEmpty() && !type.endsWith(".Normalize");
            beside(document, path)
                    .filter(place -> hasSettings && !isThere(place))
                    .ifPresent(_ -> missing.add(notHere(path)));
        }
        return missing;
    }

    private List<String> mlflow(String document, String text) {
        List<String> missing = new ArrayList<>();
        Matcher named = OF_MLFLOW.matcher(text);
        while (named.find() && missing.size() < MOST_NOTED) {
            String path = named.group(1).strip();
            beside(document, path)
                    .filter(place -> !path.equals("null") && !isThere(place))
                    .ifPresent(_ -> missing.add(notHere(path)));
        }
        return missing;
    }

    /// The files by where they are, brought into order when the first of them names another.
    private NavigableMap<String, FoundFile> places() {
        if (places.isEmpty()) {
            files.forEach(file -> places.put(file.name(), file));
        }
        return places;
    }

    private static String notHere(String path) {
        return "names \"" + Shown.text(path) + "\", which is not here";
    }

    /// Where a path leads that a file names; empty when that is the file's own folder or lies
    /// elsewhere, of which its own report tells.
    private static Optional<String> beside(String file, String path) {
        String plain =
                path.replace('\\', '/').replaceFirst("^(?:\\./)+", "").replaceFirst("/+$", "");
        boolean isBelow = !plain.isEmpty() && !plain.equals(".") && !NamedPaths.isOutside(plain);
        return isBelow
                ? Optional.of(file.substring(0, file.lastIndexOf('/') + 1) + plain)
                : Optional.empty();
    }

    /// Whether there is such a file, or a folder with one in it.
    private boolean isThere(String place) {
        String next = places().ceilingKey(place + "/");
        return places().containsKey(place) || (next != null && next.startsWith(place + "/"));
    }

    private Optional<Json> json(int place) {
        try {
            return Optional.of(JsonReader.read(text(place), JsonLimits.forHeap()).value());
        } catch (FormatException e) {
            return Optional.empty(); // what is wrong with it is said in its own report
        }
    }

    private String text(int place) {
        Path file = files.get(place).path();
        try {
            return Files.size(file) > MOST_BYTES
                    ? ""
                    : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // reported as a file that cannot be read
        }
    }
}
