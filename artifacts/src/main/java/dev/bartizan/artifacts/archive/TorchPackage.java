package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `torch.package` writes: sources beside pickles, which its importer runs when a pickle names
/// them, and in `.data/extern_modules` the modules that it takes from the machine instead (PyTorch,
/// "torch.package").
final class TorchPackage {
    static final String FORMAT = "torch-package";

    private static final List<String> MARKS = List.of(".data/extern_modules", ".data/version");
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_NAMED = 500;
    private static final Set<String> POWERFUL =
            Set.of(
                    "os",
                    "posix",
                    "nt",
                    "sys",
                    "subprocess",
                    "pty",
                    "socket",
                    "ctypes",
                    "shutil",
                    "importlib",
                    "builtins",
                    "runpy",
                    "pickle",
                    "marshal",
                    "multiprocessing",
                    "urllib",
                    "requests");
    private static final Rule SOURCES =
            Rule.code(
                    "package-runs-its-sources",
                    "Read the sources before it is loaded, or have the weights handed over as safetensors.",
                    "CWE-829");

    private TorchPackage() {}

    /// The folder that a member marks as a package's, with its slash.
    private static Optional<String> root(String name) {
        for (String mark : MARKS) {
            int root = name.length() - mark.length();
            if (name.endsWith(mark) && (root == 0 || name.charAt(root - 1) == '/')) {
                return Optional.of(name.substring(0, root));
            }
        }
        return Optional.empty();
    }

    static void look(Item item, ZipArchive archive, Notes notes) throws IOException {
        Optional<String> root =
                archive.members().stream()
                        .flatMap(member -> root(member.name()).stream())
                        .findFirst();
        if (root.isEmpty()) {
            return;
        }
        notes.format(FORMAT, true);
        List<String> sources =
                archive.members().stream()
                        .map(ZipMember::name)
                        .filter(name -> name.startsWith(root.get()) && name.endsWith(".py"))
                        .map(name -> Shown.text(name.substring(root.get().length())))
                        .toList();
        sources.stream().limit(MOST_NAMED).forEach(name -> notes.reaches("package-source " + name));
        if (!sources.isEmpty()) {
            notes.finding(
                    SOURCES,
                    Severity.LOW,
                    0,
                    "Loading imports sources that lie in it: " + few(sources));
        }
        for (ZipMember member : archive.members()) {
            if (member.name().equals(root.get() + ".data/extern_modules")) {
                externs(item, member, notes);
            }
        }
    }

    private static void externs(Item item, ZipMember member, Notes notes) throws IOException {
        try (ZipContent content = ZipContent.open(item.bytes(), member, MOST_BYTES)) {
            List<String> modules =
                    new String(content.bytes().bytes(0, MOST_BYTES), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> Shown.text(line.strip()))
                            .filter(line -> !line.isEmpty())
                            .limit(MOST_NAMED)
                            .toList();
            modules.forEach(module -> notes.reaches("package-extern " + module));
            List<String> powerful =
                    modules.stream()
                            .filter(module -> POWERFUL.contains(module.replaceFirst("\\..*", "")))
                            .toList();
            if (!powerful.isEmpty()) {
                notes.finding(
                        SOURCES,
                        Severity.LOW,
                        member.headerOffset(),
                        "Its sources take modules of the machine that reach outside: "
                                + few(powerful));
            }
        } catch (FormatException e) {
            return; // told of where members are unpacked
        }
    }

    private static String few(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(8, names.size())));
        return names.size() <= 8 ? first : first + " and " + (names.size() - 8) + " more";
    }
}
