package dev.bartizan.guard.tools;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.text.KeptJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Approvals as a file holds them. Never changes; using one makes another list.
///
/// @param given the approvals that wait
public record ApprovalList(List<Given> given) {
    /// Larger files are refused.
    public static final int MAX_BYTES = 8 << 20;

    private static final KeptJson FILE =
            new KeptJson(
                    "file of approvals",
                    "approvals",
                    MAX_BYTES,
                    "Move it away and approve again: bartizan guard approve.");

    /// Copies the list.
    public ApprovalList {
        given = List.copyOf(given);
    }

    /// One approval.
    ///
    /// @param call digest of the exact call, principal and policy version
    /// @param by who gave it
    /// @param until when it ends
    public record Given(Digest call, String by, Instant until) {}

    /// Reads a file.
    ///
    /// @param place its name, for messages
    /// @throws UserError when it holds anything else: no approval is taken from it then
    public static ApprovalList read(byte[] bytes, String place) {
        return FILE.read(bytes, place, ApprovalList::of);
    }

    private static ApprovalList of(JsonNode root) {
        List<Given> given = new ArrayList<>();
        for (JsonNode one : KeptJson.list(root, "given", Approvals.MAX_WAITING)) {
            given.add(
                    new Given(
                            KeptJson.digest(one.path("call")),
                            one.path("by").asString(""),
                            Instant.ofEpochSecond(one.path("until").asLong(0))));
        }
        return new ApprovalList(given);
    }

    /// The file's bytes.
    public byte[] toBytes() {
        ObjectNode root = FILE.start();
        ArrayNode list = root.putArray("given");
        for (Given one : given) {
            list.addObject()
                    .put("call", one.call().hex())
                    .put("by", one.by())
                    .put("until", one.until().getEpochSecond());
        }
        return root.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    /// Those that still hold.
    public ApprovalList at(Instant now) {
        return new ApprovalList(given.stream().filter(one -> now.isBefore(one.until())).toList());
    }

    /// The same with one more.
    ///
    /// @throws UserError when there are too many
    public ApprovalList and(Given one) {
        List<Given> all = new ArrayList<>(given);
        all.add(one);
        if (all.size() > Approvals.MAX_WAITING) {
            throw new UserError(
                    "More than " + Approvals.MAX_WAITING + " approvals wait",
                    "",
                    "Let some expire, or use another file.");
        }
        return new ApprovalList(all);
    }

    /// The same without the first approval of a call.
    public ApprovalList without(Digest call) {
        List<Given> all = new ArrayList<>(given);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).call().equals(call)) {
                all.remove(i);
                break;
            }
        }
        return new ApprovalList(all);
    }

    /// Whether a call is approved.
    public boolean holds(Digest call) {
        return given.stream().anyMatch(one -> one.call().equals(call));
    }
}
