package dev.bartizan.artifacts;

import dev.bartizan.artifacts.spi.TextWatcher;
import java.util.List;

/// How a scan is done.
///
/// @param reading how much of weights is read
/// @param progress is told of each file that was scanned
/// @param watchers look at every text
public record ScanSettings(Reading reading, Progress progress, List<TextWatcher> watchers) {
    public ScanSettings {
        watchers = List.copyOf(watchers);
    }

    /// How much of weights is read.
    public enum Reading {
        /// Only what a verdict needs: numbers that no loader interprets are skipped.
        HEADERS,
        /// Every byte: digests and checksums.
        EVERY_BYTE
    }

    /// Is told how far a scan is, by several threads.
    @FunctionalInterface
    public interface Progress {
        /// Called after each file.
        ///
        /// @param done files scanned so far under the path at hand
        /// @param of files there are under it
        void scanned(int done, int of);
    }

    /// Headers only, nobody told.
    public static final ScanSettings USUAL =
            new ScanSettings(Reading.HEADERS, (_, _) -> {}, List.of());
}
