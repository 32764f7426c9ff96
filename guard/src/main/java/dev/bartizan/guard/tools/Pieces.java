package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.Untrusted.Sentence;
import java.util.regex.Pattern;

/// Values that stand nowhere as a whole but whose parts do: split in halves, spelled out, joined.
final class Pieces {
    private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int SHORTEST = 4;
    private static final int SHORTEST_DIGITS = 5;

    private Pieces() {}

    /// Whether a telling part of the value, which no trusted text has, stands in a sentence of
    /// untrusted text.
    static boolean standIn(String value, Heard heard) {
        String plain = Texts.plain(value);
        for (String piece : GAP.split(plain, -1)) {
            boolean isTelling = piece.length() >= SHORTEST && !isCommon(piece);
            if (isTelling && !Texts.holds(heard.trustedText(), piece) && isSaid(piece, heard)) {
                return true;
            }
        }
        String digits = Atom.digits(plain);
        return digits.length() >= SHORTEST_DIGITS + 2 && digitsStand(digits, heard);
    }

    private static boolean isCommon(String piece) {
        return piece.equals("https") || piece.equals("http") || piece.equals("example");
    }

    private static boolean isSaid(String piece, Heard heard) {
        for (Untrusted one : heard.untrusted()) {
            for (Sentence sentence : one.sentences()) {
                if (Texts.holds(sentence.text(), piece)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean digitsStand(String digits, Heard heard) {
        for (Untrusted one : heard.untrusted()) {
            for (Sentence sentence : one.sentences()) {
                String there = Atom.digits(sentence.text());
                if (there.length() >= SHORTEST_DIGITS && there.contains(digits)) {
                    return true;
                }
            }
        }
        return false;
    }
}
