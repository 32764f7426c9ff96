package dev.bartizan.provenance.oms;

/// A signature that does not hold, and why.
public final class NotVerified extends Exception {
    private static final long serialVersionUID = 1L;

    NotVerified(String reason) {
        super(reason);
    }

    NotVerified(String reason, Throwable cause) {
        super(reason, cause);
    }

    /// Why, as part of a sentence.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
