package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Letters by their place in the alphabet (`9-7-14-15-18-5 1-12-12`), and bits without gaps.
final class NumberListDecoder implements Decoder {
    private static final int MIN_LETTERS = 8;
    private static final int MIN_BITS = 40;
    private static final int LONGEST = 65_536;

    @Override
    public List<Replacement> find(View view) {
        List<Replacement> found = new ArrayList<>();
        String text = view.text();
        int i = 0;
        while (i < text.length()) {
            if (!isDigit(text.charAt(i)) || (i > 0 && text.charAt(i - 1) > ' ')) {
                i++;
                continue;
            }
            int end = i;
            while (end < text.length() && isPart(text.charAt(end)) && end - i < LONGEST) {
                end++;
            }
            Replacement one = bits(text, i, end);
            one = one == null ? places(text, i, end) : one;
            if (one != null) {
                found.add(one);
            }
            i = Math.max(end, i + 1);
        }
        return found;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isPart(char c) {
        return isDigit(c) || c == '-' || c == ' ' || c == '\n';
    }

    private static @Nullable Replacement bits(String text, int from, int end) {
        int stop = from;
        while (stop < end && (text.charAt(stop) == '0' || text.charAt(stop) == '1')) {
            stop++;
        }
        if (stop - from < MIN_BITS) {
            return null;
        }
        for (int width = 8; width >= 7; width--) {
            if ((stop - from) % width != 0) {
                continue;
            }
            byte[] bytes = new byte[(stop - from) / width];
            for (int i = 0; i < bytes.length; i++) {
                int at = from + i * width;
                bytes[i] = (byte) Integer.parseInt(text, at, at + width, 2);
            }
            String read = RadixDecoder.text(bytes);
            if (read != null) {
                return new Replacement(from, stop, " " + read + " ", "binary");
            }
        }
        return null;
    }

    private static @Nullable Replacement places(String text, int from, int end) {
        StringBuilder out = new StringBuilder();
        List<Integer> sources = new ArrayList<>();
        int dashes = 0;
        int i = from;
        while (i < end) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                dashes += c == '-' ? 1 : 0;
                if (c != '-') {
                    out.append(c);
                    sources.add(i - from);
                }
                i++;
                continue;
            }
            int stop = i;
            int value = 0;
            while (stop < end && isDigit(text.charAt(stop)) && stop - i < 3) {
                value = value * 10 + text.charAt(stop++) - '0';
            }
            if (value < 1 || value > 26) {
                return null;
            }
            out.append((char) ('a' + value - 1));
            sources.add(i - from);
            i = stop;
        }
        long letters = out.chars().filter(c -> c >= 'a').count();
        boolean reads =
                letters >= MIN_LETTERS
                        && dashes * 2L >= letters
                        && Letters.shipped().score(out) > Letters.READABLE;
        return reads
                ? new Replacement(
                        from,
                        end,
                        out.toString(),
                        sources.stream().mapToInt(Integer::intValue).toArray(),
                        "letters-by-number")
                : null;
    }
}
