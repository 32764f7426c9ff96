package dev.bartizan.threats.exchange;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A threat that another tool's model holds about an element.
///
/// @param key its id there, or else its place in the file
/// @param title in one line
/// @param severity a word of the other tool
/// @param why why it matters; empty when the tool says nothing
/// @param mend how to mend it; empty when the tool says nothing
/// @param answer what was decided there
record KnownThreat(
        String key,
        String title,
        String severity,
        String why,
        String mend,
        Optional<Answer> answer) {
    private static final int MAX_TEXT = 4000;

    /// A decision made in the other tool.
    ///
    /// @param action `accept`, `mitigate`, `transfer` or `avoid`
    /// @param reason why
    /// @param owner who decided; empty when the tool does not say
    record Answer(String action, String reason, String owner) {}

    /// What a state of another tool says was decided; nothing for what is still open.
    ///
    /// @param state such as `Mitigated`, `not-applicable`, `accept`
    /// @param reason what the tool says about it; may be empty
    static Optional<Answer> answer(String state, String reason, String owner) {
        String word = state.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return switch (word) {
            case "mitigated", "mitigate" -> decided("mitigate", "Mitigated", reason, owner);
            case "accepted", "accept" -> decided("accept", "Accepted", reason, owner);
            case "transferred", "transfer" -> decided("transfer", "Transferred", reason, owner);
            case "avoided", "avoid", "eliminated" -> decided("avoid", "Avoided", reason, owner);
            case "notapplicable", "na", "falsepositive" ->
                    decided("accept", "Does not apply", reason, owner);
            default -> Optional.empty();
        };
    }

    private static Optional<Answer> decided(
            String action, String word, String reason, String owner) {
        String why = reason.isBlank() ? "the other tool gives no reason" : reason.strip();
        return Optional.of(new Answer(action, clip(word + ": " + why), owner));
    }

    /// As an entry of an element's `threats`.
    Map<String, Object> entry() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", key);
        entry.put("title", clip(title.isBlank() ? key : title));
        entry.put("severity", severityWord());
        if (!why.isBlank()) {
            entry.put("why", clip(why));
        }
        if (!mend.isBlank()) {
            entry.put("mend", clip(mend));
        }
        return entry;
    }

    private String severityWord() {
        return switch (severity.toLowerCase(Locale.ROOT).strip()) {
            case "critical", "severe", "very high", "very_high" -> "critical";
            case "high", "elevated", "major" -> "high";
            case "low", "minor" -> "low";
            case "info", "informational", "negligible", "very low", "very_low" -> "info";
            default -> "medium";
        };
    }

    private static String clip(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + " …";
    }
}
