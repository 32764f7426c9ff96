package dev.bartizan.guard.personal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what starts with a digit, a plus or a bracket: dates, addresses of machines, cards,
/// national numbers, telephone numbers. The number is taken apart into groups of digits first.
final class NumberScanner {
    private static final int MAX_GROUPS = 10;
    private static final int MAX_DIGITS = 24;
    private static final int SHORTEST_NATIONAL = 9;
    private static final int LONGEST_NATIONAL = 15;
    private static final int LONGEST_CLOCK = 16;
    private final String text;
    private final NearbyWords nearby;
    private final int[] from = new int[MAX_GROUPS];
    private final int[] to = new int[MAX_GROUPS];
    private final StringBuilder digits = new StringBuilder();
    private final StringBuilder form = new StringBuilder();
    private int groups;
    private int start;

    NumberScanner(String text, NearbyWords nearby) {
        this.text = text;
        this.nearby = nearby;
    }

    /// What starts at `at`, or null.
    @Nullable Place at(int at) {
        start = at;
        read(at);
        if (groups == 0) {
            return null;
        }
        char first = text.charAt(at);
        if (first != '+' && first != '(') {
            Place one = date();
            one = one == null ? ipv4() : one;
            one = one == null ? card() : one;
            one = one == null ? national() : one;
            if (one != null) {
                return one;
            }
        }
        Place licence = groups == 1 || !isNarrow(0) ? licence() : null;
        return licence == null ? phone() : licence;
    }

    /// Where the search goes on when nothing starts here: after the first group.
    int next() {
        return groups == 0 ? start + 1 : to[0];
    }

    private void read(int at) {
        groups = 0;
        int i = at;
        int count = 0;
        while (groups < MAX_GROUPS && count <= MAX_DIGITS) {
            int gap = i;
            while (i < text.length() && i - gap < 3 && isGap(text.charAt(i))) {
                i++;
            }
            int begin = i;
            while (i < text.length() && isDigit(text.charAt(i)) && i - begin <= MAX_DIGITS) {
                i++;
            }
            if (i == begin) {
                return;
            }
            from[groups] = begin;
            to[groups++] = i;
            count += i - begin;
        }
    }

    private static boolean isGap(char c) {
        return c == ' '
                || c == '-'
                || c == '.'
                || c == '/'
                || c == '('
                || c == ')'
                || c == '+'
                || c == ':'
                || c == '\u00a0'
                || c == '\u2011'
                || c == '\u2013';
    }

    private char gap(int group) {
        return to[group] < text.length() ? text.charAt(to[group]) : 0;
    }

    private int length(int group) {
        return group < groups ? to[group] - from[group] : 0;
    }

    private boolean isNarrow(int group) {
        return group + 1 < groups && from[group + 1] - to[group] == 1;
    }

    private boolean endsAt(int end) {
        return end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
    }

    private @Nullable Place date() {
        if (groups < 3 || !isNarrow(0) || !isNarrow(1) || gap(0) != gap(1)) {
            return null;
        }
        char sign = gap(0);
        if (sign != '-' && sign != '/' && sign != '.') {
            return null;
        }
        boolean year = length(0) == 4 && length(1) <= 2 && length(2) <= 2;
        boolean last =
                length(0) <= 2
                        && length(1) <= 2
                        && (length(2) == 4 || (length(2) == 2 && sign == '/'));
        if (!year && !last) {
            return null;
        }
        int a = Checks.number(text, from[year ? 1 : 0], to[year ? 1 : 0]);
        int b = Checks.number(text, from[year ? 2 : 1], to[year ? 2 : 1]);
        boolean right = a >= 1 && b >= 1 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31;
        if (!right || (groups > 3 && gap(2) == sign && isNarrow(2))) {
            return null;
        }
        return new Place("DATE_TIME", start, time(to[2]), 0.9);
    }

    /// The end of a clock time that follows a date, or the end of the date.
    private int time(int end) {
        int i = end;
        if (i + 5 < text.length() && (text.charAt(i) == 'T' || text.charAt(i) == ' ')) {
            int k = i + 1;
            int colon = -1;
            while (k < text.length()
                    && k - i <= LONGEST_CLOCK
                    && (isDigit(text.charAt(k)) || text.charAt(k) == ':')) {
                colon = text.charAt(k) == ':' ? k : colon;
                k++;
            }
            if (k - i >= 5 && colon > 0) {
                return k;
            }
        }
        return end;
    }

    private @Nullable Place ipv4() {
        if (groups < 4) {
            return null;
        }
        for (int i = 0; i < 3; i++) {
            if (!isNarrow(i) || gap(i) != '.' || length(i) > 3) {
                return null;
            }
        }
        boolean more = groups > 4 && isNarrow(3) && gap(3) == '.';
        if (more || length(3) > 3 || !endsAt(to[3]) || !Checks.ipv4(text.substring(start, to[3]))) {
            return null;
        }
        boolean version = start > 0 && (text.charAt(start - 1) | 0x20) == 'v';
        return version ? null : new Place("IP_ADDRESS", start, to[3], 0.95);
    }

    private @Nullable Place card() {
        digits.setLength(0);
        Place best = null;
        for (int i = 0; i < groups && digits.length() < 19; i++) {
            if (i > 0
                    && (!isNarrow(i - 1)
                            || (gap(i - 1) != ' ' && gap(i - 1) != '-')
                            || length(i - 1) < 3)) {
                break;
            }
            digits.append(text, from[i], to[i]);
            if (digits.length() >= 12 && endsAt(to[i]) && Checks.card(digits.toString())) {
                best = new Place("CREDIT_CARD", start, to[i], 0.98);
            }
        }
        return best;
    }

