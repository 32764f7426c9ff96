package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pickles written into text as base64 or as hexadecimal digits, as notebooks, settings and tables
/// carry models: they are looked at like members of an archive.
public final class EncodedFiles {
    private static final int MOST_TRIED = 200;
    private static final int MOST_FOUND = 20;
    private static final int LONGEST_TEXT = 16 << 20;

    /// A pickle starts with 0x80 and a protocol from 2 to 5; `c` and a name where it is older.
    private static final Pattern BASE64 =
            Pattern.compile(
                    "(?<![A-Za-z0-9+/_-])(gA[I-X][A-Za-z0-9+/_-]{18,}|Y[23][A-Za-z0-9+/_-]{20,})={0,2}");

    private static final Pattern DIGITS =
            Pattern.compile("(?i)(?<![0-9a-f])80(?:0[2-5])(?:[0-9a-f]{2}){14,}(?![0-9a-f])");

    private EncodedFiles() {}

    /// Looks at the pickles a text holds.
    public static void look(String text, Notes notes) throws IOException {
        String part = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        int found = 0;
        Matcher base64 = BASE64.matcher(part);
        for (int tried = 0; tried < MOST_TRIED && found < MOST_FOUND && base64.find(); tried++) {
            Optional<byte[]> bytes = base64(base64.group());
            found += bytes.isPresent() && take(bytes.get(), base64.start(), notes) ? 1 : 0;
        }
        Matcher digits = DIGITS.matcher(part);
        for (int tried = 0; tried < MOST_TRIED && found < MOST_FOUND && digits.find(); tried++) {
            byte[] bytes = HexFormat.of().parseHex(digits.group());
            found += take(bytes, digits.start(), notes) ? 1 : 0;
        }
    }

    private static boolean take(byte[] bytes, int at, Notes notes) throws IOException {
        ByteSource source = ByteSource.of(bytes);
        if (!PickleAnalyser.isPickleAmongNumbers(source)) {
            return false;
        }
        notes.member("encoded@" + at, source, 0, 0);
        return true;
    }

    private static Optional<byte[]> base64(String letters) {
        String plain = letters.replaceAll("=+$", "").replace('-', '+').replace('_', '/');
        try {
            int whole = plain.length() % 4 == 1 ? plain.length() - 1 : plain.length();
            return Optional.of(Base64.getDecoder().decode(plain.substring(0, whole)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
