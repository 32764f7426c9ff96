package dev.bartizan.guard.text;

import dev.bartizan.guard.Detection;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// First step of the normaliser: NFKC per cluster, marks stripped, look-alikes read as what they
/// look like where the word or the whole text shows that a Latin word is meant, hidden characters
/// removed or, where they carry bytes, read.
///
/// A word of Cyrillic or Greek is left alone when it has a letter that no Latin letter looks like.
/// A word of look-alikes only is read as Latin when few words of the text are genuine in that
/// script.
final class Folding {
    private static final int MIN_HIDDEN_CARRIERS = 4;
    private static final int MAX_CLUSTER = 64;
    private static final int MANY_SIGNS = 4;

    private final int[] points;
    private final ViewBuilder out;
    private final List<Detection> findings = new ArrayList<>();
    private int invisible;
    private int firstInvisible = -1;
    private int lastInvisible;
    private int lookAlikes;
    private int firstLookAlike = -1;
    private int lastLookAlike;
    private boolean foldEverything;
    private boolean foldLoosely;
    private boolean isTurned;
    private boolean writesInSigns;

    private Folding(int[] points) {
        this.points = points;
        this.out = new ViewBuilder(points.length + 16);
    }

    /// A folded view and what was seen on the way.
    record Folded(View view, List<Detection> findings) {}

