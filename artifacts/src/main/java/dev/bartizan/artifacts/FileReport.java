package dev.bartizan.artifacts;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a scan says of one file or member.
///
/// @param path the argument as typed, `/`, the rest; `outer.zip!inner` inside archives
/// @param verdict in one word; that of an archive speaks of its members too
/// @param formats what it is, by content
/// @param canHoldCode whether a format seen in it can run code when it is loaded
/// @param findings defects, worst first, those of members included
/// @param coveredBytes how many bytes something is said about
/// @param totalBytes how many there are
/// @param notCovered what was not looked at, and why
/// @param explanation what loading it would do, with offsets; empty when nothing does anything
/// @param members reports on the members of an archive
/// @param reaches what it may do when loaded, each as a short stable text, such as `pickle-call
///   os.system`; a later version that reaches more is worth a look
/// @param sha256 digest of its bytes; empty unless every byte was to be read
public record FileReport(
        String path,
        Verdict verdict,
        List<String> formats,
        boolean canHoldCode,
        List<Finding> findings,
        long coveredBytes,
        long totalBytes,
        List<String> notCovered,
        String explanation,
        List<FileReport> members,
        List<String> reaches,
        Optional<Digest> sha256) {
    public FileReport {
        formats = List.copyOf(formats);
        findings =
                findings.size() < 2
                        ? List.copyOf(findings)
                        : findings.stream().sorted(FileReport::worseFirst).toList();
        notCovered = List.copyOf(notCovered);
        members = List.copyOf(members);
        reaches = List.copyOf(reaches);
    }

    private static int worseFirst(Finding one, Finding other) {
        return other.severity().compareTo(one.severity());
    }

    /// The severity of the worst finding; empty when there is none.
    public Optional<Severity> worst() {
        return findings.stream().map(Finding::severity).max(Comparator.naturalOrder());
    }

    /// The same with one more finding; a verdict that was better becomes malicious when the finding
    /// is high, suspicious when it is medium.
    FileReport with(Finding finding) {
        List<Finding> more = new ArrayList<>(findings);
        more.add(finding);
        Verdict alone =
                finding.severity().isAtLeast(Severity.HIGH)
                        ? Verdict.MALICIOUS
                        : finding.severity().isAtLeast(Severity.MEDIUM)
                                ? Verdict.SUSPICIOUS
                                : Verdict.CLEAN;
        return new FileReport(
                path,
                alone.compareTo(verdict) < 0 ? alone : verdict,
                formats,
                canHoldCode,
                more,
                coveredBytes,
                totalBytes,
                notCovered,
                explanation,
                members,
                reaches,
                sha256);
    }

    /// The same with more that nobody could look at; what was clean is not covered then.
    FileReport without(List<String> reasons) {
        List<String> more = new ArrayList<>(notCovered);
        more.addAll(reasons);
        return new FileReport(
                path,
                verdict == Verdict.CLEAN ? Verdict.NOT_COVERED : verdict,
                formats,
                canHoldCode,
                findings,
                coveredBytes,
                totalBytes,
                more,
                explanation,
                members,
                reaches,
                sha256);
    }

    /// Whether every byte of it was analysed.
    public boolean isWhole() {
        return notCovered.isEmpty() && coveredBytes == totalBytes;
    }
}
