package dev.bartizan.guard.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bytes written with few symbols: base64, base32, base85, hexadecimal. A stretch counts only when
/// its bytes are text through and through, which random symbols of that length hardly ever are.
final class RadixDecoder implements Decoder {
    private static final int MIN_SYMBOLS = 12;
    private static final int MIN_BYTES = 6;
    private static final int LINE = 20;
    private static final int LONGEST_BLOCK = 8192;
    private static final String BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String BASE85 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                    + "!#$%&()*+-;<=>?@^_`{|}~";
    private static final int[] VALUES64 = values(BASE64);
    private static final int[] VALUES32 = values(BASE32);
    private static final int[] VALUES85 = values(BASE85);

    static {
        VALUES64['-'] = 62;
        VALUES64['_'] = 63;
    }

    @Override
    public List<Replacement> find(View view) {
        List<Replacement> found = new ArrayList<>();
        String text = view.text();
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) <= ' ') {
                i++;
                continue;
            }
            int end = tokenEnd(text, i);
            Replacement one = end - i < MIN_SYMBOLS ? null : token(text, i, end);
            if (one == null) {
                i = end;
            } else {
                found.add(one);
                i = one.to();
            }
        }
        return found;
    }

    private static int tokenEnd(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) > ' ') {
            i++;
        }
        return i;
    }

    private static @Nullable Replacement token(String text, int from, int end) {
        int at = from;
        while (at < end) {
            int run = at;
            while (run < end && value(VALUES64, text.charAt(run)) >= 0) {
                run++;
            }
            if (run - at >= MIN_SYMBOLS) {
                Replacement one = base64Or32(text, at, run);
                if (one != null) {
                    return one;
                }
            }
            at = run + 1;
        }
        return end - from >= 20 ? base85(text, from, end) : null;
    }

    private static @Nullable Replacement base64Or32(String text, int from, int end) {
        boolean upper = true;
        boolean mixed = false;
        for (int i = from; i < end && (upper || !mixed); i++) {
            char c = text.charAt(i);
            upper &= value(VALUES32, c) >= 0;
            mixed |= !Character.isLetter(c) || (i > from && Character.isUpperCase(c));
        }
        if (!mixed) {
            return null;
        }
        int stop =
                bits(text, from, end, VALUES64, 6).length > 0 || upper
                        ? continued(text, from, end)
                        : end;
        if (upper) {
            String read = text(bits(text, from, stop, VALUES32, 5));
            if (read != null) {
                return new Replacement(from, padding(text, stop), " " + read + " ", "base32");
            }
        }
        String hex = text(hex(text, from, end));
        if (hex != null) {
            return new Replacement(from, end, " " + hex + " ", "hex");
        }
        String read = text(bits(text, from, stop, VALUES64, 6));
        if (read == null && stop > end) {
            stop = end;
            read = text(bits(text, from, stop, VALUES64, 6));
        }
        return read == null
                ? null
                : new Replacement(from, padding(text, stop), " " + read + " ", "base64");
    }

    private static int continued(String text, int from, int end) {
        int stop = end;
        while (stop + 1 < text.length()
                && stop - from < LONGEST_BLOCK
                && text.charAt(stop) <= ' ') {
            int next = stop + 1;
            while (next < text.length() && text.charAt(next) <= ' ' && next - stop < 3) {
                next++;
            }
            int run = next;
            while (run < text.length() && value(VALUES64, text.charAt(run)) >= 0) {
                run++;
            }
            boolean last = run == text.length() || text.charAt(run) == '=';
            if (run - next < (last ? 2 : LINE)) {
                return stop;
            }
            stop = run;
        }
        return stop;
    }

    private static int padding(String text, int end) {
        int i = end;
        while (i < text.length() && text.charAt(i) == '=' && i - end < 8) {
            i++;
        }
        return i;
    }

    private static byte[] bits(String text, int from, int to, int[] values, int width) {
        byte[] out = new byte[(to - from) * width / 8 + 1];
        int count = 0;
        int buffer = 0;
        int held = 0;
        for (int i = from; i < to; i++) {
            int value = value(values, text.charAt(i));
            if (value < 0) {
                continue;
            }
            buffer = (buffer << width | value) & 0xFFFF;
            held += width;
            if (held >= 8) {
                held -= 8;
                out[count++] = (byte) (buffer >> held);
                if (count == 24 && text(Arrays.copyOf(out, 20)) == null && !mayBeWide(out)) {
                    return new byte[0];
                }
            }
        }
        return Arrays.copyOf(out, count);
    }

    private static boolean mayBeWide(byte[] out) {
        for (int i = 0; i < 20; i++) {
            if (out[i] >= 0 && out[i] < ' ' && out[i] != '\n' && out[i] != '\t' && out[i] != '\r') {
                return false;
            }
        }
        return out[20] < 0 || out[19] < 0 || out[18] < 0 || out[17] < 0;
    }

    private static byte[] hex(String text, int from, int to) {
        if ((to - from) % 2 != 0) {
            return new byte[0];
        }
        byte[] out = new byte[(to - from) / 2];
        for (int i = 0; i < out.length; i++) {
            int high = Character.digit(text.charAt(from + i * 2), 16);
            int low = Character.digit(text.charAt(from + i * 2 + 1), 16);
            if (high < 0 || low < 0) {
                return new byte[0];
            }
            out[i] = (byte) (high << 4 | low);
        }
        return out;
    }

    private static @Nullable Replacement base85(String text, int from, int end) {
        for (int flavour = 0; flavour < 2; flavour++) {
            byte[] out = new byte[(end - from) / 5 * 4 + 4];
            int count = 0;
            int held = 0;
            long group = 0;
            boolean good = true;
            for (int i = from; i < end && good; i++) {
                char c = text.charAt(i);
                int value =
                        flavour == 0 ? (c >= '!' && c <= 'u' ? c - '!' : -1) : value(VALUES85, c);
                good = value >= 0;
                group = group * 85 + value;
                if (good && ++held == 5) {
                    good = group <= 0xFFFFFFFFL;
                    count = put(out, count, group, 4);
                    good &= count != 20 || text(Arrays.copyOf(out, 20)) != null;
                    held = 0;
                    group = 0;
                }
            }
            if (good && held > 1) {
                for (int i = held; i < 5; i++) {
                    group = group * 85 + 84;
                }
                count = put(out, count, group, held - 1);
            }
            String read = good ? text(Arrays.copyOf(out, count)) : null;
            if (read != null) {
                return new Replacement(from, end, " " + read + " ", "base85");
            }
        }
        return null;
    }

    private static int put(byte[] out, int at, long group, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out[at + i] = (byte) (group >> (24 - 8 * i));
        }
        return at + bytes;
    }

    /// The bytes as text when they are nothing but text, else null.
    static @Nullable String text(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            return null;
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.codePoints().allMatch(RadixDecoder::isText) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isText(int point) {
        return point < 0x80
                ? (point >= ' ' && point < 0x7F) || point == '\n' || point == '\t' || point == '\r'
                : Character.isDefined(point)
                        && Character.getType(point) != Character.CONTROL
                        && Character.getType(point) != Character.PRIVATE_USE;
    }

    private static int value(int[] values, char c) {
        return c < values.length ? values[c] : -1;
    }

    private static int[] values(String symbols) {
        int[] values = new int[128];
        Arrays.fill(values, -1);
        for (int i = 0; i < symbols.length(); i++) {
            values[symbols.charAt(i)] = i;
        }
        return values;
    }
}
