package dev.bartizan.guard.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes tokens out of values with a secret key: HMAC-SHA-256 (RFC 2104) of type, value and
/// attempt, written in the form of the value. Not format-preserving encryption: the vault keeps the
/// way back.
final class TokenMaker {
    private static final int KEY_BYTES = 32;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final int TAG_LETTERS = 10;

    private final byte[] key;

    TokenMaker(byte[] key) {
        this.key = key.clone();
    }

    static TokenMaker random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new TokenMaker(key);
    }

    byte[] key() {
        return key.clone();
    }

    String make(String type, String value, int attempt) {
        Stream stream = new Stream(type + '\0' + value + '\0' + attempt);
        long telling = value.codePoints().filter(Character::isLetterOrDigit).count();
        if (telling < Vault.MIN_FORM) {
            StringBuilder tag = new StringBuilder("<").append(type).append('-');
            for (int i = 0; i < TAG_LETTERS; i++) {
                tag.append(LETTERS.charAt(stream.next(LETTERS.length())));
            }
            return tag.append('>').toString();
        }
        StringBuilder token = new StringBuilder();
        value.codePoints().forEach(point -> token.appendCodePoint(formed(point, stream)));
        return token.toString();
    }

    private static int formed(int point, Stream stream) {
        if (Character.isDigit(point)) {
            return '0' + stream.next(10);
        }
        if (Character.isLetter(point)) {
            char letter = LETTERS.charAt(stream.next(LETTERS.length()));
            return Character.isUpperCase(point) ? Character.toUpperCase(letter) : letter;
        }
        return point;
    }

    /// Bytes of the hash, block after block.
    private final class Stream {
        private final String seed;
        private byte[] block = {};
        private int at;
        private int count;

        Stream(String seed) {
            this.seed = seed;
        }

        /// A number below `bound`, which is at most 26; the bias of taking 16 bits is under 1 in
        /// 2000.
        int next(int bound) {
            if (at + 2 > block.length) {
                block = hash(seed + '\0' + count++);
                at = 0;
            }
            int read = ((block[at] & 0xff) << 8) | (block[at + 1] & 0xff);
            at += 2;
            return read % bound;
        }
    }

    private byte[] hash(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
