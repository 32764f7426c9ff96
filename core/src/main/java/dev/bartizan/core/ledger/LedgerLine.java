package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A line of the ledger: a leaf, its place, and the leaf hash of the line before.
///
/// @param index place from 0
/// @param previous leaf hash of the line before; {@link #NONE} in the first
/// @param leaf what it says
record LedgerLine(long index, Digest previous, Leaf leaf) {
    /// What the first line has for the hash of the line before.
    static final Digest NONE = new Digest("0".repeat(64));

    private static final String START = "{\"body\":";
    private static final int VERSION = 1;
    private static final Set<String> KEYS = Set.of("body", "index", "kind", "previous", "v");

    /// The canonical line, without a newline: keys in canonical order round a canonical body.
    byte[] encode() {
        String line =
                START
                        + leaf.body()
                        + ",\"index\":"
                        + index
                        + ",\"kind\":\""
                        + leaf.kind()
                        + "\",\"previous\":\""
                        + previous.hex()
                        + "\",\"v\":"
                        + VERSION
                        + "}";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /// Reads a line without its newline.
    ///
    /// @throws UserError when it is not UTF-8, not JSON, not canonical, or not a ledger line
    static LedgerLine decode(byte[] bytes) {
        String text = utf8(bytes);
        JsonNode node = StrictJson.parse(text);
        if (!canonical(node).equals(text)) {
            throw StrictJson.wrong("Not in canonical form (RFC 8785)");
        }
        StrictJson.requireKeys(node, "Line", KEYS);
        int version = StrictJson.count(node, "v");
        if (version != VERSION) {
            throw StrictJson.wrong(
                    "Form " + version + " of the ledger, this tool knows " + VERSION);
        }
        JsonNode index = StrictJson.required(node, "index");
        if (!index.isIntegralNumber() || !index.canConvertToLong() || index.longValue() < 0) {
            throw StrictJson.wrong("Key \"index\" is not a place");
        }
        try {
            return new LedgerLine(
                    index.longValue(),
                    new Digest(StrictJson.text(node, "previous")),
                    leaf(node, text));
        } catch (IllegalArgumentException e) {
            throw StrictJson.wrong(String.valueOf(e.getMessage()), e);
        }
    }

    /// The body is cut out of the text: in a canonical line it comes first, and the last `index`
    /// follows it, since no later value holds a quotation mark.
    private static Leaf leaf(JsonNode node, String text) {
        String kind = StrictJson.text(node, "kind");
        JsonNode body = StrictJson.required(node, "body");
        int end =
                text.lastIndexOf(
                        ",\"index\":" + StrictJson.required(node, "index").longValue() + ",");
        return Leaf.read(kind, text.substring(START.length(), end), body);
    }

    private static String canonical(JsonNode node) {
        try {
            return Jcs.write(node);
        } catch (IllegalArgumentException e) {
            throw StrictJson.wrong("Not in canonical form: " + e.getMessage(), e);
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw StrictJson.wrong("Not UTF-8", e);
        }
    }
}
