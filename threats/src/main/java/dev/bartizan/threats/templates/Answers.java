package dev.bartizan.threats.templates;

import java.util.List;
import java.util.Locale;

/// What a user says of a system before its file exists.
///
/// @param name name of the system, for people
/// @param reach who can send it requests
/// @param data kinds of data it holds, as the system file names them; never empty
/// @param hosting who runs the model
/// @param approval whether a person approves what it does
public record Answers(
        String name, Reach reach, List<String> data, Hosting hosting, Approval approval) {
    /// The kinds of data that can be answered.
    public static final List<String> DATA =
            List.of(
                    "personal-data",
                    "health-data",
                    "payment-data",
                    "credentials",
                    "secrets",
                    "trade-secrets",
                    "licensed-data",
                    "public-data");

    public Answers {
        data = data.isEmpty() ? List.of("public-data") : List.copyOf(data);
        for (String kind : data) {
            if (!DATA.contains(kind)) {
                throw new IllegalArgumentException("unknown kind of data: " + kind);
            }
        }
    }

    /// Who can send it requests.
    public enum Reach {
        PUBLIC("untrusted"),
        PARTNER("partner"),
        INTERNAL("internal");

        private final String trust;

        Reach(String trust) {
            this.trust = trust;
        }

        /// The trust of the zone that requests come from.
        String trust() {
            return trust;
        }

        /// The word of the system file.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Who runs the model.
    public enum Hosting {
        SELF,
        PARTNER,
        THIRD_PARTY;

        /// The word of the system file.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Whether a person approves what it does.
    public enum Approval {
        NONE,
        SAMPLED,
        ALWAYS;

        /// The word of the system file.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
