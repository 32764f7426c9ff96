package dev.bartizan.cli;

import dev.bartizan.knowledge.KnowledgeFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a user's imports lie.
final class CatalogStore {
    private CatalogStore() {}

    /// The folder an option names; else the user's own, after the XDG base directories.
    static Path path(@Nullable Path named) {
        if (named != null) {
            return named;
        }
        String data = Optional.ofNullable(System.getenv("XDG_DATA_HOME")).orElse("");
        Path base =
                data.isEmpty()
                        ? Path.of(System.getProperty("user.home", "."), ".local", "share")
                        : Path.of(data);
        return base.resolve("bartizan").resolve("knowledge");
    }

    static KnowledgeFolder open(@Nullable Path named) {
        return new KnowledgeFolder(path(named));
    }
}
