package dev.bartizan.artifacts.instructions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Texts that stand encoded in a text, read as what they encode: base64 (also wrapped, for
/// addresses, compressed, twice), base32, hexadecimal, decimal and binary codes, percent signs,
/// shifted letters, and letters in reverse.
final class Encodings {
    /// What an encoded part says, and where it stands.
    record Decoded(int place, String text) {}

    private static final int MOST = 50;
    private static final int LONGEST = 8_000;
    private static final int DEEPEST = 3;
    private static final int LEAST_SIGNS = 20;
    private static final double MOSTLY = 0.9;

    private static final Pattern BASE64 =
            Pattern.compile(
                    "[A-Za-z0-9+/_-]{40,8000}+={0,2}|(?:[A-Za-z0-9+/_-]{8,100}+[ \\t]{0,4}\\r?\\n[ \\t>]{0,8}){3,200}+(?:[A-Za-z0-9+/_-]{2,100}+={0,2})?");
    private static final Pattern HEX =
            Pattern.compile("(?:(?:\\\\x|0x|%|=|\\\\u00)?[0-9A-Fa-f]{2}[ ,:]{0,2}){24,4000}+");
    private static final Pattern DECIMAL =
            Pattern.compile("(?:\\b\\d{2,3}[ ,;]{1,2}){20,4000}+(?:\\d{1,3}\\b)?");
    private static final Pattern BINARY = Pattern.compile("(?:[01]{8}[ ,]{0,2}){16,4000}+");
    private static final Pattern OCTAL = Pattern.compile("(?:\\\\[0-7]{3}){20,4000}+");
    private static final Pattern BASE32 = Pattern.compile("\\b[A-Z2-7]{32,8000}+={0,6}");
    private static final Pattern PERCENT =
            Pattern.compile(
                    "(?:[\\w.~/:-]{0,20}(?:%[0-9A-Fa-f]{2}|=[0-9A-F]{2})){6,1000}+[\\w.~/:-]{0,40}");
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Fa-f]{2}");

    private Encodings() {}

    /// What stands encoded in a text.
    static List<Decoded> in(String text) {
        List<Decoded> found = new ArrayList<>();
        CodeRuns runs = CodeRuns.of(text);
        runs(BASE64, runs.base64(), text, found, run -> base64(run, 1));
        runs(HEX, runs.hex(), text, found, Encodings::hex);
        runs(BINARY, runs.hex(), text, found, Encodings::binary);
        runs(DECIMAL, runs.digits(), text, found, run -> numbers(run, 10));
        runs(OCTAL, runs.digits(), text, found, run -> numbers(run, 8));
        runs(BASE32, runs.base32(), text, found, Encodings::base32);
        runs(PERCENT, runs.percent(), text, found, Encodings::percent);
        Shifts.in(text).ifPresent(found::add);
        return found;
    }

    private interface Decoder {
        Optional<String> decode(String run);
    }

    private static void runs(
            Pattern pattern,
            List<CodeRuns.Part> parts,
            String text,
            List<Decoded> found,
            Decoder decoder) {
        int tried = 0;
        for (CodeRuns.Part part : parts) {
            Matcher matcher =
                    pattern.matcher(text)
                            .region(part.start(), part.end())
                            .useTransparentBounds(true);
            for (; tried < MOST && matcher.find(); tried++) {
                int start = matcher.start();
                decoder.decode(matcher.group())
                        .ifPresent(said -> found.add(new Decoded(start, said)));
            }
        }
    }

    private static Optional<String> base64(String run, int depth) {
        StringBuilder signs = new StringBuilder();
        for (int i = 0; i < run.length(); i++) {
            char c = run.charAt(i);
            boolean isSign = Character.isLetterOrDigit(c) || c == '+' || c == '/';
            if (isSign) {
                signs.append(c);
            } else if (c == '-' || c == '_') {
                signs.append(c == '-' ? '+' : '/');
            }
        }
        signs.setLength(signs.length() - (signs.length() % 4 == 1 ? 1 : 0));
        try {
            return said(Base64.getDecoder().decode(signs.toString()), depth);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Bytes as a text, unpacked and decoded again where they are no sentence yet.
    private static Optional<String> said(byte[] bytes, int depth) {
        if (bytes.length > 2 && depth <= DEEPEST) {
            boolean isGzip = bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
            boolean isZlib = bytes[0] == 0x78;
            if (isGzip || isZlib) {
                return unpacked(bytes, isGzip).flatMap(inner -> said(inner, depth + 1));
            }
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!isReadable(text)) {
            return utf16(bytes);
        }
        if (depth < DEEPEST && text.indexOf(' ') < 0 && BASE64.matcher(text.strip()).matches()) {
            return base64(text.strip(), depth + 1).or(() -> Optional.of(text));
        }
        return Optional.of(text);
    }

    private static Optional<String> utf16(byte[] bytes) {
        if (bytes.length < 2 * LEAST_SIGNS || bytes[1] != 0) {
            return Optional.empty();
        }
        String text = new String(bytes, StandardCharsets.UTF_16LE);
        return isReadable(text) ? Optional.of(text) : Optional.empty();
    }

    private static Optional<byte[]> unpacked(byte[] bytes, boolean isGzip) {
        try (ByteArrayInputStream in = new ByteArrayInputStream(bytes);
                InflaterInputStream inner =
                        isGzip ? new GZIPInputStream(in) : new InflaterInputStream(in)) {
            return Optional.of(inner.readNBytes(LONGEST));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isReadable(String text) {
        long good =
                text.chars()
                        .filter(c -> (c >= ' ' && c < 0x7f) || c == '\n' || Character.isLetter(c))
                        .count();
        return text.length() >= LEAST_SIGNS && good >= MOSTLY * text.length();
    }

    private static Optional<String> readable(StringBuilder text) {
        String said = text.toString();
        return isReadable(said) ? Optional.of(said) : Optional.empty();
    }

    private static Optional<String> hex(String run) {
        StringBuilder digits = new StringBuilder();
        Matcher pair = NUMBER.matcher(run.replace("0x", "").replace("\\u00", ""));
        while (pair.find()) {
            digits.append(pair.group());
        }
        return said(HexFormat.of().parseHex(digits), 1);
    }

    private static Optional<String> numbers(String run, int radix) {
        StringBuilder text = new StringBuilder();
        for (String number : run.split("[ ,;\\\\]{1,2}", -1)) {
            if (!number.isEmpty()) {
                text.append((char) Integer.parseInt(number, radix));
            }
        }
        return readable(text);
    }

    private static Optional<String> binary(String run) {
        String bits = run.replaceAll("[ ,]", "");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 8 <= bits.length(); i += 8) {
            text.append((char) Integer.parseInt(bits.substring(i, i + 8), 2));
        }
        return readable(text);
    }

    private static Optional<String> base32(String run) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (int i = 0; i < run.length() && run.charAt(i) != '='; i++) {
            char c = run.charAt(i);
            bits = (bits << 5 | (c >= 'A' ? c - 'A' : c - '2' + 26)) & 0xFFFF;
            count += 5;
            if (count >= 8) {
                count -= 8;
                text.append((char) (bits >> count & 0xFF));
            }
        }
        return readable(text);
    }

    /// `%20` and `=20`; a sign stands for itself else.
    private static Optional<String> percent(String run) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < run.length(); i++) {
            char c = run.charAt(i);
            boolean isCode =
                    (c == '%' || c == '=')
                            && i + 2 < run.length()
                            && NUMBER.matcher(run).region(i + 1, i + 3).matches();
            text.append(isCode ? (char) Integer.parseInt(run.substring(i + 1, i + 3), 16) : c);
            i += isCode ? 2 : 0;
        }
        return readable(text);
    }
}
