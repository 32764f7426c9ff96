package dev.bartizan.artifacts.instructions;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/// A text as its reader takes it: letters that look alike or are dressed up are the plain ones,
/// what nobody sees is gone, entities and emphasis are resolved, and sentences that are broken over
/// lines are joined. Places are kept, so that a finding names where it stands in the text given.
///
/// @see <a href="https://www.unicode.org/reports/tr39/">UTS 39: Unicode Security Mechanisms</a>
final class Plain {
    private static final int LONGEST_ENTITY = 10;
    private static final int LONGEST_WORD = 40;
    private static final Map<String, String> ENTITIES =
            Map.ofEntries(
                    Map.entry("amp", "&"),
                    Map.entry("lt", "<"),
                    Map.entry("gt", ">"),
                    Map.entry("quot", "\""),
                    Map.entry("apos", "'"),
                    Map.entry("nbsp", " "),
                    Map.entry("shy", ""),
                    Map.entry("zwnj", ""),
                    Map.entry("zwj", ""),
                    Map.entry("rsquo", "'"),
                    Map.entry("period", "."),
                    Map.entry("colon", ":"),
                    Map.entry("sol", "/"));

    private final String given;
    private final StringBuilder plain;
    private final BitSet disguised = new BitSet();
    private final boolean isAllOfLookalikes;
    private int[] places;
    private String text = "";

    private Plain(String given, boolean isAllOfLookalikes) {
        this.given = given;
        this.isAllOfLookalikes = isAllOfLookalikes;
        this.plain = new StringBuilder(given.length());
        this.places = new int[given.length() + 16];
    }

    /// The plain form of a text.
    static Plain of(String given) {
        boolean isPlain = true;
        boolean isAllOfLookalikes = true;
        for (int i = 0; i < given.length(); i++) {
            char c = given.charAt(i);
            if (c >= 0x80) {
                isPlain = false;
                isAllOfLookalikes &= !Letters.isOfAnotherScript(c);
            } else if (c == '&' || c == '*' || c == '_' || c == '<' || c == '\n') {
                isPlain = false;
            }
        }
        Plain plain = new Plain(given, isAllOfLookalikes);
        if (isPlain) {
            plain.text = given;
            plain.places = new int[0];
            return plain;
        }
        plain.read();
        plain.text = plain.plain.toString();
        return plain;
    }

    /// The plain text.
    String text() {
        return text;
    }

    /// Where a place of the plain text stands in the text given.
    int given(int place) {
        return places.length == 0 || text.isEmpty()
                ? place
                : place >= text.length() ? given.length() : places[place];
    }

    /// How many letters of a part of the plain text stand there disguised.
    int disguised(int from, int to) {
        return disguised.get(from, Math.max(from, to)).cardinality();
    }

    private void read() {
        for (int i = 0; i < given.length(); ) {
            char c = given.charAt(i);
            int next =
                    switch (c) {
                        case '&' -> entity(i);
                        case '*', '_' -> emphasis(i);
                        case '<' -> markup(i);
                        case '\n', '\r' -> lineBreak(i);
                        default -> c < 0x80 ? i : foreign(i);
                    };
            if (next == i) {
                put(c, i, false);
                next = i + 1;
            }
            i = next;
        }
    }

