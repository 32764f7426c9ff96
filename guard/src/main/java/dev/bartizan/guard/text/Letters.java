package dev.bartizan.guard.text;

/// How much a stretch of text reads like written language, by the odds of its letter triples.
/// Capitals count as small letters; everything but a to z counts as a gap between words.
public final class Letters {
    /// Symbols told apart: a gap and 26 letters.
    public static final int SYMBOLS = 27;

    /// Natural-log units in one step of the data file.
    public static final double STEP = 1 / 16.0;

    /// Mean log odds from which on a stretch reads like some language written in Latin letters.
    public static final double READABLE = -2.95;

    private final byte[] cost;

    /// @param cost for each triple, minus the log odds of the third symbol in steps
    Letters(byte[] cost) {
        if (cost.length != SYMBOLS * SYMBOLS * SYMBOLS) {
            throw new IllegalStateException("letters.bin has " + cost.length + " bytes");
        }
        this.cost = cost.clone();
    }

    /// The symbol of a character: 0 for a gap, 1 to 26 for a letter.
    public static int symbol(char c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z' && c < 0x80 ? lower - 'a' + 1 : 0;
    }

    /// Mean log odds per symbol, several gaps in a row counting once; -10 when there is no letter.
    public double score(CharSequence text, int from, int to) {
        int first = 0;
        int second = 0;
        long sum = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            int third = symbol(text.charAt(i));
            if (third == 0 && second == 0) {
                continue;
            }
            sum += cost[(first * SYMBOLS + second) * SYMBOLS + third] & 0xFF;
            count++;
            first = second;
            second = third;
        }
        return count == 0 ? -10 : -sum * STEP / count;
    }

    /// Mean log odds of symbols, each read as another.
    ///
    /// @param read what a symbol is read as
    double score(byte[] symbols, byte[] read) {
        int first = 0;
        int second = 0;
        long sum = 0;
        int count = 0;
        for (byte symbol : symbols) {
            int third = read[symbol];
            if (third == 0 && second == 0) {
                continue;
            }
            sum += cost[(first * SYMBOLS + second) * SYMBOLS + third] & 0xFF;
            count++;
            first = second;
            second = third;
        }
        return count == 0 ? -10 : -sum * STEP / count;
    }

    /// Mean log odds of all of it.
    public double score(CharSequence text) {
        return score(text, 0, text.length());
    }

    /// The data that ship.
    public static Letters shipped() {
        return Shipped.DATA;
    }

    private static final class Shipped {
        private static final Letters DATA =
                new Letters(Resources.bytes(Letters.class, "letters.bin"));
    }
}
