package dev.bartizan.core;

/// A mistake the user can mend: what happened, where, and how to mend it. Shells print the three
/// lines without a stack trace.
public final class UserError extends RuntimeException {
    private final String where;
    private final String mend;

    /// @param what what happened, one sentence
    /// @param where file, byte offset or line and key; empty when there is no place
    /// @param mend what to do about it
    public UserError(String what, String where, String mend) {
        super(what);
        this.where = where;
        this.mend = mend;
    }

    /// The same with the failure that led to it.
    public UserError(String what, String where, String mend, Throwable cause) {
        super(what, cause);
        this.where = where;
        this.mend = mend;
    }

    /// What happened.
    public String what() {
        return String.valueOf(getMessage());
    }

    /// Where it happened; empty when there is no place.
    public String where() {
        return where;
    }

    /// How to mend it.
    public String mend() {
        return mend;
    }
}
