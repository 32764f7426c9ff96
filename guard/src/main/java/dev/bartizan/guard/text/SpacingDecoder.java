package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Words pulled apart (`i g n o r e`, `i-g-n-o-r-e`) and words written together.
final class SpacingDecoder implements Decoder {
    private static final int MIN_LETTERS = 5;
    private static final int MIN_GLUED = 14;
    private static final int SHORT_GLUED = 6;
    private static final int MANY_GLUED = 3;
    private static final String TOGETHER = "words-together";
    private static final int MAX_GAP = 6;
    private static final int MIN_JOINTS = 5;
    private static final int LETTERS_A_JOINT = 3;
    private static final int LETTERS_A_GAP = 20;
    private static final double LEAST_KNOWN = 0.9;
    private static final double LEAST_KNOWN_GAPLESS = 0.7;
    private final Words words;

    SpacingDecoder(Words words) {
        this.words = words;
    }

    @Override
    public List<Replacement> find(View view) {
        List<Replacement> joints = joints(view.text());
        if (!joints.isEmpty()) {
            return joints;
        }
        List<Replacement> sure = find(view.text(), MIN_GLUED, false);
        long glued = sure.stream().filter(one -> one.how().equals(TOGETHER)).count();
        boolean isGapless = glued > 0 && isGapless(view.text());
        return glued >= MANY_GLUED || isGapless ? find(view.text(), SHORT_GLUED, isGapless) : sure;
    }

    /// Whether hardly a gap stands between the letters.
    private static boolean isGapless(String text) {
        int letters = 0;
        int gaps = 0;
        for (int i = 0; i < text.length(); i++) {
            letters += Character.isLetter(text.charAt(i)) ? 1 : 0;
            gaps += text.charAt(i) == ' ' ? 1 : 0;
        }
        return gaps * LETTERS_A_GAP < letters;
    }

