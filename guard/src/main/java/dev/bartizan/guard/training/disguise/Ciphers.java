package dev.bartizan.guard.training.disguise;

import static dev.bartizan.guard.training.disguise.Codes.each;
import static dev.bartizan.guard.training.disguise.Letterforms.point;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Ways to write a text as children and radio operators do: shifted and mirrored alphabets, words
/// and letters in other order, ITU-R M.1677 (Morse), the ICAO spelling alphabet, Braille grade 1,
/// letters by number, signs in place of letters.
final class Ciphers {
    private static final List<String> MORSE =
            List.of(
                    (".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ..."
                                    + " - ..- ...- .-- -..- -.-- --..")
                            .split(" ", -1));
    private static final List<String> ICAO =
            List.of(
                    ("Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike"
                                    + " November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey"
                                    + " X-ray Yankee Zulu")
                            .split(" ", -1));
    private static final String BRAILLE = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵";
    private static final Pattern INSIDE = Pattern.compile("(?<=[A-Za-z])(?=[A-Za-z])");

    private Ciphers() {}

    static Map<String, UnaryOperator<String>> all() {
        Map<String, UnaryOperator<String>> ways = new LinkedHashMap<>();
        ways.put("rot13", t -> shifted(t, 13));
        ways.put("caesar-3", t -> shifted(t, 3));
        ways.put("caesar-20", t -> shifted(t, 20));
        ways.put(
                "rot47",
                t -> each(t, c -> c >= 33 && c <= 126 ? point(33 + (c - 33 + 47) % 94) : point(c)));
        ways.put("atbash", t -> each(t, c -> mirrored(c)));
        ways.put("reversed", t -> new StringBuilder(t).reverse().toString());
        ways.put(
                "each-word-reversed",
                t -> Codes.words(t, w -> new StringBuilder(w).reverse().toString()));
        ways.put("word-order-reversed", Ciphers::wordsReversed);
        ways.put("pig-latin", t -> Codes.words(t, Ciphers::pigLatin));
        ways.put("leet", t -> mapped(t, "aeiost", "431057"));
        ways.put("leet-heavy", t -> mapped(t, "abegilostz", "@8391|0$+2"));
        ways.put("morse", t -> symbols(t, MORSE, " ", " / "));
        ways.put(
                "morse-unicode",
                t -> symbols(t, MORSE, " ", " / ").replace('.', '·').replace('-', '−'));
        ways.put("icao", t -> symbols(t, ICAO, " ", ", "));
        ways.put("braille", t -> mapped(t.toLowerCase(Locale.ROOT), alphabet(), BRAILLE));
        ways.put("letters-by-number", t -> symbols(t, numbers(), "-", " "));
        ways.put("spaced", t -> each(t, c -> point(c) + " "));
        ways.put(
                "spaced-keeping-words", t -> INSIDE.matcher(t.replace(" ", "   ")).replaceAll(" "));
        ways.put("dotted", t -> INSIDE.matcher(t).replaceAll("."));
        ways.put("dashed", t -> INSIDE.matcher(t).replaceAll("-"));
        ways.put("underscored", t -> INSIDE.matcher(t).replaceAll("_"));
        ways.put("slashed", t -> INSIDE.matcher(t).replaceAll("/"));
        ways.put("starred", t -> INSIDE.matcher(t).replaceAll("*"));
        ways.put("tabs-between", t -> INSIDE.matcher(t).replaceAll("\t"));
        ways.put("one-letter-a-line", t -> each(t, c -> point(c) + "\n"));
        ways.put("without-spaces", t -> t.replace(" ", ""));
        ways.put("underscores-for-spaces", t -> t.replace(' ', '_'));
        ways.put("plus-for-spaces", t -> t.replace(' ', '+'));
        ways.put("alternating-case", Ciphers::alternating);
        ways.put("empty-tags", t -> INSIDE.matcher(t).replaceAll("<b></b>"));
        ways.put("comments-inside", t -> INSIDE.matcher(t).replaceAll("<!---->"));
        ways.put("joined-strings", t -> Codes.words(t, w -> "\"" + split(w) + "\""));
        ways.put(
                "letters-doubled",
                t -> each(t, c -> Character.isLetter(c) ? point(c).repeat(3) : point(c)));
        return ways;
    }

    static String shifted(String text, int by) {
        return each(
                text,
                c ->
                        c >= 'a' && c <= 'z'
                                ? point('a' + (c - 'a' + by) % 26)
                                : c >= 'A' && c <= 'Z'
                                        ? point('A' + (c - 'A' + by) % 26)
                                        : point(c));
    }

    private static String mirrored(int c) {
        return c >= 'a' && c <= 'z'
                ? point('a' + 'z' - c)
                : c >= 'A' && c <= 'Z' ? point('A' + 'Z' - c) : point(c);
    }

    static String mapped(String text, String from, String to) {
        int[] signs = to.codePoints().toArray();
        return each(
                text,
                c -> {
                    int at = from.indexOf(Character.toLowerCase(c));
                    return at < 0 ? point(c) : point(signs[at]);
                });
    }

    private static String wordsReversed(String text) {
        List<String> words = List.of(text.split(" ", -1));
        return String.join(" ", words.reversed());
    }

    private static String pigLatin(String word) {
        int vowel = 0;
        while (vowel < word.length() && "aeiouAEIOU".indexOf(word.charAt(vowel)) < 0) {
            vowel++;
        }
        int end = word.length();
        while (end > vowel && !Character.isLetter(word.charAt(end - 1))) {
            end--;
        }
        if (vowel >= end) {
            return word;
        }
        String tail = word.substring(end);
        return vowel == 0
                ? word.substring(0, end) + "way" + tail
                : word.substring(vowel, end) + word.substring(0, vowel) + "ay" + tail;
    }

    private static String symbols(String text, List<String> of, String between, String words) {
        StringBuilder out = new StringBuilder();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
            out.append(out.isEmpty() || word.isEmpty() ? "" : words);
            for (int i = 0; i < word.length(); i++) {
                out.append(i == 0 ? "" : between).append(of.get(word.charAt(i) - 'a'));
            }
        }
        return out.toString();
    }

    private static String alphabet() {
        return "abcdefghijklmnopqrstuvwxyz";
    }

    private static List<String> numbers() {
        return java.util.stream.IntStream.rangeClosed(1, 26).mapToObj(String::valueOf).toList();
    }

    private static String alternating(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(i % 2 == 0 ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return out.toString();
    }

    private static String split(String word) {
        int half = word.length() / 2;
        return half == 0 ? word : word.substring(0, half) + "\" + \"" + word.substring(half);
    }
}
