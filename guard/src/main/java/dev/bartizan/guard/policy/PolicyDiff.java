package dev.bartizan.guard.policy;

import dev.bartizan.guard.GuardCheck;
import dev.bartizan.guard.GuardCheck.Input;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Recorded traffic under two policies: what would come out otherwise.
///
/// @param lines lines read
/// @param errors lines that could not be judged
/// @param changes what differs, in order, at most {@link #MAX_CHANGES}
/// @param counts how often each change came, such as `allow → block`
public record PolicyDiff(long lines, long errors, List<Change> changes, Map<String, Long> counts) {
    /// Most changes listed one by one.
    public static final int MAX_CHANGES = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Copies the collections.
    public PolicyDiff {
        changes = List.copyOf(changes);
        counts = new TreeMap<>(counts);
    }

    /// One text or call that comes out otherwise.
    ///
    /// @param id of the line
    /// @param call id of the call; empty for a text
    /// @param before what the old policy does
    /// @param after what the new policy does
    /// @param reason the new policy's reason
    public record Change(String id, String call, String before, String after, String reason) {}

    /// Judges each line, a text or a conversation, under both.
    public static PolicyDiff of(PolicyGuard before, PolicyGuard after, Reader traffic)
            throws IOException {
        GuardCheck old = new GuardCheck(before.guard());
        GuardCheck tried = new GuardCheck(after.guard());
        List<Change> changes = new ArrayList<>();
        Map<String, Long> counts = new TreeMap<>();
        BufferedReader lines = new BufferedReader(traffic);
        long read = 0;
        long errors = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            read++;
            JsonNode one = judged(old, line, before);
            JsonNode two = judged(tried, line, after);
            if (one.has("error") || two.has("error")) {
                errors++;
                continue;
            }
            for (Change change : changes(one, two)) {
                counts.merge(change.before() + " → " + change.after(), 1L, Long::sum);
                if (changes.size() < MAX_CHANGES) {
                    changes.add(change);
                }
            }
        }
        return new PolicyDiff(read, errors, changes, counts);
    }

    private static JsonNode judged(GuardCheck check, String line, PolicyGuard policy)
            throws IOException {
        Input input = line.contains("\"messages\"") ? Input.TRANSCRIPTS : Input.TEXTS;
        StringWriter out = new StringWriter();
        check.check(
                new StringReader(line), out, new GuardCheck.Options(input, Optional.of(policy)));
        return MAPPER.readTree(out.toString());
    }

    private static List<Change> changes(JsonNode one, JsonNode two) {
        List<Change> out = new ArrayList<>();
        String id = one.path("id").asString("");
        if (one.has("action")) {
            add(out, new Change(id, "", of(one), of(two), two.path("verdict").asString("")));
        }
        for (int i = 0; i < one.path("calls").size(); i++) {
            JsonNode before = one.path("calls").path(i);
            JsonNode after = two.path("calls").path(i);
            add(
                    out,
                    new Change(
                            id,
                            before.path("call_id").asString(""),
                            before.path("verdict").asString(""),
                            after.path("verdict").asString(""),
                            after.path("reason").asString("")));
        }
        return out;
    }

    private static String of(JsonNode text) {
        return text.path("action").asString("");
    }

    private static void add(List<Change> out, Change change) {
        if (!change.before().equals(change.after())) {
            out.add(change);
        }
    }
}