    /// The pluses that stand for spaces, as in a form that is sent: many of them, each between
    /// signs, with words between them and next to no space.
    private static List<Replacement> joints(String text) {
        if (text.indexOf('+') < 0) {
            return List.of();
        }
        List<Replacement> found = new ArrayList<>();
        int gaps = 0;
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            letters += Character.isLetter(c) ? 1 : 0;
            gaps += c == ' ' ? 1 : 0;
            if (c == '+' && i > 0 && i + 1 < text.length() && text.charAt(i + 1) != '+') {
                found.add(new Replacement(i, i + 1, " ", new int[] {0}, "url"));
            }
        }
        boolean isJoined =
                found.size() >= MIN_JOINTS
                        && gaps * 4 <= found.size()
                        && letters >= found.size() * LETTERS_A_JOINT;
        return isJoined ? found : List.of();
    }

    /// @param isGapless whether the text has no gaps: digits part words then, and fewer letters
    ///   need to belong to known ones
    private List<Replacement> find(String text, int minGlued, boolean isGapless) {
        List<Replacement> found = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            boolean isInside = !isGapless && isInsideWord(text, i);
            if (!Character.isLetterOrDigit(text.charAt(i)) || isInside) {
                if (isGapless && isMark(text, i)) {
                    String mark = text.charAt(i) + " ";
                    found.add(new Replacement(i, i + 1, mark, new int[] {0, 0}, TOGETHER));
                }
                i++;
                continue;
            }
            int end = isGapless ? runEnd(text, i) : wordEnd(text, i);
            int apartEnd = end - i == 1 ? apartEnd(text, i) : i;
            Replacement one = apartEnd > end ? apart(text, i) : null;
            if (one == null && apartEnd > end) {
                i = apartEnd;
                continue;
            }
            if (one == null && end - i >= minGlued) {
                one = together(text, i, end, isGapless);
            }
            if (one == null) {
                i = end;
            } else {
                found.add(one);
                i = one.to();
            }
        }
        return found;
    }

    private static boolean isInsideWord(String text, int i) {
        return i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
    }

    private static int wordEnd(String text, int from) {
        int i = from;
        while (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /// Whether a mark of a sentence stands there between letters.
    private static boolean isMark(String text, int i) {
        return ".,!?;:".indexOf(text.charAt(i)) >= 0
                && i > 0
                && i + 1 < text.length()
                && Character.isLetter(text.charAt(i - 1))
                && Character.isLetter(text.charAt(i + 1));
    }

    /// The end of the letters, or of the digits, that stand there.
    private static int runEnd(String text, int from) {
        boolean isLetter = Character.isLetter(text.charAt(from));
        int i = from;
        while (i < text.length()
                && Character.isLetterOrDigit(text.charAt(i))
                && Character.isLetter(text.charAt(i)) == isLetter) {
            i++;
        }
        return i;
    }

    private static int apartEnd(String text, int from) {
        int i = from;
        int end = from;
        while (isSingle(text, i)) {
            end = i + 1;
            i = end;
            while (i < text.length() && i - end < MAX_GAP && !isSign(text.charAt(i))) {
                i++;
            }
        }
        return end;
    }

    private static boolean isSingle(String text, int i) {
        return i < text.length()
                && isSign(text.charAt(i))
                && (i + 1 == text.length() || !isSign(text.charAt(i + 1)));
    }

    private @Nullable Replacement apart(String text, int from) {
        List<Integer> places = new ArrayList<>();
        Map<String, Integer> gaps = new HashMap<>();
        int i = from;
        int end = from;
        while (isSingle(text, i)) {
            places.add(i - from);
            end = i + 1;
            int next = end;
            while (next < text.length() && next - end < MAX_GAP && !isSign(text.charAt(next))) {
                next++;
            }
            if (next == end || next == text.length()) {
                break;
            }
            gaps.merge(text.substring(end, next), 1, Integer::sum);
            i = next;
        }
        String narrow = commonest(gaps);
        if (places.size() < MIN_LETTERS || !isRegular(text, from, places, narrow)) {
            return null;
        }
        return joined(text, from, end, places, narrow);
    }

    /// The gap met most, the shortest of those met as often.
    private static String commonest(Map<String, Integer> gaps) {
        return gaps.entrySet().stream()
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparingInt(entry -> -entry.getKey().length()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private @Nullable Replacement joined(
            String text, int from, int end, List<Integer> places, String narrow) {
        StringBuilder out = new StringBuilder();
        List<Integer> sources = new ArrayList<>();
        boolean hasWideGap = false;
        int letters = 0;
        for (int n = 0; n < places.size(); n++) {
            int at = places.get(n);
            out.append(text.charAt(from + at));
            sources.add(at);
            letters += Character.isLetter(text.charAt(from + at)) ? 1 : 0;
            if (n + 1 == places.size()) {
                break;
            }
            String gap = text.substring(from + at + 1, from + places.get(n + 1));
            if (!gap.equals(narrow)) {
                hasWideGap = true;
                String shown = shown(gap, narrow);
                out.append(shown);
                for (int i = 0; i < shown.length(); i++) {
                    sources.add(at + 1);
                }
            }
        }
        if (letters * 2 < out.length()) {
            return null;
        }
        return hasWideGap
                ? replacement(from, end, out, sources, "letters-apart")
                : split(from, end, out, sources, "letters-apart", LEAST_KNOWN);
    }

    /// What a wide gap shows once letters stand together: its punctuation, and a space unless the
    /// letters were pulled apart by spaces and the gap has none more.
    private static String shown(String gap, String narrow) {
        StringBuilder out = new StringBuilder();
        boolean space = false;
        for (int i = 0; i < gap.length(); i++) {
            char c = gap.charAt(i);
            if (c <= ' ') {
                space = true;
            } else if (narrow.indexOf(c) < 0) {
                out.append(c);
            }
        }
        boolean apostrophe = out.toString().equals("'") && gap.length() <= 2 * narrow.length() + 1;
        return apostrophe ? "'" : space || out.isEmpty() ? out + " " : out.toString();
    }

    /// Whether most gaps hold the narrow gap's signs.
    private static boolean isRegular(String text, int from, List<Integer> places, String narrow) {
        int same = 0;
        for (int i = 0; i + 1 < places.size(); i++) {
            same += text.startsWith(narrow, from + places.get(i) + 1) ? 1 : 0;
        }
        return same * 4 >= (places.size() - 1) * 3;
    }

    private static boolean isSign(char c) {
        return Character.isLetterOrDigit(c) || c == '@' || c == '$';
    }

    private @Nullable Replacement together(String text, int from, int end, boolean isGapless) {
        StringBuilder out = new StringBuilder();
        List<Integer> sources = new ArrayList<>();
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || !Character.isLetter(c)) {
                return null;
            }
            out.append(c);
            sources.add(i - from);
        }
        if (words.isWord(out.toString().toLowerCase(Locale.ROOT))) {
            return null;
        }
        double least = isGapless ? LEAST_KNOWN_GAPLESS : LEAST_KNOWN;
        Replacement one = split(from, end, out, sources, TOGETHER, least);
        return one.text().length() == out.length() ? null : one;
    }

    private Replacement split(
            int from,
            int end,
            StringBuilder letters,
            List<Integer> places,
            String how,
            double leastKnown) {
        List<Integer> starts =
                words.starts(letters.toString().toLowerCase(Locale.ROOT), leastKnown);
        if (starts.size() < 2) {
            return replacement(from, end, letters, places, how);
        }
        StringBuilder out = new StringBuilder();
        List<Integer> sources = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < letters.length(); i++) {
            if (next < starts.size() && starts.get(next) == i) {
                if (i > 0) {
                    out.append(' ');
                    sources.add(places.get(i));
                }
                next++;
            }
            out.append(letters.charAt(i));
            sources.add(places.get(i));
        }
        return replacement(from, end, out, sources, how);
    }

    private static Replacement replacement(
            int from, int end, CharSequence out, List<Integer> sources, String how) {
        int[] places = sources.stream().mapToInt(Integer::intValue).toArray();
        return new Replacement(from, end, out.toString(), places, how);
    }
}
