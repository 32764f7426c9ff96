package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A note that an element's file had this digest, and who pinned it.
///
/// @param element id of the element
/// @param path path of the file, as the system file names it
/// @param digest of its bytes
/// @param owner who answers for it
/// @param at when
public record PinRecord(String element, String path, Digest digest, String owner, Instant at) {
    ObjectNode write() {
        return StrictJson.object()
                .put("element", StrictJson.wellFormed(element))
                .put("path", StrictJson.wellFormed(path))
                .put("sha256", digest.hex())
                .put("owner", StrictJson.wellFormed(owner))
                .put("at", at.toString());
    }

    static PinRecord read(JsonNode node) {
        StrictJson.requireKeys(node, "Pin", Set.of("element", "path", "sha256", "owner", "at"));
        try {
            return new PinRecord(
                    StrictJson.text(node, "element"),
                    StrictJson.text(node, "path"),
                    new Digest(StrictJson.text(node, "sha256")),
                    StrictJson.text(node, "owner"),
                    Instant.parse(StrictJson.text(node, "at")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw StrictJson.wrong("Impossible value: " + e.getMessage(), e);
        }
    }
}
