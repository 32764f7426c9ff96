package dev.bartizan.guard;

/// One piece of an exchange: text with its kind and where it came from.
///
/// @param kind what sort of text it is
/// @param trust whether its words may direct the agent
/// @param provenance a place a person can look at: message index, file name, tool name
/// @param text the original text
public record Part(Kind kind, Trust trust, String provenance, String text) {
    /// Whether words may direct the agent.
    public enum Trust {
        /// From the operator or the user.
        TRUSTED,
        /// Data: retrieved, returned by a tool, or written by a stranger.
        UNTRUSTED
    }

    /// A part whose trust follows from its kind.
    public static Part of(Kind kind, String text) {
        return new Part(
                kind, kind == Kind.USER ? Trust.TRUSTED : Trust.UNTRUSTED, kind.label(), text);
    }
}
