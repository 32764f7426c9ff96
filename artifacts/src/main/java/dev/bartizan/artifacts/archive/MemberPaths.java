package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;

/// Whether unpacking a member would write outside the folder it is unpacked into.
final class MemberPaths {
    private MemberPaths() {}

    static boolean escapes(String name) {
        String path = name.replace('\\', '/');
        if (path.startsWith("/") || NamedPaths.startsWithDrive(path) || path.indexOf('\0') >= 0) {
            return true;
        }
        return leaves(path, 0);
    }

    /// Whether a relative path climbs above where it starts.
    private static boolean leaves(String path, int startDepth) {
        int depth = startDepth;
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                depth--;
            } else if (!part.isEmpty() && !part.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    /// Whether a link in the archive leads out of it.
    static boolean linkEscapes(String linkName, String target) {
        String path = target.replace('\\', '/');
        int depth = linkName.replace('\\', '/').split("/", -1).length - 1;
        return path.startsWith("/") || NamedPaths.startsWithDrive(path) || leaves(path, depth);
    }

    static void report(String name, long offset, Notes notes) {
        if (escapes(name)) {
            notes.finding(
                    ArchiveRules.ESCAPES,
                    Severity.HIGH,
                    offset,
                    "A member's name leads out of the folder it is unpacked into: \""
                            + Shown.text(name)
                            + "\"");
        }
    }

    static void reportLink(String name, String target, long offset, Notes notes) {
        if (linkEscapes(name, target)) {
            notes.finding(
                    ArchiveRules.ESCAPES,
                    Severity.HIGH,
                    offset,
                    "The link \""
                            + Shown.text(name)
                            + "\" leads out of the archive, to \""
                            + Shown.text(target)
                            + "\"");
        }
    }
}
