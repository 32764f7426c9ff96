package dev.bartizan.artifacts;

/// What a scan says of a file, worst first.
public enum Verdict {
    /// It has a critical or high finding.
    MALICIOUS,
    /// Its worst finding is medium.
    SUSPICIOUS,
    /// Its structure is broken, or no reader could finish.
    UNREADABLE,
    /// It was recognised or met, and not analysed whole.
    NOT_COVERED,
    /// It was analysed whole, and the worst finding is low.
    CLEAN;

    /// The word used in files and on the command line.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
