package dev.bartizan.artifacts;

import java.util.List;

/// What a scan says of everything it was given.
///
/// @param files every visited file, in path order
public record ScanReport(List<FileReport> files) {
    public ScanReport {
        files = List.copyOf(files);
    }

    /// The worst verdict; clean when there are no files.
    public Verdict worst() {
        return files.stream()
                .map(FileReport::verdict)
                .min(java.util.Comparator.naturalOrder())
                .orElse(Verdict.CLEAN);
    }
}
