package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The head of a ledger: its name, how many lines it has, and the root of their Merkle tree.
///
/// Its text is the body of a C2SP tlog-checkpoint: three lines, to which signature lines can be
/// added after an empty one. Whoever keeps a checkpoint can later tell whether the lines it covers
/// are still what they were.
///
/// @param origin unique name of the ledger, without white space and plus signs
/// @param size number of lines
/// @param root root of the tree of these lines
public record Checkpoint(String origin, long size, Digest root) {
    private static final int MAX_ORIGIN_BYTES = 255;
    private static final int MAX_TEXT = 64 * 1024;
    private static final int BODY_LINES = 3;
    private static final Pattern ORIGIN = Pattern.compile("[^\\s+\\p{Cntrl}\\p{Z}]+");
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern COMPACT =
            Pattern.compile("(\\S+)/(0|[1-9][0-9]{0,17})/([0-9a-f]{64})");
    private static final String MEND =
            "Copy the three lines of a checkpoint, or its one-line form origin/size/root, from a"
                    + " report.";

    public Checkpoint {
        requireOrigin(origin);
        if (size < 0) {
            throw new IllegalArgumentException("A ledger has no " + size + " lines");
        }
    }

    private static void requireOrigin(String origin) {
        if (!ORIGIN.matcher(origin).matches()
                || origin.getBytes(StandardCharsets.UTF_8).length > MAX_ORIGIN_BYTES) {
            throw new IllegalArgumentException(
                    "An origin has 1 to 255 bytes without white space and plus signs, given \""
                            + origin
                            + "\"");
        }
    }

    /// A valid origin for a ledger about something named so: `bartizan.local/claims-desk`.
    public static String originFor(String name) {
        String slug =
                name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9._-]+", "-")
                        .replaceAll("^-+|-+$", "");
        String brief = slug.length() > 100 ? slug.substring(0, 100) : slug;
        return "bartizan.local/" + (brief.isEmpty() ? Digest.of(name).brief() : brief);
    }

    /// The body of a C2SP tlog-checkpoint.
    public String text() {
        return origin + "\n" + size + "\n" + base64(root) + "\n";
    }

    /// One line: `origin/size/root`, the root in hexadecimal.
    public String compact() {
        return origin + "/" + size + "/" + root.hex();
    }

    /// Reads either form. Signature and extension lines after the three are left alone; they are
    /// not verified here.
    ///
    /// @throws UserError when it is neither
    public static Checkpoint parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw malformed("Checkpoint is longer than " + MAX_TEXT + " characters");
        }
        Matcher compact = COMPACT.matcher(text.strip());
        if (compact.matches()) {
            return build(compact.group(1), compact.group(2), new Digest(compact.group(3)));
        }
        List<String> lines = text.lines().toList();
        if (lines.size() < BODY_LINES) {
            throw malformed("A checkpoint has three lines, this text has " + lines.size());
        }
        return build(lines.get(0), lines.get(1), rootOf(lines.get(2)));
    }

    private static Checkpoint build(String origin, String size, Digest root) {
        if (!DECIMAL.matcher(size).matches()) {
            throw malformed("The size of a checkpoint is a decimal number, given \"" + size + "\"");
        }
        try {
            return new Checkpoint(origin, Long.parseLong(size), root);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), "checkpoint", MEND, e);
        }
    }

    private static Digest rootOf(String line) {
        try {
            byte[] hash = Base64.getDecoder().decode(line);
            Digest root = new Digest(HexFormat.of().formatHex(hash));
            if (base64(root).equals(line)) {
                return root;
            }
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "The root of a checkpoint is 32 bytes in Base64", "checkpoint", MEND, e);
        }
        throw malformed("The root of a checkpoint is 32 bytes in Base64, spelt one way only");
    }

    private static String base64(Digest root) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(root.hex()));
    }

    private static UserError malformed(String what) {
        return new UserError(what, "checkpoint", MEND);
    }
}
