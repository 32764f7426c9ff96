package dev.bartizan.core;

import java.util.Locale;

/// A trust zone.
///
/// @param id key in the system file
/// @param trust how far what lies in it is trusted
/// @param attributes what else the file says of it: `name`, `within`, `layout`, `carried`
public record Zone(String id, Trust trust, Attributes attributes) {
    /// A zone of which the file says nothing else.
    public Zone(String id, Trust trust) {
        this(id, trust, Attributes.NONE);
    }

    /// The name for people.
    public String label() {
        return attributes.text("name").orElse(id);
    }

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
