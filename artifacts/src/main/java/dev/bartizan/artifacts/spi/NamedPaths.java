package dev.bartizan.artifacts.spi;

/// Paths that a file names, as the readers of any system would take them.
public final class NamedPaths {
    private NamedPaths() {}

    /// Whether a path may lead out of the folder it is meant to be in: it is absolute, or begins
    /// with a home folder or a drive, or is an address, or goes up.
    public static boolean isOutside(String path) {
        String plain = path.replace('\\', '/');
        return isElsewhere(plain) || ("/" + plain + "/").contains("/../");
    }

    /// Whether a path does not begin where it is named: absolute, a home folder, a drive, an
    /// address.
    public static boolean isElsewhere(String path) {
        String plain = path.replace('\\', '/');
        return plain.startsWith("/")
                || plain.startsWith("~")
                || startsWithDrive(plain)
                || plain.contains("://");
    }

    /// Whether a path begins with the letter of a drive, as `C:`.
    public static boolean startsWithDrive(String path) {
        return path.length() > 1 && path.charAt(1) == ':' && isLetter(path.charAt(0));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
