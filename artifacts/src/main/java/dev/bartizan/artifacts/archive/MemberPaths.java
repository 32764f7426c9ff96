package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Whether unpacking a member would write outside the folder it is unpacked into.
final class MemberPaths {
    /// Bytes of a path on Linux, the longest of any common system (`PATH_MAX`).
    static final int LONGEST_LINK = 4096;

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
        if (!path.contains("..")) {
            return false;
        }
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

    /// Embeddings, overrides and isolates of direction (UAX 9), which make `exe.jpg` of `gpj.exe`.
    private static boolean turnsText(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    /// Escapes, backspaces and bells (ECMA-48), which hide a name or what stands before it.
    private static boolean steersTerminals(int c) {
        return c == 0x1b || c == 0x9b || c == 0x07 || c == 0x08;
    }

    /// Whether a link in the archive leads out of it.
    static boolean linkEscapes(String linkName, String target) {
        String path = target.replace('\\', '/');
        int depth = linkName.replace('\\', '/').split("/", -1).length - 1;
        return path.startsWith("/") || NamedPaths.startsWithDrive(path) || leaves(path, depth);
    }

    static void report(String name, long offset, Notes notes) {
        if (name.isEmpty()) {
            notes.broken(ArchiveRules.BROKEN, Severity.LOW, offset, "A member has no name");
        }
        if (isPlain(name)) {
            leading(name, offset, notes);
            return;
        }
        if (name.codePoints().anyMatch(MemberPaths::turnsText)) {
            notes.finding(
                    ArchiveRules.ESCAPES,
                    Severity.MEDIUM,
                    offset,
                    "A member's name is shown in another order than it is read: \""
                            + Shown.text(name)
                            + "\"");
        }
        if (name.codePoints().anyMatch(MemberPaths::steersTerminals)) {
            notes.finding(
                    ArchiveRules.ESCAPES,
                    Severity.MEDIUM,
                    offset,
                    "A member's name steers the terminal that lists it: \""
                            + Shown.text(name)
                            + "\"");
        }
        leading(name, offset, notes);
    }

    /// Printable characters of ASCII alone.
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || name.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static void leading(String name, long offset, Notes notes) {
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
        if (target.length() > LONGEST_LINK || target.indexOf(0) >= 0) {
            notes.broken(
                    ArchiveRules.BROKEN,
                    Severity.LOW,
                    offset,
                    "The link \"" + Shown.text(name) + "\" has a target that no system takes");
        }
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

    /// The links that a member of this name is written through.
    static List<String> through(String name, Set<String> links) {
        List<String> through = new ArrayList<>();
        for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
            String above = name.substring(0, end);
            if (links.contains(above)) {
                through.add(above);
            }
        }
        if (links.contains(name)) {
            through.add(name);
        }
        return through;
    }

    static void reportThrough(String name, List<String> links, long offset, Notes notes) {
        for (String link : links) {
            notes.finding(
                    ArchiveRules.ESCAPES,
                    Severity.HIGH,
                    offset,
                    "The member \""
                            + Shown.text(name)
                            + "\" is written through the link \""
                            + Shown.text(link)
                            + "\"");
        }
    }
}