    static Folded fold(String original) {
        if (isAscii(original)) {
            return new Folded(View.ofAscii(original), List.of());
        }
        Folding folding = new Folding(original.codePoints().toArray());
        return folding.run();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private Folded run() {
        foldLoosely = LatinGuess.readsAsLatin(points);
        foldEverything = foldLoosely || genuineWordsAreRare();
        isTurned = TurnedLetters.areIn(points);
        int signs = 0;
        for (int i = 0; i < points.length && signs < MANY_SIGNS; i++) {
            signs += LookAlikes.ofSign(points[i]) != null && isBesideLetter(i) ? 1 : 0;
        }
        writesInSigns = signs == MANY_SIGNS;
        int i = 0;
        while (i < points.length) {
            int plain = plainEnd(i);
            while (i < plain) {
                ascii(i++);
            }
            if (i == points.length) {
                break;
            }
            int point = points[i];
            if (point < 0x80 && !markFollows(i)) {
                i = isWordPart(point) ? word(i) : ascii(i);
            } else if (isWordPart(point)) {
                i = word(i);
            } else {
                i = other(i);
            }
        }
        report();
        return new Folded(out.build(points.length), List.copyOf(findings));
    }

    /// The end of the stretch of ASCII from `i` on that no other character can touch: the word that
    /// runs into one is left out.
    private int plainEnd(int i) {
        int end = i;
        while (end < points.length && points[end] < 0x80) {
            end++;
        }
        if (end == points.length) {
            return end;
        }
        if (end > i && isMark(points[end])) {
            end--;
        }
        while (end > i && isWordPart(points[end - 1])) {
            end--;
        }
        return end;
    }

    private int ascii(int i) {
        int point = isTurned ? TurnedLetters.upright(points[i]) : points[i];
        out.add((char) point, i, i + 1);
        return i + 1;
    }

    private int other(int i) {
        int point = points[i];
        if (Invisible.is(point)) {
            return hidden(i);
        }
        if (point >= 0x2800 && point < 0x2900) {
            boolean gap = point == 0x2800 && i > 0 && points[i - 1] < 0x2800;
            out.add(gap ? ' ' : (char) point, i, i + 1);
            return i + 1;
        }
        String sign = LookAlikes.ofSign(point);
        String reads =
                sign != null && (writesInSigns || isBesideLetter(i)) ? sign : LookAlikes.of(point);
        if (reads != null) {
            out.add(reads, i, i + 1);
            return i + 1;
        }
        int end = clusterEnd(i, points.length);
        cluster(i, end, null);
        return end;
    }

    private boolean isBesideLetter(int i) {
        boolean before = i > 0 && isLetterOrSign(points[i - 1]);
        return before || (i + 1 < points.length && isLetterOrSign(points[i + 1]));
    }

    private static boolean isLetterOrSign(int point) {
        return Character.isLetter(point) || LookAlikes.ofSign(point) != null;
    }

    private int word(int begin) {
        int end = begin;
        int latin = 0;
        int foreign = 0;
        int foldable = 0;
        while (end < points.length && (isWordPart(points[end]) || isInsideWord(end))) {
            int point = points[end];
            if (isLatin(point)) {
                latin++;
            } else if (Character.isLetter(point)) {
                foreign++;
                if (LookAlikes.of(point) != null
                        || (foldLoosely && LookAlikes.looselyOf(point) != null)) {
                    foldable++;
                }
            }
            end++;
        }
        boolean fold = latin > 0 ? foreign > 0 : foldEverything && foldable == foreign;
        List<String> read = fold ? LatinGuess.read(points, begin, end) : List.of();
        int i = begin;
        while (i < end) {
            if (Invisible.is(points[i])) {
                i = Math.min(hidden(i), end);
                continue;
            }
            int clusterEnd = clusterEnd(i, end);
            cluster(i, clusterEnd, fold ? read.get(i - begin) : null);
            i = clusterEnd;
        }
        return end;
    }

    private boolean isInsideWord(int i) {
        return Invisible.is(points[i])
                && i + 1 < points.length
                && (isWordPart(points[i + 1]) || Invisible.is(points[i + 1]));
    }

    private int clusterEnd(int i, int limit) {
        int end = i + 1;
        while (end < limit && end - i < MAX_CLUSTER && isMark(points[end])) {
            end++;
        }
        return end;
    }

    private void cluster(int begin, int end, @Nullable String guess) {
        int point = points[begin];
        if (point < 0x80 || isTurned) {
            int upright = isTurned ? TurnedLetters.upright(point) : point;
            if (upright < 0x80) {
                out.add((char) upright, begin, end);
                return;
            }
        }
        String base = isLatin(point) ? letter(point) : null;
        base = writesInSigns && Character.toLowerCase(point) == 'ł' ? "i" : base;
        String alike = base != null ? base : guess != null ? guess : LookAlikes.of(point);
        if (alike != null && (guess != null || isLatin(point) || !Character.isLetter(point))) {
            if (!isLatin(point)) {
                noteLookAlike(begin);
            }
            out.add(alike, begin, end);
            return;
        }
        String cluster = new String(points, begin, end - begin);
        String folded = Normalizer.normalize(cluster, Normalizer.Form.NFKD);
        StringBuilder kept = new StringBuilder(folded.length());
        folded.codePoints().filter(c -> !isStrippable(c)).forEach(kept::appendCodePoint);
        boolean bracketed = kept.length() == 3 && kept.charAt(0) == '(' && kept.charAt(2) == ')';
        String text =
                bracketed ? kept.substring(1, 2) : Normalizer.normalize(kept, Normalizer.Form.NFC);
        text.codePoints().forEach(c -> emitFolded(c, begin, end));
    }

    /// The ASCII letter that a Latin one is with marks on it, or null.
    private static @Nullable String letter(int point) {
        String apart = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD);
        boolean marked = apart.length() > 1 && apart.charAt(0) < 0x80;
        return marked ? apart.substring(0, 1) : null;
    }

    private void emitFolded(int point, int begin, int end) {
        String alike = point >= 0x80 && isLatin(point) ? LookAlikes.of(point) : null;
        if (alike != null) {
            out.add(alike, begin, end);
        } else {
            out.addPoint(point, begin, end);
        }
    }

