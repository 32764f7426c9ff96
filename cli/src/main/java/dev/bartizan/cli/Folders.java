package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.Checkpoint;
import dev.bartizan.core.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Where things lie: reports in `bartizan-out/` beside the system file unless the user says
/// otherwise, evidence below it.
final class Folders {
    private static final String OUT = "bartizan-out";
    private static final int MAX_CHECKPOINT_BYTES = 64 * 1024;

    private Folders() {}

    /// The output folders of several systems, in their order; where two would share one, each gets
    /// one named after its file as well.
    static List<Path> of(List<AiSystem> systems, Optional<Path> out) {
        List<Path> plain = systems.stream().map(s -> of(s, out, systems.size() > 1)).toList();
        List<Path> own = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            boolean isShared = Collections.frequency(plain, plain.get(i)) > 1;
            String file = systems.get(i).file().toAbsolutePath().normalize().toString();
            own.add(
                    isShared
                            ? plain.get(i)
                                    .resolveSibling(
                                            plain.get(i).getFileName()
                                                    + "-"
                                                    + Digest.of(file).brief().substring(0, 6))
                            : plain.get(i));
        }
        return own;
    }

    /// The output folder of a system. Below a folder that several systems share, each has its own.
    static Path of(AiSystem system, Optional<Path> out, boolean isOneOfSeveral) {
        if (out.isPresent()) {
            return isOneOfSeveral ? out.get().resolve(slug(system)) : out.get();
        }
        return system.resolve(OUT);
    }

    private static String slug(AiSystem system) {
        String slug =
                system.name()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        return slug.isEmpty() ? "system" : slug;
    }

    /// Where the page about several systems goes; made when it is not there.
    static Path portfolio(Optional<Path> out) throws IOException {
        return Files.createDirectories(out.orElse(Path.of(OUT)));
    }

    /// The evidence folder of an output folder.
    static Path evidence(Path out) {
        return out.resolve("evidence");
    }

    /// The evidence folder that somebody means who names it, the output folder around it, or the
    /// folder of the system file.
    static Path evidenceBelow(Path folder) {
        return Stream.of(evidence(folder), evidence(folder.resolve(OUT)))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(folder);
    }

    /// Opens the ledger of a system.
    ///
    /// @throws UserError when the folder cannot be written
    static Ledger ledger(AiSystem system, Path out) throws IOException {
        Path folder = evidence(out);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError(
                    "The evidence folder cannot be made",
                    folder.toString(),
                    "Name a folder that you may write with --out.",
                    e);
        }
        return Ledger.open(folder, origin(system, folder));
    }

    /// A ledger keeps the name it was begun with, so that a system may be renamed.
    private static String origin(AiSystem system, Path folder) throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        if (Files.isRegularFile(checkpoint) && Files.size(checkpoint) <= MAX_CHECKPOINT_BYTES) {
            return Checkpoint.parse(Files.readString(checkpoint)).origin();
        }
        return Checkpoint.originFor(system.name());
    }

    /// Address of a system's report, relative to the page about several.
    static String link(Path page, Path folder) {
        Path report = folder.resolve("report.html").toAbsolutePath().normalize();
        Path from = page.toAbsolutePath().normalize();
        return from.relativize(report).toString().replace('\\', '/');
    }

    /// A path as people read it: relative to where they are, when it lies below.
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here)
                ? here.relativize(absolute).toString()
                : absolute.toString();
    }
}
