package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lines in which every visible ASCII sign is moved by half of the 94 there are.
final class Rot47Decoder implements Decoder {
    private static final int MIN_SIGNS = 16;
    private static final int SAMPLE = 240;
    private static final double MARGIN = 0.2;
    private final Letters letters;

    Rot47Decoder(Letters letters) {
        this.letters = letters;
    }

    @Override
    public List<Replacement> find(View view) {
        String text = view.text();
        List<int[]> lines = new ArrayList<>();
        boolean any = false;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            any |= visible(text, from, end) >= MIN_SIGNS && reads(text, from, end);
            lines.add(new int[] {from, end});
            from = end + 1;
        }
        return any ? turned(text, lines) : List.of();
    }

    /// The lines that read better turned than as they are.
    private List<Replacement> turned(String text, List<int[]> lines) {
        List<Replacement> found = new ArrayList<>();
        for (int[] line : lines) {
            String read = turned(text, line[0], line[1]);
            if (letters.score(read) > letters.score(text, line[0], line[1])) {
                int[] places = new int[line[1] - line[0]];
                Arrays.setAll(places, n -> n);
                found.add(new Replacement(line[0], line[1], read, places, "rot47"));
            }
        }
        return found;
    }

    private static int visible(String text, int from, int end) {
        int count = 0;
        for (int i = from; i < end; i++) {
            count += text.charAt(i) > ' ' && text.charAt(i) < 0x7F ? 1 : 0;
        }
        return count;
    }

    /// Whether a stretch reads like language once turned: mostly letters and gaps, and likelier
    /// ones than before.
    private boolean reads(String text, int from, int whole) {
        int end = Math.min(whole, from + SAMPLE);
        if (letters.score(text, from, end) >= Letters.READABLE) {
            return false;
        }
        String read = turned(text, from, end);
        int plain = 0;
        for (int i = 0; i < read.length(); i++) {
            plain += Letters.symbol(read.charAt(i)) > 0 || read.charAt(i) == ' ' ? 1 : 0;
        }
        return plain * 100L >= read.length() * 85L
                && letters.score(read) > Letters.READABLE + MARGIN;
    }

    private static String turned(String text, int from, int end) {
        char[] out = new char[end - from];
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            out[i - from] = c > ' ' && c < 0x7F ? (char) (33 + (c - 33 + 47) % 94) : c;
        }
        return new String(out);
    }
}
