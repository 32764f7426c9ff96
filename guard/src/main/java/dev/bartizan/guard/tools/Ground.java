package dev.bartizan.guard.tools;

/// What a value in a call stands on.
///
/// @param kind how firm the ground is
/// @param origin the untrusted text it stands in, for people; empty when there is none
/// @param isNamed whether the user spoke of the text or the record it stands in
/// @param isContested whether another value of the same form has firmer ground
/// @param isSole whether it is the only value of its form in what a picked record says
/// @param isListed whether it is also a field of a record, none of which fits the request better
record Ground(
        Kind kind,
        String origin,
        boolean isNamed,
        boolean isContested,
        boolean isSole,
        boolean isListed) {
    static final Ground SAID = new Ground(Kind.SAID, "", true, false, false);
    static final Ground FORBIDDEN = new Ground(Kind.FORBIDDEN, "", true, false, false);

    Ground(Kind kind, String origin, boolean isNamed, boolean isContested, boolean isSole) {
        this(kind, origin, isNamed, isContested, isSole, false);
    }

    /// How firm the ground is.
    enum Kind {
        /// The user or the operator said it.
        SAID,
        /// The user spoke of it to say no.
        FORBIDDEN,
        /// A field of a record that the user's words pick out.
        PICKED,
        /// A field of some record.
        FIELD,
        /// In a sentence that states something.
        STATED,
        /// In a sentence that asks for something.
        DEMANDED,
        /// Nowhere.
        NOWHERE
    }

    static Ground nowhere(boolean isContested) {
        return new Ground(Kind.NOWHERE, "", false, isContested, false);
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /// Whether the user's words carry it.
    boolean isFirm() {
        return kind == Kind.SAID || (kind == Kind.PICKED && !isContested);
    }

    /// Whether it came from untrusted content.
    boolean isForeign() {
        return switch (kind) {
            case PICKED, FIELD, STATED, DEMANDED -> true;
            case SAID, FORBIDDEN, NOWHERE -> false;
        };
    }
}
