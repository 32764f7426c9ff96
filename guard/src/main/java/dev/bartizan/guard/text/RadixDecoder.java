package dev.bartizan.guard.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
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

    /// After so many bytes it is first asked whether they are text, then after four times as many.
    private static final int FIRST_LOOK = 24;

    private static final int LOOK_GROWTH = 4;
    private static final String BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String BASE85 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                    + "!#$%&()*+-;<=>?@^_`{|}~";
    private static final int[] VALUES64 = values(BASE64);
    private static final int[] VALUES32 = values(BASE32);
    private static final String Z85 =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private static final int MIN_WORDS = 3;
    private static final int LONGEST_WORD = 48;
    private static final int[] VALUES85 = values(BASE85);
    private static final int[] VALUES_Z85 = values(Z85);

    static {
        VALUES64['-'] = 62;
        VALUES64['_'] = 63;
    }

    @Override
    public List<Replacement> find(View view) {
        List<Replacement> found = new ArrayList<>();
        String text = view.text();
        Lines lines = new Lines(text);
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) <= ' ') {
                i++;
                continue;
            }
            int end = tokenEnd(text, i);
            Replacement one = end - i < MIN_SYMBOLS ? null : token(lines, i, end);
            one = one == null && (end - i) % 4 == 0 ? wordList(text, i) : one;
            if (one == null) {
                i = end;
            } else {
                found.add(one);
                i = one.to();
            }
        }
        return found;
    }

    /// Several words in a row of which each is the base64 of a word.
    private static @Nullable Replacement wordList(String text, int from) {
        StringBuilder out = null;
        int count = 0;
        int end = from;
        int i = from;
        while (i < text.length()) {
            int stop = tokenEnd(text, i);
            String word = stop - i > LONGEST_WORD ? null : word(text, i, stop);
            if (word == null) {
                break;
            }
            out = out == null ? new StringBuilder() : out;
            out.append(' ').append(word);
            count++;
            end = stop;
            i = stop + 1;
            while (i < text.length() && text.charAt(i) <= ' ' && i - stop < 3) {
                i++;
            }
        }
        return count < MIN_WORDS ? null : new Replacement(from, end, out + " ", "base64");
    }

    private static @Nullable String word(String text, int from, int end) {
        int stop = end;
        while (stop > from && text.charAt(stop - 1) == '=') {
            stop--;
        }
        if ((end - from) % 4 != 0 || stop - from < 2 || !opensWord(text, from, stop)) {
            return null;
        }
        byte[] out = new byte[(stop - from) * 6 / 8];
        int buffer = 0;
        int held = 0;
        int count = 0;
        for (int i = from; i < stop; i++) {
            int value = value(VALUES64, text.charAt(i));
            if (value < 0) {
                return null;
            }
            buffer = (buffer << 6 | value) & 0xFFFF;
            held += 6;
            if (held >= 8) {
                held -= 8;
                byte read = (byte) (buffer >> held);
                if (read < ' ' || read == 0x7F) {
                    return null;
                }
                out[count++] = read;
            }
        }
        return new String(out, 0, count, StandardCharsets.US_ASCII);
    }

    /// Whether the first byte is a visible sign, which of words that are no base64 is seldom so.
    private static boolean opensWord(String text, int from, int stop) {
        int first = value(VALUES64, text.charAt(from));
        int second = value(VALUES64, text.charAt(from + 1));
        int third = stop - from > 2 ? value(VALUES64, text.charAt(from + 2)) : 0;
        int read = first << 2 | second >> 4;
        int next = (second & 15) << 4 | third >> 2;
        boolean isSign = first >= 0 && second >= 0 && read >= ' ' && read < 0x7F;
        return isSign && third >= 0 && (stop - from == 2 || (next >= ' ' && next < 0x7F));
    }

    private static int tokenEnd(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) > ' ') {
            i++;
        }
        return i;
    }

    private static @Nullable Replacement token(Lines lines, int from, int end) {
        String text = lines.text;
        int at = from;
        while (at < end) {
            int run = at;
            while (run < end && value(VALUES64, text.charAt(run)) >= 0) {
                run++;
            }
            if (run - at >= MIN_SYMBOLS) {
                Replacement one = base64Or32(lines, at, run);
                if (one != null) {
                    return one;
                }
            }
            at = run + 1;
        }
        return end - from >= 20 ? base85(text, from, end) : null;
    }

    private static @Nullable Replacement base64Or32(Lines lines, int from, int end) {
        String text = lines.text;
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
                        ? lines.continued(from, end)
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
        if (read == null) {
            return backwards(text, from, end);
        }
        return new Replacement(from, padding(text, stop), " " + read + " ", "base64");
    }

    private static @Nullable Replacement backwards(String text, int from, int end) {
        if (end - from < LINE) {
            return null;
        }
        String turned = new StringBuilder(text.substring(from, end)).reverse().toString();
        String read = text(bits(turned, 0, turned.length(), VALUES64, 6));
        return read == null ? null : new Replacement(from, end, " " + read + " ", "base64");
    }

    private static int padding(String text, int end) {
        int i = end;
        while (i < text.length() && text.charAt(i) == '=' && i - end < 8) {
            i++;
        }
        return i;
    }

    /// The bytes of these symbols, none when they are no text from the start.
    private static byte[] bits(String text, int from, int to, int[] values, int width) {
        byte[] out = new byte[FIRST_LOOK];
        int look = FIRST_LOOK;
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
                if (count == look) {
                    if (!isTextSoFar(out)) {
                        return new byte[0];
                    }
                    look *= LOOK_GROWTH;
                    out = Arrays.copyOf(out, look);
                }
            }
        }
        return Arrays.copyOf(out, count);
    }

    /// Whether bytes that go on may become text: what is wrong in the beginning stays wrong.
    private static boolean isTextSoFar(byte[] bytes) {
        if (wide(bytes) != null) {
            return true;
        }
        for (byte b : bytes) {
            if (b >= 0 && !isText(b)) {
                return false;
            }
        }
        CharBuffer read = CharBuffer.allocate(bytes.length);
        CoderResult end =
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), read, false);
        return !end.isError() && read.flip().codePoints().allMatch(RadixDecoder::isText);
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
        int begin = text.startsWith("<~", from) ? from + 2 : from;
        int stop = text.startsWith("~>", end - 2) ? end - 2 : end;
        for (int flavour = 0; flavour < 3; flavour++) {
            byte[] out = new byte[(end - from) / 5 * 4 + 4];
            int count = 0;
            int held = 0;
            long group = 0;
            boolean good = true;
            for (int i = begin; i < stop && good; i++) {
                int value = value85(flavour, text.charAt(i));
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

    private static int value85(int flavour, char c) {
        return switch (flavour) {
            case 0 -> c >= '!' && c <= 'u' ? c - '!' : -1;
            case 1 -> value(VALUES85, c);
            default -> value(VALUES_Z85, c);
        };
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
        String wide = wide(bytes);
        if (wide != null) {
            return wide;
        }
        for (byte b : bytes) {
            if (b >= 0 && !isText(b)) { // before a decoder is made: most bytes fail here
                return null;
            }
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.codePoints().allMatch(RadixDecoder::isText) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// The bytes as text of two bytes a character, when every other byte is zero.
    private static @Nullable String wide(byte[] bytes) {
        for (int zero = 0; zero < 2; zero++) {
            StringBuilder out = new StringBuilder(bytes.length / 2);
            for (int i = 0; i + 1 < bytes.length; i += 2) {
                byte read = bytes[i + 1 - zero];
                boolean good = bytes[i + zero] == 0 && (read >= ' ' || read == '\n');
                if (!good) {
                    break;
                }
                out.append((char) read);
            }
            if (out.length() == bytes.length / 2) {
                return out.toString();
            }
        }
        return null;
    }

    private static boolean isText(int point) {
        if (point < 0x80) {
            return (point >= ' ' && point < 0x7F)
                    || point == '\n'
                    || point == '\t'
                    || point == '\r';
        }
        int type = Character.getType(point);
        boolean shows =
                Character.isDefined(point)
                        && type != Character.CONTROL
                        && type != Character.PRIVATE_USE;
        return shows || Invisible.is(point);
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

    /// Where the lines of a block end. Each is looked for once, though blocks may begin at every
    /// word of a text.
    private static final class Lines {
        private final String text;

        /// Where the line that follows one ends, 0 for what was not looked for.
        private int @Nullable [] ends;

        Lines(String text) {
            this.text = text;
        }

        /// The end of the block that begins with this line.
        int continued(int from, int end) {
            int stop = end;
            while (stop - from < LONGEST_BLOCK) {
                int next = after(stop);
                if (next == stop) {
                    return stop;
                }
                stop = next;
            }
            return stop;
        }

        private int after(int stop) {
            if (stop + 1 >= text.length() || text.charAt(stop) > ' ') {
                return stop;
            }
            int[] known = ends == null ? new int[text.length()] : ends;
            ends = known;
            if (known[stop] == 0) {
                known[stop] = look(stop);
            }
            return known[stop];
        }

        private int look(int stop) {
            int next = stop + 1;
            while (next < text.length() && text.charAt(next) <= ' ' && next - stop < 3) {
                next++;
            }
            int run = next;
            while (run < text.length() && value(VALUES64, text.charAt(run)) >= 0) {
                run++;
            }
            boolean last = run == text.length() || text.charAt(run) == '=';
            return run - next < (last ? 2 : LINE) ? stop : run;
        }
    }
}
