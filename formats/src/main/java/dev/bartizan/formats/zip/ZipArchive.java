package dev.bartizan.formats.zip;

import java.util.List;

/// What a zip archive holds, from every point of view.
///
/// @param members listed ones first, then those found only by walking
/// @param anomalies where the ways of reading disagree or a rule is broken
/// @param gaps byte ranges that belong to no member and no directory
public record ZipArchive(List<ZipMember> members, List<Anomaly> anomalies, List<Range> gaps) {
    public ZipArchive {
        members = List.copyOf(members);
        anomalies = List.copyOf(anomalies);
        gaps = List.copyOf(gaps);
    }

    /// How much an anomaly matters.
    public enum Weight {
        /// Seen in honest archives.
        ODD,
        /// Readers disagree on what is inside.
        AMBIGUOUS,
        /// The archive cannot be read as written.
        BROKEN
    }

    /// A disagreement or broken rule.
    public record Anomaly(Weight weight, long offset, String message) {}

    /// Bytes from `from` up to, not including, `to`.
    public record Range(long from, long to) {
        /// Length in bytes.
        public long length() {
            return to - from;
        }
    }
}
