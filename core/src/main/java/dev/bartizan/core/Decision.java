package dev.bartizan.core;

import java.time.LocalDate;
import java.util.Locale;

/// What was decided about a threat, by whom, why, and until when. An expired decision reopens the
/// threat.
///
/// @param threat id of the threat
/// @param action what is done
/// @param owner who answers for it
/// @param second who else has signed; empty for nobody
/// @param reason why
/// @param until last day it holds
/// @param place where the file says it
public record Decision(
        String threat,
        Action action,
        String owner,
        String second,
        String reason,
        LocalDate until,
        Place place) {
    /// A decision that one person signed.
    public Decision(
            String threat,
            Action action,
            String owner,
            String reason,
            LocalDate until,
            Place place) {
        this(threat, action, owner, "", reason, until, place);
    }

    /// The four answers to a risk.
    public enum Action {
        ACCEPT,
        MITIGATE,
        TRANSFER,
        AVOID;

        /// The word used in system files.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether it still holds on that day.
    public boolean holdsOn(LocalDate day) {
        return !day.isAfter(until);
    }
}
