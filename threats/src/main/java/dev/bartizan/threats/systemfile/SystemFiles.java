package dev.bartizan.threats.systemfile;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Nearest;
import dev.bartizan.core.Place;
import dev.bartizan.core.SchemaFragment;
import dev.bartizan.threats.yaml.Problem;
import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads system files. Everything that is wrong with a file is told at once.
public final class SystemFiles {
    /// Larger files are refused before they are read.
    public static final long MAX_BYTES = 4 << 20;

    private static final int MAX_SIBLINGS = 1_000;

    private SystemFiles() {}

    /// Reads a system file.
    ///
    /// @param file the file as the user gave it; messages repeat it so
    /// @param fragments keys that modules contribute
    /// @throws SystemFileErrors when it cannot be used, with everything that is wrong
    public static AiSystem read(Path file, List<SchemaFragment> fragments) {
        return parse(file, bytes(file), SystemSchema.of(fragments));
    }

    /// Reads the bytes of a system file; `file` gives the name and the folder that paths are
    /// relative to, and need not exist.
    ///
    /// @throws SystemFileErrors when they cannot be used, with everything that is wrong
    public static AiSystem parse(Path file, byte[] bytes, SystemSchema schema) {
        Problems problems = new Problems();
        Optional<YamlNode> document = YamlReader.read(file.toString(), bytes, problems);
        if (document.isEmpty()) {
            throw new SystemFileErrors(problems.inOrder());
        }
        SchemaWalk walk = SchemaWalk.of(schema, document.get());
        problems.addAll(walk.problems());
        if (!(document.get() instanceof YamlNode.Mapping root)) {
            throw new SystemFileErrors(problems.inOrder());
        }
        SystemNames names = SystemNames.of(root);
        names.check(walk.references(), problems);
        SystemBinder binder = new SystemBinder(file, root, names, problems);
        binder.check();
        if (!problems.isEmpty()) {
            throw new SystemFileErrors(problems.inOrder());
        }
        return binder.system();
    }

    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw refuse(file, "This is a folder.", nearbyFile(file));
        }
        if (!Files.exists(file)) {
            throw refuse(file, "There is no such file.", nearbyName(file));
        }
        if (!Files.isRegularFile(file)) {
            throw refuse(file, "This is not an ordinary file.", "Give a YAML file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw tooLarge(file, size);
            }
            byte[] bytes = in.readNBytes((int) MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw tooLarge(file, bytes.length);
            }
            return bytes;
        } catch (IOException e) {
            SystemFileErrors errors =
                    refuse(file, "The file cannot be read: " + e.getMessage() + ".", "");
            errors.initCause(e);
            throw errors;
        }
    }

    private static SystemFileErrors tooLarge(Path file, long size) {
        return refuse(
                file,
                "The file has " + size + " bytes; at most " + MAX_BYTES + " are read.",
                "A system file is a page of YAML: give that one, or split the system.");
    }

    private static String nearbyFile(Path folder) {
        return names(folder).stream()
                .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                .sorted()
                .findFirst()
                .map(name -> "Did you mean \"" + folder.resolve(name) + "\"?")
                .orElse("Give a YAML file.");
    }

    private static String nearbyName(Path file) {
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        Path name = Optional.ofNullable(file.getFileName()).orElse(Path.of(""));
        List<String> near = Nearest.to(name.toString(), names(folder));
        return near.isEmpty()
                ? "Check the path."
                : "Did you mean \"" + folder.resolve(near.get(0)) + "\"?";
    }

    private static List<String> names(Path folder) {
        Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
        if (!Files.isDirectory(listed)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(listed)) {
            return paths.limit(MAX_SIBLINGS)
                    .map(path -> String.valueOf(path.getFileName()))
                    .toList();
        } catch (IOException e) {
            return List.of(); // only a suggestion is lost
        }
    }

    private static SystemFileErrors refuse(Path file, String message, String suggestion) {
        Place place = new Place(file.toString(), 0, 0);
        return new SystemFileErrors(List.of(new Problem(place, "", message, suggestion)));
    }
}
