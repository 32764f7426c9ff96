package dev.bartizan.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A SHA-256 digest, 64 lower-case hexadecimal characters.
public record Digest(String hex) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 1 << 16;

    public Digest {
        if (!SHAPE.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "A SHA-256 digest has 64 hexadecimal characters, given \"" + hex + "\"");
        }
    }

    /// A fresh SHA-256 computation.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /// The digest of these bytes.
    public static Digest of(byte[] bytes) {
        return new Digest(HexFormat.of().formatHex(sha256().digest(bytes)));
    }

    /// The digest of this text in UTF-8.
    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The digest of a file's bytes, read once from start to end.
    ///
    /// @throws IOException when it cannot be read, or is no regular file: a pipe or a device could
    ///   be read for ever
    public static Digest ofFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("It is no regular file: " + file);
        }
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return new Digest(HexFormat.of().formatHex(digest.digest()));
    }

    /// The digest of named parts, whatever order they are given in. Names and values are
    /// length-prefixed, so that no two different maps read alike.
    public static Digest composite(Map<String, String> parts) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(parts)
                .forEach((name, value) ->
                        text.append(name.length())
                                .append(':')
                                .append(name)
                                .append(value.length())
                                .append(':')
                                .append(value));
        return of(text.toString());
    }

    /// The first twelve characters, for people.
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
