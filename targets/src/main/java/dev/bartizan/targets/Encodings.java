package dev.bartizan.targets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ways in which a text can be written so that a plain search misses it.
public final class Encodings {
    private static final int BASE64_PHASES = 3;

    private Encodings() {}

    /// A text in each way that keeps its characters next to one another, by name of the way. Base64
    /// comes once for each of the three positions it can have within a longer text, without the
    /// characters that neighbours decide.
    public static Map<String, List<String>> of(String text) {
        Map<String, List<String>> ways = new LinkedHashMap<>();
        ways.put("as it is", List.of(text));
        ways.put("percent-encoded", List.of(URLEncoder.encode(text, StandardCharsets.UTF_8)));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ways.put("hexadecimal", List.of(HexFormat.of().formatHex(bytes)));
        ways.put("base64", base64(bytes));
        return ways;
    }

    private static List<String> base64(byte[] bytes) {
        List<String> texts = new ArrayList<>();
        for (int phase = 0; phase < BASE64_PHASES; phase++) {
            byte[] shifted = new byte[bytes.length + phase];
            System.arraycopy(bytes, 0, shifted, phase, bytes.length);
            int end = shifted.length * 8 / 6;
            int start = (phase * 8 + 5) / 6;
            String standard = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            String decided = standard.substring(start, end);
            texts.add(decided);
            texts.add(decided.replace('+', '-').replace('/', '_'));
        }
        return texts.stream().distinct().toList();
    }
}