    private int hidden(int begin) {
        int end = begin;
        while (end < points.length && Invisible.is(points[end])) {
            end++;
        }
        String message = end - begin >= MIN_HIDDEN_CARRIERS ? read(begin, end) : null;
        if (message != null) {
            out.add(' ', begin, end);
            int stop = end;
            message.codePoints().forEach(c -> out.addPoint(c, begin, stop));
            out.add(' ', begin, end);
            findings.add(
                    new Detection(
                            "hidden-text",
                            begin,
                            end,
                            0.6,
                            "characters that are not shown carry a message of "
                                    + message.length()
                                    + " characters"));
            return end;
        }
        if (!Invisible.isOrdinaryAt(points, begin, end)) {
            invisible += end - begin;
            firstInvisible = firstInvisible < 0 ? begin : firstInvisible;
            lastInvisible = end;
        }
        return end;
    }

    private @Nullable String read(int begin, int end) {
        if (begin > 0 && points[begin - 1] == Invisible.BLACK_FLAG) {
            return null;
        }
        return Invisible.read(points, begin, end);
    }

    private void noteLookAlike(int at) {
        lookAlikes++;
        firstLookAlike = firstLookAlike < 0 ? at : firstLookAlike;
        lastLookAlike = at + 1;
    }

    private void report() {
        if (invisible > 0) {
            findings.add(
                    new Detection(
                            "invisible-characters",
                            firstInvisible,
                            lastInvisible,
                            Math.min(0.5, 0.1 + invisible * 0.02),
                            invisible + " characters that are not shown"));
        }
        if (lookAlikes > 1) {
            findings.add(
                    new Detection(
                            "look-alikes",
                            firstLookAlike,
                            lastLookAlike,
                            Math.min(0.5, 0.1 + lookAlikes * 0.02),
                            lookAlikes + " letters of another script that look like Latin ones"));
        }
    }

    private boolean genuineWordsAreRare() {
        int genuine = 0;
        int alike = 0;
        int i = 0;
        while (i < points.length) {
            if (points[i] < 0x80 || !Character.isLetter(points[i])) {
                i++;
                continue;
            }
            boolean all = true;
            boolean any = false;
            boolean mixed = i > 0 && isLatin(points[i - 1]);
            while (i < points.length && isWordPart(points[i])) {
                if (isLatin(points[i])) {
                    mixed = true;
                } else if (Character.isLetter(points[i])) {
                    any = true;
                    all &= LookAlikes.of(points[i]) != null;
                }
                i++;
            }
            genuine += any && !all && !mixed ? 1 : 0;
            alike += any && (all || mixed) ? 1 : 0;
        }
        return alike > 0 && genuine * 3 <= alike;
    }

    private boolean markFollows(int i) {
        return i + 1 < points.length && isMark(points[i + 1]);
    }

    private static boolean isWordPart(int point) {
        return point < 0x80
                ? (point | 0x20) >= 'a' && (point | 0x20) <= 'z'
                : Character.isLetter(point) || isMark(point);
    }

    private static boolean isMark(int point) {
        if (point < 0x300) {
            return false;
        }
        int type = Character.getType(point);
        return (type == Character.NON_SPACING_MARK
                        || type == Character.COMBINING_SPACING_MARK
                        || type == Character.ENCLOSING_MARK)
                && !Invisible.is(point);
    }

    private static boolean isLatin(int point) {
        return point < 0x80
                ? (point | 0x20) >= 'a' && (point | 0x20) <= 'z'
                : Character.UnicodeScript.of(point) == Character.UnicodeScript.LATIN;
    }

    private static boolean isStrippable(int point) {
        return (point >= 0x300 && point <= 0x36F)
                || (point >= 0x64B && point <= 0x65F)
                || point == 0x640
                || (point >= 0x1AB0 && point <= 0x1AFF)
                || (point >= 0x1DC0 && point <= 0x1DFF)
                || (point >= 0x20D0 && point <= 0x20FF)
                || (point >= 0xFE20 && point <= 0xFE2F);
    }
}
