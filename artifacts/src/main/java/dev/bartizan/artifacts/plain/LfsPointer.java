package dev.bartizan.artifacts.plain;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import java.io.IOException;

/// The note that Git LFS puts in place of a large file ("Git LFS Specification", "The Pointer").
public final class LfsPointer {
    private static final int MOST_BYTES = 1024;

    private LfsPointer() {}

    /// Whether an item is such a note.
    public static boolean isOne(Item item) throws IOException {
        return item.bytes().size() < MOST_BYTES
                && item.bytes().has(0, "version https://git-lfs.github.com/spec/v1");
    }

    /// Notes that the file itself is not here.
    public static void look(Notes notes) {
        notes.format("git-lfs-pointer", false);
        notes.coverAll();
        notes.notCovered("the file is kept by Git LFS and was not fetched: run `git lfs pull`");
    }
}
