package dev.bartizan.provenance;

import dev.bartizan.core.Digest;

/// What reading an artifact from start to end came to.
sealed interface ArtifactReading {
    /// All of it was read.
    ///
    /// @param digest of a file: of its bytes; of a folder: see {@link ArtifactReader}
    /// @param bytes how many
    /// @param files how many
    record Read(Digest digest, long bytes, int files, Shape shape) implements ArtifactReading {
        /// In words: `12 bytes`, `12 bytes in 3 files`.
        String size() {
            return bytes + " bytes" + (shape == Shape.FILE ? "" : " in " + files + " files");
        }
    }

    /// It could not be read, or not safely.
    ///
    /// @param what what is in the way, one sentence without a full stop
    /// @param mend what to do about it
    record Unreadable(String what, String mend) implements ArtifactReading {}

    /// A file or a folder.
    enum Shape {
        FILE,
        FOLDER
    }
}
