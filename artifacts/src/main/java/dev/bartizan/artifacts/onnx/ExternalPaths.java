package dev.bartizan.artifacts.onnx;

import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Paths under which a model says its tensors lie (ONNX, `ExternalData.md`: relative to the model's
/// folder, never out of it).
final class ExternalPaths {
    static final Rule ESCAPES =
            new Rule(
                    "onnx-external-data-escapes",
                    "Do not load it; loading would read files outside the model's folder.",
                    List.of("CWE-22"),
                    List.of(Rule.UNSAFE_ARTIFACT));
    static final Rule MISSING =
            Rule.structure(
                    "onnx-external-data-missing",
                    "Fetch the files that belong to the model, and scan them together.",
                    "CWE-20");
    private static final int MOST_PATHS = 1_000;
    private static final int LONGEST_PATH = 1024;

    private final Notes notes;
    private final Set<String> seen = new HashSet<>();

    ExternalPaths(Notes notes) {
        this.notes = notes;
    }

    void look(String tensor, String location, long offset) throws IOException {
        if (seen.size() >= MOST_PATHS || !seen.add(location)) {
            return;
        }
        String path =
                location.replace('\\', '/')
                        .replaceAll("(?i)%2f|%5c", "/") // by readers that take it for an address
                        .replaceAll("(?i)%2e", ".");
        String who = "Tensor \"" + Shown.text(tensor) + "\"";
        if (path.length() > LONGEST_PATH) {
            notes.broken(
                    MISSING,
                    Severity.MEDIUM,
                    offset,
                    who + " lies in a file with a name of " + path.length() + " characters");
        } else if (path.isEmpty()) {
            notes.broken(MISSING, Severity.MEDIUM, offset, who + " lies in a file without name");
        } else if (NamedPaths.isElsewhere(path) || path.indexOf('\0') >= 0) {
            escapes(who, location, offset);
        } else {
            relative(who, location, path, offset);
        }
    }

    private void relative(String who, String location, String path, long offset)
            throws IOException {
        int depth = 0;
        boolean climbs = false;
        for (String part : path.split("/", -1)) {
            climbs |= part.equals("..");
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                escapes(who, location, offset);
                return;
            }
        }
        if (climbs) {
            notes.finding(
                    ESCAPES,
                    Severity.LOW,
                    offset,
                    who
                            + " is named by a detour that stays in the folder: \""
                            + Shown.text(location)
                            + "\"");
        }
        Optional<Path> model = notes.item().file();
        if (model.isEmpty()) {
            return;
        }
        Path folder = model.get().toAbsolutePath().getParent();
        if (folder != null) {
            onDisk(who, location, folder, path, offset);
        }
    }

    private void onDisk(String who, String location, Path folder, String path, long offset)
            throws IOException {
        Path file;
        try {
            file = folder.resolve(path).normalize();
        } catch (InvalidPathException e) {
            notes.broken(
                    MISSING,
                    Severity.MEDIUM,
                    offset,
                    who + " lies in a file with an impossible name");
            return;
        }
        if (!Files.exists(file)) {
            notes.notCovered("the file \"" + Shown.text(location) + "\" with tensors is missing");
            return;
        }
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            escapes(who, location, offset);
        }
    }

    /// Whether a part of the file exists, when the file does.
    void checkSize(String location, long from, long length, long offset) throws IOException {
        Optional<Path> model = notes.item().file();
        if (model.isEmpty() || location.length() > LONGEST_PATH) {
            return;
        }
        try {
            Path file = model.get().resolveSibling(location.replace('\\', '/'));
            boolean isThere = Files.isRegularFile(file);
            if (isThere && from > Files.size(file) - length) {
                notes.broken(
                        MISSING,
                        Severity.MEDIUM,
                        offset,
                        length
                                + " bytes at "
                                + from
                                + " are promised of \""
                                + Shown.text(location)
                                + "\", which has "
                                + Files.size(file));
            }
        } catch (InvalidPathException e) {
            return; // reported where the path is looked at
        }
    }

    private void escapes(String who, String location, long offset) {
        notes.finding(
                ESCAPES,
                Severity.HIGH,
                offset,
                who
                        + " would be read from outside the model's folder: \""
                        + Shown.text(location)
                        + "\"");
    }
}