    private @Nullable Place national() {
        digits.setLength(0);
        form.setLength(0);
        for (int i = 0; i < groups && digits.length() < LONGEST_NATIONAL; i++) {
            if (i > 0) {
                if (!isNarrow(i - 1)) {
                    return null;
                }
                form.append(gap(i - 1));
            }
            form.append(length(i));
            digits.append(text, from[i], to[i]);
            boolean goesOn = isNarrow(i) && gap(i) != ' ';
            if (digits.length() < SHORTEST_NATIONAL || goesOn || !endsAt(to[i])) {
                continue;
            }
            Place one = national(digits.toString(), to[i]);
            if (one != null) {
                return one;
            }
        }
        return null;
    }

    private @Nullable Place national(String number, int end) {
        for (NumberKind kind : NumberKind.ALL) {
            if (kind.digits() != number.length() || !kind.check().test(number)) {
                continue;
            }
            String grouping = kind.grouping();
            boolean written = !grouping.isEmpty() && grouping.contentEquals(form);
            boolean surely = written && grouping.indexOf(' ') < 0 && !grouping.equals("6-4");
            boolean named = nearby.near(start, end, kind.words());
            if (surely || named) {
                return new Place(kind.type(), start, end, named ? 0.98 : 0.9);
            }
        }
        return null;
    }

    private @Nullable Place phone() {
        int used = 0;
        int count = 0;
        for (int i = 0; i < groups; i++) {
            boolean glued = i == 0 || (gap(i - 1) != ':' && from[i] - to[i - 1] <= 3);
            if (!glued || count + length(i) > 15 || (i > 0 && gap(i - 1) == '/' && count > 7)) {
                break;
            }
            count += length(i);
            used = i + 1;
        }
        if (used == 0 || count < 7 || (!endsAt(to[used - 1]) && extension(to[used - 1]) < 0)) {
            return null;
        }
        int end = to[used - 1];
        boolean marked =
                text.charAt(start) == '+'
                        || text.charAt(start) == '('
                        || text.startsWith("00", start);
        boolean named = nearby.near(start, end, NearbyWords.PHONE);
        if (!(marked && count >= 8) && !named && !isWritten(used, count)) {
            return null;
        }
        if (used == 1 && !(named && count >= 9 && count <= 12) && !marked) {
            return null;
        }
        int withExtension = extension(end);
        return new Place(
                "PHONE_NUMBER",
                start,
                withExtension > 0 ? withExtension : end,
                named ? 0.85 : 0.65);
    }

    /// Whether the groups are those of a telephone number without a word that says so.
    private boolean isWritten(int used, int count) {
        char sign = gap(0);
        boolean regular = used >= 3 && count >= 9 && count <= 13;
        for (int i = 0; i + 1 < used; i++) {
            regular &= isNarrow(i) && gap(i) == sign && length(i) >= 2 && length(i) <= 4;
        }
        boolean american = used == 3 && length(0) == 3 && length(1) == 3 && length(2) == 4;
        return regular && (american || text.charAt(start) == '0');
    }

    private int extension(int at) {
        int i = at;
        while (i < text.length() && text.charAt(i) == ' ' && i - at < 2) {
            i++;
        }
        if (text.regionMatches(true, i, "ext", 0, 3)) {
            i += 3;
            while (i < text.length() && (text.charAt(i) == '.' || text.charAt(i) == ' ')) {
                i++;
            }
        } else if (i < text.length() && (text.charAt(i) | 0x20) == 'x') {
            i++;
        } else {
            return -1;
        }
        int begin = i;
        while (i < text.length() && isDigit(text.charAt(i)) && i - begin < 6) {
            i++;
        }
        return i > begin && endsAt(i) ? i : -1;
    }

    private @Nullable Place licence() {
        boolean fits = length(0) >= 7 && length(0) <= 13 && endsAt(to[0]);
        if (!fits) {
            return null;
        }
        if (nearby.near(start, to[0], NearbyWords.LICENCE)) {
            return new Place("US_DRIVER_LICENSE", start, to[0], 0.8);
        }
        boolean passport = length(0) == 9 && nearby.near(start, to[0], NearbyWords.PASSPORT);
        return passport ? new Place("PASSPORT", start, to[0], 0.8) : null;
    }

    /// A licence of a letter or two and digits, when a word nearby says so.
    @Nullable Place lettered(int begin, int end) {
        int count = 0;
        for (int i = begin; i < end; i++) {
            count += isDigit(text.charAt(i)) ? 1 : 0;
        }
        boolean fits =
                end - begin >= 6 && end - begin <= 16 && count >= 4 && end - begin - count <= 4;
        return fits && nearby.near(begin, end, NearbyWords.LICENCE)
                ? new Place("US_DRIVER_LICENSE", begin, end, 0.8)
                : null;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// A clock time with `am` or `pm`, or null.
    @Nullable Place clock(int at) {
        int i = at;
        while (i < text.length()
                && (isDigit(text.charAt(i)) || text.charAt(i) == ':')
                && i - at < 8) {
            i++;
        }
        int end = i < text.length() && text.charAt(i) == ' ' ? i + 1 : i;
        if (end + 2 > text.length()) {
            return null;
        }
        String half = text.substring(end, end + 2).toLowerCase(Locale.ROOT);
        boolean right = (half.equals("am") || half.equals("pm")) && endsAt(end + 2);
        int hour = i - at <= 2 ? Checks.number(text, at, i) : 12;
        return right && hour >= 1 && hour <= 12 ? new Place("DATE_TIME", at, end + 2, 0.8) : null;
    }
}
