package dev.bartizan.cli;

import dev.bartizan.artifacts.EarlierScan;
import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.ScanPolicy;
import dev.bartizan.artifacts.ScanReport;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides which files of a scan fail, and says which findings were let pass and why.
///
/// @param failOn least severity that fails
/// @param policy what the house allows and forbids
/// @param signatures whose signature a file bears
/// @param baseline findings known before do not fail
record ScanGate(
        Severity failOn,
        Optional<ScanPolicy> policy,
        ScanPolicy.Signatures signatures,
        Optional<EarlierScan> baseline,
        LocalDate today) {
    /// What came of it.
    ///
    /// @param failed files that fail
    /// @param passed findings at or over the threshold that were let pass, each with the reason
    /// @param warnings what the user should know: expired exceptions, denials
    record Result(List<FileReport> failed, List<String> passed, List<String> warnings) {}

    Result apply(ScanReport report) {
        List<FileReport> failed = new ArrayList<>();
        List<String> passed = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        policy.ifPresent(p ->
                p.expired(today)
                        .forEach(entry ->
                                warnings.add(
                                        "an exception expired on "
                                                + entry.until().map(LocalDate::toString).orElse("")
                                                + " and no longer holds: "
                                                + entry.what()
                                                + " "
                                                + entry.value()
                                                + " (owner "
                                                + entry.owner()
                                                + ")")));
        for (FileReport file : report.files()) {
            Optional<ScanPolicy.Entry> denial = policy.flatMap(p -> p.denies(file, today));
            denial.ifPresent(entry ->
                    warnings.add(
                            file.path()
                                    + " is denied by policy: "
                                    + entry.what()
                                    + " "
                                    + entry.value()
                                    + (entry.reason().isEmpty()
                                            ? ""
                                            : " (" + entry.reason() + ")")));
            boolean fails = denial.isPresent();
            for (Finding finding : file.findings()) {
                if (finding.severity().isAtLeast(failOn)) {
                    Optional<String> reason = reasonToPass(file, finding);
                    reason.ifPresent(why ->
                            passed.add(finding.rule() + " at " + finding.location() + ": " + why));
                    fails |= reason.isEmpty();
                }
            }
            if (fails) {
                failed.add(file);
            }
        }
        return new Result(failed, passed, warnings);
    }

    /// Why a finding does not fail the scan, when something lets it pass.
    Optional<String> reasonToPass(FileReport file, Finding finding) {
        if (baseline.filter(known -> known.knows(file, finding)).isPresent()) {
            return Optional.of("in the baseline");
        }
        return policy.flatMap(p -> p.allows(file, finding, today, signatures))
                .map(entry ->
                        "allowed until "
                                + entry.until().map(LocalDate::toString).orElse("")
                                + " by "
                                + entry.owner()
                                + (entry.reason().isEmpty() ? "" : ", " + entry.reason()));
    }
}
