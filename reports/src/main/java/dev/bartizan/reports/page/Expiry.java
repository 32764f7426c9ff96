package dev.bartizan.reports.page;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.Overview;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A decision or a piece of evidence that runs out.
///
/// @param day the last day it holds
/// @param system name of the system
/// @param what what runs out
record Expiry(LocalDate day, String system, String what) {
    /// What of an assessment runs out within so many days, or already has.
    static List<Expiry> within(int days, Assessment assessment) {
        Instant limit = assessment.at().plus(Duration.ofDays(days));
        LocalDate today = day(assessment.at());
        String system = assessment.system().name();
        List<Expiry> expiries = new ArrayList<>();
        for (AssessedThreat threat : assessment.threats()) {
            String name = threat.threat().title() + " at " + threat.threat().at();
            Optional<Decision> decision =
                    threat.decision().filter(each -> !each.until().isAfter(day(limit)));
            decision.ifPresent(each ->
                    expiries.add(
                            new Expiry(
                                    each.until(),
                                    system,
                                    said(each.until(), today) + words(each) + name)));
            Optional<Evidence> evidence =
                    Overview.decisive(threat)
                            .filter(_ -> threat.standing() != Standing.ACCEPTED)
                            .filter(each -> each.freshUntil().isBefore(limit));
            evidence.ifPresent(each ->
                    expiries.add(
                            new Expiry(
                                    day(each.freshUntil()),
                                    system,
                                    said(day(each.freshUntil()), today)
                                            + "evidence, now "
                                            + threat.standing().word()
                                            + ": "
                                            + name)));
        }
        return expiries;
    }

    private static String words(Decision decision) {
        return "decision to " + decision.action().word() + " by " + decision.owner() + ": ";
    }

    private static String said(LocalDate day, LocalDate today) {
        return day.isBefore(today) ? "already: " : "";
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
