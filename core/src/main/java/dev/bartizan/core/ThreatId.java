package dev.bartizan.core;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Stable ids of threats: edits of labels, layout and routes leave them alone.
public final class ThreatId {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int CHARACTERS = 12;

    private ThreatId() {}

    /// `T-` and the first 12 base32 characters (RFC 4648 section 6) of SHA-256 over the rule id and
    /// the sorted `role=element` pairs, one a line.
    public static String of(String rule, Map<String, String> roles) {
        StringBuilder text = new StringBuilder(rule);
        new TreeMap<>(roles)
                .forEach((role, element) ->
                        text.append('\n').append(role).append('=').append(element));
        byte[] hash = Digest.sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        StringBuilder id = new StringBuilder("T-");
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | (hash[i] & 0xff);
        }
        for (int i = 0; i < CHARACTERS; i++) {
            id.append(BASE32.charAt((int) (bits >>> (59 - 5 * i)) & 31));
        }
        return id.toString();
    }
}
