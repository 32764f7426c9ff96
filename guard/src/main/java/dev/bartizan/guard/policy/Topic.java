package dev.bartizan.guard.policy;

import java.util.Locale;

/// What findings are about; a policy names an action for each.
public enum Topic {
    /// Words that try to direct the model: overriding, extraction of the prompt, jailbreak.
    INJECTION(Action.WARN),
    /// Personal data.
    PERSONAL_DATA(Action.ALLOW),
    /// Keys, tokens, passwords.
    SECRETS(Action.ALLOW),
    /// Hidden, encoded or disguised text.
    HIDDEN_TEXT(Action.ALLOW),
    /// Requests for help with harm, which are no attack on the model.
    HARMFUL_REQUESTS(Action.ALLOW),
    /// What an answer gives away, calls, refuses, or says without a source.
    ANSWERS(Action.ALLOW);

    private final Action byDefault;

    Topic(Action byDefault) {
        this.byDefault = byDefault;
    }

    /// What happens when a policy does not say.
    public Action byDefault() {
        return byDefault;
    }

    /// The name as written in files.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The topic of a finding of that type.
    public static Topic of(String type) {
        if (type.equals("SECRET")) {
            return SECRETS;
        }
        if (type.chars()
                .allMatch(c -> Character.isUpperCase(c) || c == '_' || Character.isDigit(c))) {
            return PERSONAL_DATA;
        }
        return switch (type) {
            case "hidden-text", "encoded-text", "invisible-characters", "look-alikes" ->
                    HIDDEN_TEXT;
            case "harmful-request" -> HARMFUL_REQUESTS;
            case "code-that-calls-out",
                    "refusal",
                    "prompt-leak",
                    "unsupported",
                    "wrong-form",
                    "canary-leak",
                    "goal-hijack" ->
                    ANSWERS;
            default -> INJECTION;
        };
    }
}
