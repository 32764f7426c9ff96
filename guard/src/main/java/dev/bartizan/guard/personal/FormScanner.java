package dev.bartizan.guard.personal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds everything that its form gives away, in one pass from left to right. Time is linear: each
/// character is looked at a bounded number of times.
final class FormScanner {
    private final String text;
    private final NearbyWords nearby;
    private final NumberScanner numbers;
    private final List<Place> found = new ArrayList<>();
    private int floor;

    private FormScanner(String text) {
        this.text = text;
        nearby = new NearbyWords(text);
        numbers = new NumberScanner(text, nearby);
    }

    /// What a text holds, in order and without overlap.
    static List<Place> scan(String text) {
        FormScanner scanner = new FormScanner(text);
        int i = 0;
        while (i < text.length()) {
            i = scanner.step(i);
        }
        return scanner.found;
    }

    private int step(int i) {
        char c = text.charAt(i);
        if (c == '@') {
            return take(NetworkNames.mail(text, i, floor), i + 1);
        }
        if (c == '.' && i > floor) {
            return take(NetworkNames.host(text, i, floor), i + 1);
        }
        if (c == ':' && text.startsWith("::", i)) {
            return take(NetworkNames.ipv6(text, i), i + 2);
        }
        boolean starts = i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1));
        if (!starts) {
            return i + 1;
        }
        if ((c == '+' || c == '(') && i + 1 < text.length() && isPhoneHead(text.charAt(i + 1))) {
            return take(numbers.at(i), i + 1);
        }
        return Character.isLetterOrDigit(c) ? word(i) : i + 1;
    }

    private static boolean isPhoneHead(char c) {
        return (c >= '0' && c <= '9') || c == '+' || c == '(';
    }

    private int word(int i) {
        int end = i;
        boolean digits = false;
        boolean letters = false;
        boolean hex = true;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            char c = text.charAt(end++);
            boolean digit = c >= '0' && c <= '9';
            digits |= digit;
            letters |= !digit;
            hex &= Character.digit(c, 16) >= 0;
        }
        Place one = null;
        if (hex && end - i <= 4 && end < text.length() && text.charAt(end) == ':') {
            one = NetworkNames.ipv6(text, i);
        }
        char first = text.charAt(i);
        if (one == null && ((first | 0x20) == 'h' || (first | 0x20) == 'w')) {
            one = NetworkNames.address(text, i);
        }
        if (one == null && digits) {
            one = mixed(i, end, letters);
        } else if (one == null) {
            one = CalendarWords.of(text, i, end, floor);
        }
        if (one != null) {
            return take(one, end);
        }
        return digits && !letters ? Math.max(i + 1, Math.min(end, numbers.next())) : end;
    }

    private @Nullable Place mixed(int i, int end, boolean letters) {
        Place code = LetterCodes.of(text, i, tokenEnd(end), nearby);
        if (code != null) {
            return code;
        }
        char first = text.charAt(i);
        boolean digitFirst = first >= '0' && first <= '9';
        Place clock = digitFirst ? numbers.clock(i) : null;
        if (clock != null) {
            return clock;
        }
        if (!letters || digitFirst) {
            Place number = numbers.at(i);
            if (number != null) {
                return number;
            }
        }
        return letters ? numbers.lettered(i, end) : null;
    }

    /// Finnish numbers hold a sign in the middle.
    private int tokenEnd(int end) {
        int i = end;
        if (i + 4 < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            int k = i + 1;
            while (k < text.length() && k - i < 6 && Character.isLetterOrDigit(text.charAt(k))) {
                k++;
            }
            boolean finnish =
                    k - i == 5 && Character.isLetterOrDigit(text.charAt(k - 1)) && end >= 6;
            if (finnish && (end == 6 || !Character.isLetterOrDigit(text.charAt(end - 7)))) {
                return k;
            }
        }
        return end;
    }

    private int take(@Nullable Place one, int otherwise) {
        if (one == null) {
            return otherwise;
        }
        while (!found.isEmpty() && found.getLast().end() > one.start()) {
            Place before = found.getLast();
            if (before.score() > one.score() && before.start() <= one.start()) {
                return Math.max(otherwise, before.end());
            }
            found.removeLast();
        }
        found.add(one);
        floor = one.end();
        return one.end();
    }
}
