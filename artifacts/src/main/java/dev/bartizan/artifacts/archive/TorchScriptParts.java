package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipMember;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a TorchScript archive holds what its pickle needs: constants, and for every class of its
/// own the source that says what the class does (PyTorch, "TorchScript serialization"). Classes of
/// libraries in C++ have no source; what is made for phones has its code in another form.
final class TorchScriptParts {
    private static final String PICKLE = "data.pkl";
    private static final String IMPORT = "pickle-import __torch__.";
    private static final String OF_LIBRARIES = IMPORT + "torch.classes.";
    private static final int OWN = IMPORT.length() - "__torch__.".length();

    private TorchScriptParts() {}

    /// Notes the first part that is missing.
    ///
    /// @param notes on the archive, whose members were looked at
    static void look(ZipArchive archive, Notes notes) {
        Set<String> names =
                archive.members().stream().map(ZipMember::name).collect(Collectors.toSet());
        for (Notes member : notes.members()) {
            if (member.item().name().equals(PICKLE)) {
                String path = member.item().path().substring(notes.item().path().length() + 1);
                String root = path.substring(0, path.length() - PICKLE.length());
                missing(root, classes(member), names)
                        .ifPresent(part ->
                                notes.broken(
                                        ArchiveRules.BROKEN,
                                        Severity.LOW,
                                        0,
                                        "The archive lacks \""
                                                + Shown.text(part)
                                                + "\", without which its classes do not load"));
            }
        }
    }

    /// The classes that a pickle names and that the archive must define.
    private static List<String> classes(Notes pickle) {
        return pickle.reaches().stream()
                .filter(reach -> reach.startsWith(IMPORT) && !reach.startsWith(OF_LIBRARIES))
                .map(reach -> reach.substring(OWN))
                .toList();
    }

    private static Optional<String> missing(String root, List<String> classes, Set<String> names) {
        if (classes.isEmpty() || names.contains(root + "bytecode.pkl")) {
            return Optional.empty();
        }
        if (!names.contains(root + "constants.pkl")) {
            return Optional.of(root + "constants.pkl");
        }
        return classes.stream()
                .map(type -> root + "code/" + source(type))
                .filter(source -> !names.contains(source))
                .findFirst();
    }

    /// Where a class is defined: a module's file, its folders by its name.
    private static String source(String type) {
        return type.substring(0, type.lastIndexOf('.')).replace('.', '/') + ".py";
    }
}
