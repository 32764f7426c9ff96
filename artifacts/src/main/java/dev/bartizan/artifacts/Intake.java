package dev.bartizan.artifacts;

import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether something may be taken in, and on what conditions: the scan of every byte turned into
/// one decision.
///
/// @param decision in one word
/// @param reasons why, worst first
/// @param conditions what has to be done before or while it is used; empty unless there are any
/// @param files what was looked at
public record Intake(
        Decision decision, List<String> reasons, List<String> conditions, List<FileReport> files) {
    private static final int MOST_REASONS = 12;

    /// The decision.
    public enum Decision {
        APPROVE,
        APPROVE_WITH_CONDITIONS,
        REJECT;

        /// As it is written.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public Intake {
        reasons = List.copyOf(reasons);
        conditions = List.copyOf(conditions);
        files = List.copyOf(files);
    }

    /// Decides on a scan that read every byte. Malicious and unreadable files reject; whatever is
    /// suspicious, not covered or able to run code makes a condition.
    public static Intake of(ScanReport report) {
        List<String> reasons = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        boolean isRejected = report.files().isEmpty();
        if (isRejected) {
            reasons.add("There is no file in it");
        }
        for (FileReport file : report.files()) {
            switch (file.verdict()) {
                case MALICIOUS -> reasons.add(file.path() + " is malicious: " + worst(file));
                case UNREADABLE ->
                        reasons.add(file.path() + " cannot be read whole: " + worst(file));
                case SUSPICIOUS ->
                        conditions.add("Settle before use: " + file.path() + ": " + worst(file));
                case NOT_COVERED ->
                        conditions.add(
                                "Look by other means at "
                                        + file.path()
                                        + ": "
                                        + String.join("; ", file.notCovered()));
                case CLEAN -> {}
            }
            isRejected |=
                    file.verdict() == Verdict.MALICIOUS || file.verdict() == Verdict.UNREADABLE;
            standing(file, conditions);
        }
        if (isRejected) {
            return new Intake(Decision.REJECT, shortened(reasons), List.of(), report.files());
        }
        if (conditions.isEmpty()) {
            reasons.add(
                    "Every byte of "
                            + report.files().size()
                            + " files was analysed, and nothing in them runs or instructs");
            return new Intake(Decision.APPROVE, reasons, List.of(), report.files());
        }
        reasons.add("Nothing malicious was found, but not everything is settled");
        return new Intake(
                Decision.APPROVE_WITH_CONDITIONS, reasons, shortened(conditions), report.files());
    }

    /// Conditions that hold for as long as the file is used.
    private static void standing(FileReport file, List<String> conditions) {
        boolean isPickle =
                file.formats().stream()
                        .anyMatch(f -> f.equals("pickle") || f.startsWith("pytorch"));
        if (file.canHoldCode() && isPickle) {
            conditions.add(
                    "Convert "
                            + file.path()
                            + " with `bartizan convert` and use the result; the format can run code");
        } else if (file.canHoldCode()) {
            conditions.add(
                    "Load "
                            + file.path()
                            + " without permission to run code ("
                            + String.join(", ", file.formats())
                            + ")");
        }
        file.findings().stream()
                .filter(finding -> finding.severity() == Severity.LOW)
                .filter(finding ->
                        finding.rule().contains("code") || finding.rule().startsWith("server-"))
                .findFirst()
                .ifPresent(finding ->
                        conditions.add(
                                file.path() + ": " + finding.message() + ". " + finding.mend()));
    }

    private static String worst(FileReport file) {
        return file.findings().stream()
                .map(Finding::message)
                .findFirst()
                .orElse(String.join("; ", file.notCovered()));
    }

    private static List<String> shortened(List<String> all) {
        if (all.size() <= MOST_REASONS) {
            return all;
        }
        List<String> few = new ArrayList<>(all.subList(0, MOST_REASONS));
        few.add("and " + (all.size() - MOST_REASONS) + " more, listed with the files");
        return few;
    }
}
