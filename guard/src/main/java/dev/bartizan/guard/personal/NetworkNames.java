package dev.bartizan.guard.personal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Mail addresses, web addresses, host names, and addresses of machines in groups of hexadecimals.
final class NetworkNames {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_PATH = 2048;
    private static final Set<String> TOP =
            Set.of(
                    ("com org net edu gov mil info biz io co uk de fr es it nl eu us ca au jp cn ru br in ch"
                                    + " at se no pl app dev ai me tv xyz online site shop store tech cloud"
                                    + " agency blog news live pro name museum coop int be cz dk fi gr hu ie"
                                    + " pt ro sk si hr bg lt lv ee lu is mt cy tr ua kr tw hk sg my th vn"
                                    + " id ph nz za mx ar cl pe ve ng ke eg ma il ae sa pk ir by kz"
                                    + " example test onion")
                            .split(" "));

    private NetworkNames() {}

    /// The mail address around the sign at `at`, or null; nothing before `floor` is looked at.
    static @Nullable Place mail(String text, int at, int floor) {
        int from = at;
        while (from > floor && at - from < LONGEST_LOCAL && isLocal(text.charAt(from - 1))) {
            from--;
        }
        while (from < at
                && (text.charAt(from) == '.'
                        || text.charAt(from) == '\''
                        || text.charAt(from) == '-')) {
            from++;
        }
        if (from == at) {
            return null;
        }
        int to = host(text, at + 1);
        int dot = to - 1;
        while (dot > at + 1 && text.charAt(dot) != '.') {
            dot--;
        }
        if (dot <= at + 1 || to - dot < 3 || !Character.isLetter(text.charAt(dot + 1))) {
            return null;
        }
        return new Place("EMAIL_ADDRESS", from, to, 0.99);
    }

    /// The web address whose scheme or `www.` starts at `at`, or null.
    static @Nullable Place address(String text, int at) {
        int host = at;
        if (text.regionMatches(true, at, "http", 0, 4)) {
            int i = at + 4;
            i += i < text.length() && (text.charAt(i) | 0x20) == 's' ? 1 : 0;
            if (!text.startsWith("://", i)) {
                return null;
            }
            host = i + 3;
        } else if (!text.regionMatches(true, at, "www.", 0, 4)) {
            return null;
        }
        int end = host(text, host);
        return text.substring(host, end).indexOf('.') < 1
                ? null
                : new Place("DOMAIN_NAME", at, path(text, end), 0.9);
    }

    /// The host name of which the dot at `at` is the first, or null.
    static @Nullable Place host(String text, int at, int floor) {
        int from = at;
        while (from > floor
                && at - from < 63
                && isHost(text.charAt(from - 1))
                && text.charAt(from - 1) != '.') {
            from--;
        }
        if (at - from < 2 || (from > 0 && "@/\\_=".indexOf(text.charAt(from - 1)) >= 0)) {
            return null;
        }
        int end = host(text, from);
        int dot = text.lastIndexOf('.', end - 1);
        boolean called = end < text.length() && "@(".indexOf(text.charAt(end)) >= 0;
        if (dot < at || called) {
            return null;
        }
        String top = text.substring(dot + 1, end);
        boolean lower = top.equals(top.toLowerCase(java.util.Locale.ROOT));
        return lower && TOP.contains(top) && hasLetter(text, from, dot)
                ? new Place("DOMAIN_NAME", from, path(text, end), 0.8)
                : null;
    }

    private static boolean hasLetter(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isLetter(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static int host(String text, int from) {
        int i = from;
        while (i < text.length() && i - from < LONGEST_HOST && isHost(text.charAt(i))) {
            i++;
        }
        while (i > from && (text.charAt(i - 1) == '.' || text.charAt(i - 1) == '-')) {
            i--;
        }
        return i;
    }

    private static int path(String text, int from) {
        int i = from;
        if (i < text.length()
                && (text.charAt(i) == ':' || text.charAt(i) == '/' || text.charAt(i) == '?')) {
            int begin = i;
            while (i < text.length()
                    && i - begin < LONGEST_PATH
                    && text.charAt(i) > ' '
                    && "\"'<>)]}|\\^`".indexOf(text.charAt(i)) < 0) {
                i++;
            }
            while (i > begin && ".,;:!?".indexOf(text.charAt(i - 1)) >= 0) {
                i--;
            }
        }
        return i;
    }

    /// The address of a machine in groups of hexadecimals that starts at `at`, or null.
    static @Nullable Place ipv6(String text, int at) {
        int i = at;
        int colons = 0;
        int group = 0;
        boolean twice = false;
        while (i < text.length() && i - at < 46) {
            char c = text.charAt(i);
            if (c == ':') {
                colons++;
                if (i + 1 < text.length() && text.charAt(i + 1) == ':') {
                    if (twice) {
                        return null;
                    }
                    twice = true;
                }
                group = 0;
            } else if (Character.digit(c, 16) >= 0 && c < 0x80) {
                if (++group > 4) {
                    return null;
                }
            } else {
                break;
            }
            i++;
        }
        boolean ends = i == text.length() || !Character.isLetterOrDigit(text.charAt(i));
        boolean whole = colons == 7 && !twice;
        boolean cut = twice && colons >= 2 && colons <= 7 && i - at >= 6;
        return ends && (whole || cut) && text.charAt(i - 1) != ':'
                ? new Place("IP_ADDRESS", at, i, 0.95)
                : null;
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c)
                || c == '.'
                || c == '_'
                || c == '%'
                || c == '+'
                || c == '-'
                || c == '\'';
    }

    private static boolean isHost(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-';
    }
}