    private void put(char c, int place, boolean isDisguise) {
        if (plain.length() == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[plain.length()] = place;
        if (isDisguise) {
            disguised.set(plain.length());
        }
        plain.append(c);
    }

    private void put(String letters, int place, boolean isDisguise) {
        for (int i = 0; i < letters.length(); i++) {
            put(letters.charAt(i), place, isDisguise);
        }
    }

    private char before() {
        return plain.isEmpty() ? ' ' : plain.charAt(plain.length() - 1);
    }

    private char at(int place) {
        return place < given.length() ? given.charAt(place) : ' ';
    }

    /// `&#116;`, `&#x74;` and a few with names.
    private int entity(int at) {
        int end = given.indexOf(';', at, Math.min(given.length(), at + LONGEST_ENTITY));
        if (end < at + 2) {
            return at;
        }
        String name = given.substring(at + 1, end);
        if (name.charAt(0) != '#') {
            String sign = ENTITIES.get(name);
            if (sign == null) {
                return at;
            }
            put(sign, at, false);
            return end + 1;
        }
        try {
            int code =
                    name.startsWith("#x") || name.startsWith("#X")
                            ? Integer.parseInt(name.substring(2), 16)
                            : Integer.parseInt(name.substring(1));
            if (Character.isValidCodePoint(code)) {
                put(Character.toString(code), at, Character.isLetter(code) && code < 0x80);
                return end + 1;
            }
        } catch (NumberFormatException e) {
            return at;
        }
        return at;
    }

    /// Signs of emphasis stand at one side of a word; those within names stay.
    private int emphasis(int at) {
        int end = at;
        while (end < given.length() && given.charAt(end) == given.charAt(at)) {
            end++;
        }
        boolean opens = !isWord(before()) && Character.isLetter(at(end));
        boolean closes = isWord(before()) && !isWord(at(end)) && at(end) != '/' && at(end) != '.';
        boolean isSmall = end - at <= 3;
        boolean isPath = before() == '/' || before() == '.' || before() == '(';
        return isSmall && !isPath && (opens || closes) ? end : at;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /// Tags of appearance, and comments within words.
    private int markup(int at) {
        if (given.startsWith("<!--", at)) {
            int end = given.indexOf("-->", at);
            boolean isInWord = end > 0 && isWord(before()) && end - at < 200 && isWord(at(end + 3));
            if (isInWord) {
                disguised.set(plain.length());
                return end + 3;
            }
            return at;
        }
        int start = at + (at(at + 1) == '/' ? 2 : 1);
        int end = start;
        while (end < given.length() && end < start + 6 && Character.isLetter(given.charAt(end))) {
            end++;
        }
        if (end == start
                || end - start > 6
                || !Letters.APPEARANCE.contains(given.substring(start, end))) {
            return at;
        }
        int close = given.indexOf('>', end, Math.min(given.length(), end + 200));
        return close < 0 ? at : close + 1;
    }

    /// A line that ends within a sentence goes on in the next one.
    private int lineBreak(int at) {
        int next = at;
        if (at(next) == '\r') {
            next++;
        }
        if (at(next) != '\n') {
            return at;
        }
        next++;
        while (next < given.length() && " \t>*-".indexOf(given.charAt(next)) >= 0) {
            next++;
        }
        char last = before();
        for (int i = plain.length() - 1; last == ' ' && i >= 0; i--) {
            last = plain.charAt(i);
        }
        boolean isWithin = Character.isLetter(last) || last == ',';
        boolean goesOn = Character.isLowerCase(at(next)) || Letters.GOES_ON.indexOf(at(next)) >= 0;
        if (isWithin && goesOn && isProse(plain.length())) {
            put(' ', at, false);
            return next;
        }
        return at;
    }

    private boolean isProse(int end) {
        boolean isSpaced = false;
        for (int i = end - 1; i >= 0 && plain.charAt(i) != '\n'; i--) {
            if ("|$={};".indexOf(plain.charAt(i)) >= 0) {
                return false;
            }
            isSpaced |= plain.charAt(i) == ' ';
            if (end - i > 400) {
                return true;
            }
        }
        return isSpaced;
    }

    private int foreign(int at) {
        int c = given.codePointAt(at);
        int next = at + Character.charCount(c);
        if (Letters.isIgnorable(c)) {
            if (isWord(before()) && isWord(at(next))) {
                disguised.set(plain.length());
            }
            return next;
        }
        if (Letters.isBlank(c)) {
            put(' ', at, false);
            return next;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            if (before() < 0x80) {
                if (c >= 0x334 && c <= 0x338) {
                    disguised.set(Math.max(0, plain.length() - 1));
                }
                return next;
            }
            return at;
        }
        String lookalike = Letters.lookalike(c);
        if (!lookalike.isEmpty()) {
            if (isAllOfLookalikes || isAmongLatin(at, next)) {
                put(lookalike, at, true);
                return next;
            }
            return at;
        }
        String plainly = Letters.plain(c);
        if (!plainly.isEmpty()) {
            put(plainly, at, Letters.isDress(c));
            return next;
        }
        if (next - at == 2) {
            put(given.substring(at, next), at, false);
            return next;
        }
        return at;
    }

    /// Whether the word of a letter has letters of ASCII.
    private boolean isAmongLatin(int from, int to) {
        for (int i = from - 1;
                i >= 0 && i > from - LONGEST_WORD && Character.isLetter(at(i));
                i--) {
            if (at(i) < 0x80) {
                return true;
            }
        }
        for (int i = to; i < to + LONGEST_WORD && Character.isLetter(at(i)); i++) {
            if (at(i) < 0x80) {
                return true;
            }
        }
        return false;
    }
}
