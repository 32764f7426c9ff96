package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.pickle.PackedData;
import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.formats.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pickles written into text, as notebooks, settings and tables carry models: as base64 (packed or
/// encoded once more, too), as hexadecimal digits, as a literal of Python, as a list of numbers.
/// They are looked at like members of an archive.
public final class EncodedFiles {
    private static final int MOST_TRIED = 500;
    private static final int MOST_FOUND = 20;
    private static final int LONGEST_TEXT = 16 << 20;
    private static final int DEEPEST = 3;

    /// A pickle starts with 0x80 and a protocol from 2 to 5, `c` and a name where it is older; the
    /// rest are the starts of gzip, of zlib, and of such base64 in base64. Lines may be broken.
    private static final LazyPattern BASE64 =
            LazyPattern.of(
                    "(?<![A-Za-z0-9+/_-])(?:gA[I-X]|Y[23][A-Za-z0-9]|H4sI|e[JFNA][A-Za-z0-9+/_-]|Z0F[A-Z]|SDRz)"
                            + "[A-Za-z0-9+/_-]{8,}+(?:\\\\?\\r?\\n[ \\t]*+[A-Za-z0-9+/_-]++)*+={0,2}");

    private static final LazyPattern DIGITS =
            LazyPattern.of("(?i)(?<![0-9a-f])80(?:0[2-5])(?:[0-9a-f]{2}){14,}(?![0-9a-f])");

    private static final LazyPattern LITERAL =
            LazyPattern.of(
                    "(?i)\\\\{1,2}x80\\\\{1,2}x0[2-5](?:\\\\{1,2}(?:x[0-9a-f]{2}|[nrt'\"])|[ !#-&(-\\[\\]-~]){10,}+");

    private static final LazyPattern NUMBERS =
            LazyPattern.of("\\b128\\s*,\\s*[2-5](?:\\s*,\\s*[0-9]{1,3}){14,}+");

    private EncodedFiles() {}

    /// Looks at the pickles a text holds.
    public static void look(String text, Notes notes) throws IOException {
        String part = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        Search search = new Search(part, notes);
        search.all(BASE64.get(), EncodedFiles::nextBase64, EncodedFiles::base64);
        if (part.contains("800")) {
            search.all(
                    DIGITS.get(),
                    sign("80"),
                    digits -> Optional.of(HexFormat.of().parseHex(digits)));
        }
        if (part.contains("x80") || part.contains("X80")) {
            search.all(LITERAL.get(), sign("\\"), EncodedFiles::literal);
        }
        if (part.contains("128")) {
            search.all(NUMBERS.get(), sign("128"), EncodedFiles::numbers);
        }
    }

    private static int nextBase64(String text, int from) {
        for (int i = from; i + 1 < text.length(); i++) {
            char next = text.charAt(i + 1);
            boolean mayStart =
                    switch (text.charAt(i)) {
                        case 'g' -> next == 'A';
                        case 'Y' -> next == '2' || next == '3';
                        case 'H' -> next == '4';
                        case 'e' -> next == 'J' || next == 'F' || next == 'N' || next == 'A';
                        case 'Z' -> next == '0';
                        case 'S' -> next == 'D';
                        default -> false;
                    };
            if (mayStart) {
                return i;
            }
        }
        return -1;
    }

    /// Where an expression may match at all: asking this costs less than trying at each place.
    private interface Beginning {
        /// The first place at one or behind it; negative where there is none.
        int next(String text, int from);
    }

    private static Beginning sign(String sign) {
        return (text, from) -> text.indexOf(sign, from);
    }

    /// How a text becomes bytes.
    private interface Decoding {
        Optional<byte[]> decode(String text);
    }

    private static final class Search {
        private final String text;
        private final Notes notes;
        private final PackedData packed = new PackedData();
        private int found;

        Search(String text, Notes notes) {
            this.text = text;
            this.notes = notes;
        }

        void all(Pattern pattern, Beginning beginning, Decoding decoding) throws IOException {
            Matcher matcher =
                    pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
            int at = beginning.next(text, 0);
            for (int tried = 0; at >= 0 && tried < MOST_TRIED && found < MOST_FOUND; ) {
                int after = at + 1;
                if (matcher.region(at, text.length()).lookingAt()) {
                    Optional<byte[]> bytes = decoding.decode(matcher.group());
                    if (bytes.isPresent()) {
                        take(bytes.get(), matcher.start(), 0);
                    }
                    tried++;
                    after = matcher.end();
                }
                at = beginning.next(text, after);
            }
        }

        private void take(byte[] bytes, int at, int depth) throws IOException {
            ByteSource source = ByteSource.of(bytes);
            if (PickleAnalyser.isPickleAmongNumbers(source)) {
                found++;
                notes.member("encoded@" + at, source, 0, 0);
                return;
            }
            if (depth >= DEEPEST) {
                return;
            }
            Optional<byte[]> inner = packed.unpack(bytes);
            if (inner.isEmpty() && isAscii(bytes)) {
                String letters = new String(bytes, StandardCharsets.US_ASCII);
                inner = BASE64.matcher(letters).lookingAt() ? base64(letters) : Optional.empty();
            }
            if (inner.isPresent()) {
                take(inner.get(), at, depth + 1);
            }
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < ' ' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> base64(String letters) {
        StringBuilder plain = new StringBuilder(letters.length());
        for (int i = 0; i < letters.length(); i++) {
            char c = letters.charAt(i);
            if (c == '-' || c == '_') {
                plain.append(c == '-' ? '+' : '/');
            } else if (Character.isLetterOrDigit(c) || c == '+' || c == '/') {
                plain.append(c);
            }
        }
        try {
            int whole = plain.length() % 4 == 1 ? plain.length() - 1 : plain.length();
            return Optional.of(Base64.getDecoder().decode(plain.substring(0, whole)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> literal(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.write(c);
                continue;
            }
            i += text.startsWith("\\\\", i) ? 2 : 1;
            switch (text.charAt(i)) {
                case 'x', 'X' -> {
                    out.write(Integer.parseInt(text, i + 1, i + 3, 16));
                    i += 2;
                }
                case 'n', 'N' -> out.write('\n');
                case 'r', 'R' -> out.write('\r');
                case 't', 'T' -> out.write('\t');
                default -> out.write(text.charAt(i));
            }
        }
        return Optional.of(out.toByteArray());
    }

    private static Optional<byte[]> numbers(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String number : text.split(",", -1)) {
            int value = Integer.parseInt(number.strip());
            if (value > 255) {
                return Optional.empty();
            }
            out.write(value);
        }
        return Optional.of(out.toByteArray());
    }
}
