package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Rows of prompts and data sets in JSON: texts that a model is trained on or given.
public final class DataRows {
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final Set<String> TEXT_KEYS =
            Set.of(
                    "text",
                    "prompt",
                    "instruction",
                    "input",
                    "output",
                    "question",
                    "answer",
                    "response",
                    "completion",
                    "content",
                    "messages",
                    "conversations",
                    "chosen",
                    "rejected",
                    "document",
                    "context",
                    "passage",
                    "body");

    private DataRows() {}

    /// Looks at one row, or at an array of rows; anything else is left alone.
    public static void look(Json root, Notes notes) {
        List<Json> rows = root instanceof Json.Items items ? items.items() : List.of(root);
        StringBuilder text = new StringBuilder();
        for (Json row : rows) {
            if (row instanceof Json.Members members && isRow(members)) {
                List<String> strings = new ArrayList<>();
                ToolManifests.strings(row, strings, 0);
                for (String each : strings) {
                    if (text.length() + each.length() < MOST_CHARACTERS) {
                        text.append(each).append("\n\n");
                    }
                }
            }
        }
        if (!text.isEmpty()) {
            Instructions.look(text.toString(), Instructions.Use.READ, "", notes);
        }
    }

    private static boolean isRow(Json.Members members) {
        return members.members().stream().anyMatch(member -> TEXT_KEYS.contains(member.key()))
                && members.get("model").isEmpty()
                && members.get("version").isEmpty();
    }
}
