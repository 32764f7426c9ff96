package dev.bartizan.formats;

/// Bytes that break the rules of their format, or that would take more than a limit allows. Always
/// about the input, never about the disk. It carries no stack trace: hostile bytes raise it in
/// thousands, and the offset says where.
public final class FormatException extends Exception {
    private final Kind kind;
    private final long offset;

    /// What went wrong.
    public enum Kind {
        /// The bytes end early.
        TRUNCATED,
        /// The bytes break the format's rules.
        BROKEN,
        /// A limit was reached.
        LIMIT,
        /// A legal variant that is not read here.
        UNSUPPORTED
    }

    /// @param kind what went wrong
    /// @param offset byte offset where it was seen
    /// @param message one sentence for people, without the offset
    public FormatException(Kind kind, long offset, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.offset = offset;
    }

    /// Bytes that break the format's rules.
    public static FormatException broken(long offset, String message) {
        return new FormatException(Kind.BROKEN, offset, message);
    }

    /// Bytes that end early.
    public static FormatException truncated(long offset, String message) {
        return new FormatException(Kind.TRUNCATED, offset, message);
    }

    /// A limit that was reached.
    public static FormatException limit(long offset, String message) {
        return new FormatException(Kind.LIMIT, offset, message);
    }

    /// A legal variant that is not read here.
    public static FormatException unsupported(long offset, String message) {
        return new FormatException(Kind.UNSUPPORTED, offset, message);
    }

    /// What went wrong.
    public Kind kind() {
        return kind;
    }

    /// Byte offset where it was seen.
    public long offset() {
        return offset;
    }

    /// The message.
    public String what() {
        return String.valueOf(getMessage());
    }
}
