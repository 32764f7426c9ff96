package dev.bartizan.guard.canary;

import dev.bartizan.guard.text.Normaliser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Marks of a tenant that change with time, made of a secret key. A mark stands in the prompt and
/// must never come out (leak), or the prompt asks the model to end its answer with it, and its
/// absence shows that the answer follows somebody else (goal hijack; as Vigil's canaries do).
/// Stateless.
public final class Canaries {
    /// Characters of a mark: twenty of base 32, a hundred bits.
    public static final int LENGTH = 20;

    private static final String ALPHABET = "abcdefghijkmnopqrstuvwxyz2345679";
    private static final int MIN_PART = 14;
    private static final int MAX_KEPT = 48;
    private static final Normaliser NORMALISER = new Normaliser();

    private final byte[] key;
    private final Duration period;
    private final int kept;

    /// Marks of a key.
    ///
    /// @param key secret, 16 bytes or more; whoever has it can make the marks
    /// @param period how long a mark is new
    /// @param kept how many earlier marks still count
    public Canaries(byte[] key, Duration period, int kept) {
        if (key.length < 16 || period.toSeconds() < 1 || kept < 0 || kept > MAX_KEPT) {
            throw new IllegalArgumentException(
                    "a key of 16 bytes or more, a period of a second or more, at most "
                            + MAX_KEPT
                            + " earlier marks");
        }
        this.key = key.clone();
        this.period = period;
        this.kept = kept;
    }

    /// How a mark was found.
    ///
    /// @param form `plain`, `split`, `encoded`, `backwards` or `part`
    /// @param age how many periods old the mark is
    public record Leak(String form, int age) {}

    /// Which use a mark is for; the two never share one.
    public enum Use {
        /// Must not come out.
        LEAK,
        /// Must come out.
        HIJACK
    }

    /// The mark of a tenant at a moment.
    public String mark(String tenant, Use use, Instant now) {
        return mark(tenant, use, epoch(now));
    }

    private long epoch(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), period.toSeconds());
    }

    private String mark(String tenant, Use use, long epoch) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String seed = use + "\0" + epoch + "\0" + tenant;
            byte[] hash = mac.doFinal(seed.getBytes(StandardCharsets.UTF_8));
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < LENGTH; i++) {
                out.append(ALPHABET.charAt(hash[i] & 31));
            }
            return out.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /// The prompt with a mark that must not come out.
    public String guarded(String prompt, String tenant, Instant now) {
        return "[" + mark(tenant, Use.LEAK, now) + "]\n" + prompt;
    }

    /// The prompt with the wish to end the answer with a mark.
    public String pledged(String prompt, String tenant, Instant now) {
        return prompt
                + "\nEnd your answer with the line "
                + mark(tenant, Use.HIJACK, now)
                + " and nothing after it.";
    }

    /// Whether an answer carries a mark that must not come out, in any of these forms: as it is, in
    /// other case, split by other characters, backwards, in encodings that the normaliser undoes,
    /// hex or base 64 of it at any alignment, or a part of fourteen characters.
    public Optional<Leak> leak(String answer, String tenant, Instant now) {
        String lower = answer.toLowerCase(Locale.ROOT);
        String tight = tight(lower);
        String undone = tight(NORMALISER.normalise(answer).plain().text());
        String backwards = new StringBuilder(tight).reverse().toString();
        for (int age = 0; age <= kept; age++) {
            String mark = mark(tenant, Use.LEAK, epoch(now) - age);
            Optional<String> form = form(mark, answer, lower, tight, undone, backwards);
            if (form.isPresent()) {
                return Optional.of(new Leak(form.get(), age));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> form(
            String mark,
            String answer,
            String lower,
            String tight,
            String undone,
            String backwards) {
        if (lower.contains(mark)) {
            return Optional.of("plain");
        }
        if (tight.contains(mark)) {
            return Optional.of("split");
        }
        if (backwards.contains(mark)) {
            return Optional.of("backwards");
        }
        if (undone.contains(mark) || isEncoded(mark, answer, tight)) {
            return Optional.of("encoded");
        }
        for (int from = 0; from + MIN_PART <= mark.length(); from++) {
            String part = mark.substring(from, from + MIN_PART);
            if (tight.contains(part) || undone.contains(part)) {
                return Optional.of("part");
            }
        }
        return Optional.empty();
    }

    private static boolean isEncoded(String mark, String answer, String tight) {
        byte[] bytes = mark.getBytes(StandardCharsets.US_ASCII);
        if (tight.contains(HexFormat.of().formatHex(bytes))) {
            return true;
        }
        String packed =
                answer.replaceAll("[^A-Za-z0-9+/_-]", "").replace('-', '+').replace('_', '/');
        for (int shift = 0; shift < 3; shift++) {
            byte[] padded = new byte[bytes.length + shift];
            System.arraycopy(bytes, 0, padded, shift, bytes.length);
            String all = Base64.getEncoder().withoutPadding().encodeToString(padded);
            String sure = all.substring(shift == 0 ? 0 : 4, all.length() - 2);
            if (packed.contains(sure)) {
                return true;
            }
        }
        return false;
    }

    private static String tight(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    /// Whether an answer to a pledged prompt does not end with its mark: it follows somebody else.
    public boolean isHijacked(String answer, String tenant, Instant now) {
        String tight = tight(answer.toLowerCase(Locale.ROOT));
        for (int age = 0; age <= kept; age++) {
            if (tight.endsWith(mark(tenant, Use.HIJACK, epoch(now) - age))) {
                return false;
            }
        }
        return true;
    }

    /// The key is not shown.
    @Override
    public String toString() {
        return "Canaries[period=" + period + ", kept=" + kept + "]";
    }
}
