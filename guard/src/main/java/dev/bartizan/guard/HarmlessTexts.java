package dev.bartizan.guard;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Texts known to be harmless, for setting thresholds on: JSON lines as `guard check` reads them,
/// or plain lines. A line that cannot be used refuses the file, for a threshold set on other texts
/// than the operator thinks would be wrong unseen.
///
/// @param digest of the file's bytes
/// @param parts the texts in order, at least one
public record HarmlessTexts(Digest digest, List<Part> parts) {
    /// Larger files are refused.
    public static final int MAX_BYTES = 256 << 20;

    /// Most texts.
    public static final int MAX_TEXTS = 1_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Copies the list.
    public HarmlessTexts {
        parts = List.copyOf(parts);
    }

    /// Reads a file: JSON lines when its first character that is no blank is `{`, else plain lines.
    ///
    /// @param place its name, for messages
    /// @throws UserError when a line cannot be used, or there is none
    public static HarmlessTexts read(byte[] bytes, String place) {
        String all = decoded(bytes, place);
        boolean isJson = all.stripLeading().startsWith("{");
        List<Part> parts = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) all.lines()::iterator) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (parts.size() == MAX_TEXTS) {
                throw refused("has more than " + MAX_TEXTS + " texts", place, number);
            }
            parts.add(isJson ? part(line, place, number) : Part.of(Kind.UNKNOWN, line));
        }
        if (parts.isEmpty()) {
            throw new UserError("There is no text in it", place, "Give one text a line.");
        }
        return new HarmlessTexts(Digest.of(bytes), parts);
    }

    private static String decoded(byte[] bytes, String place) {
        if (bytes.length > MAX_BYTES) {
            throw new UserError(
                    "The texts are larger than " + MAX_BYTES + " bytes", place, "Give fewer.");
        }
        try {
            String all =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return all.startsWith("\uFEFF") ? all.substring(1) : all;
        } catch (CharacterCodingException e) {
            throw new UserError("The texts are not UTF-8", place, "Save them in UTF-8.", e);
        }
    }

    private static Part part(String line, String place, int number) {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (JacksonException e) {
            throw refused("is not JSON: " + e.getOriginalMessage(), place, number);
        }
        if (!node.path("text").isString()) {
            throw refused("has no `text` that is a string", place, number);
        }
        String label = node.path("label").asString("benign").toLowerCase(Locale.ROOT);
        if (!label.equals("benign")) {
            throw refused(
                    "is labelled `" + label + "`: only harmless texts can set a rate",
                    place,
                    number);
        }
        Kind kind =
                Kind.named(node.path("kind").asString("unknown"))
                        .orElseThrow(() -> refused("has an unknown kind", place, number));
        return Part.of(kind, node.path("text").asString());
    }

    private static UserError refused(String what, String place, int number) {
        return new UserError(
                "A line " + what,
                place + ":" + number,
                "Lines are {\"text\"[,\"kind\",\"label\":\"benign\"]}, or plain text.");
    }
}
