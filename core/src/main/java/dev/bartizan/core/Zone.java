package dev.bartizan.core;

import java.util.Locale;

/// A trust zone.
///
/// @param id key in the system file
/// @param trust how far what lies in it is trusted
public record Zone(String id, Trust trust) {
    /// How far a zone is trusted, from least to most.
    public enum Trust {
        UNTRUSTED,
        PARTNER,
        INTERNAL,
        RESTRICTED;

        /// The word used in system files.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
