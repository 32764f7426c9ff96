package dev.bartizan.guard.classify;

/// A kind of text that the classifier tells apart; several may fit one text.
public enum Head {
    /// Drops or replaces the instructions that the model was given.
    OVERRIDE("override"),
    /// Makes the model play somebody without rules.
    PERSONA("jailbreak"),
    /// Asks for the hidden instructions or what they protect.
    EXTRACTION("prompt-extraction"),
    /// Speaks to the model from inside a document.
    IN_DATA("instruction-in-data"),
    /// Asks for help with harm. No attack on the model, so it never bears on the verdict.
    HARMFUL("harmful-request");

    private final String type;

    Head(String type) {
        this.type = type;
    }

    /// The type of a finding.
    public String type() {
        return type;
    }
}
