package dev.bartizan.guard.text;

/// Letters turned upside down. A text that has them writes `b`, `d`, `n`, `p`, `q`, `u` for one
/// another as well.
final class TurnedLetters {
    private static final String TURNED = "ɐɔǝɟƃɓɥᴉıɾʞןɯɹʇʌʍʎⱯƎℲפſ˥ԀᴚΛ⅄∀";
    private static final String UPRIGHT = "acefgghiijklmrtvwyAEFGJLPRVYA";
    private static final String SWAPPED = "bdnpqu";
    private static final String FOR = "qpudbn";
    private static final int MIN_TURNED = 4;
    private static final String TELLING = "ɐɔǝɟƃɥɾʞɯɹʇʌʍʎ";

    private TurnedLetters() {}

    /// Whether a text has so many turned letters that the others are meant turned, too.
    static boolean areIn(int[] points) {
        int turned = 0;
        int letters = 0;
        for (int point : points) {
            letters += Character.isLetter(point) ? 1 : 0;
            turned += point >= 0x180 && TELLING.indexOf(point) >= 0 ? 1 : 0;
        }
        return turned >= MIN_TURNED && turned * 5 > letters;
    }

    /// The letter that shows when the text is turned.
    static int upright(int point) {
        int at = TURNED.indexOf(point);
        if (at >= 0) {
            return UPRIGHT.charAt(at);
        }
        int swapped = SWAPPED.indexOf(point);
        return swapped >= 0 ? FOR.charAt(swapped) : point;
    }
}
