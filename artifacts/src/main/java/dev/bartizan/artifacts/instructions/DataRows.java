package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Sentences anywhere in JSON: rows of prompts and data sets, answers of tools, prompts of agents.
/// What a model obeys by its place (a system prompt, a description for a model, what a server
/// answers) is looked at as such, the rest as what a model may be given.
public final class DataRows {
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final int DEEPEST = 40;
    private static final int SHORTEST = 16;
    private static final int LONGEST_INNER = 1 << 20;
    private static final Set<String> OBEYED_KEYS =
            Set.of(
                    "system",
                    "system_prompt",
                    "systemprompt",
                    "system_message",
                    "system_instruction",
                    "systeminstruction",
                    "default_system_prompt",
                    "instructions",
                    "custom_instructions",
                    "customInstructions",
                    "description_for_model",
                    "developer_message",
                    "backstory",
                    "persona");

    /// A document that holds another one.
    private static final Pattern INNER = Pattern.compile("\\s*[\\[{]\\s*[\"{\\[]");

    private final StringBuilder obeyed = new StringBuilder();
    private final StringBuilder read = new StringBuilder();
    private final Notes notes;

    private DataRows(Notes notes) {
        this.notes = notes;
    }

    /// Looks at all sentences of a document.
    public static void look(Json root, Notes notes) {
        boolean isKnownBad =
                notes.hasAtLeast(Severity.HIGH)
                        && notes.findings().stream()
                                .anyMatch(f ->
                                        f.severity().isAtLeast(Severity.HIGH)
                                                && InstructionRules.isAboutOrders(f.rule()));
        if (isKnownBad) {
            return;
        }
        DataRows rows = new DataRows(notes);
        rows.walk(root, isAnswer(root) || isService(root), 0);
        if (!rows.obeyed.isEmpty()) {
            Instructions.look(rows.obeyed.toString(), Instructions.Use.OBEYED, "", notes);
        }
        if (!rows.read.isEmpty()) {
            Instructions.look(rows.read.toString(), Instructions.Use.READ, "", notes);
        }
    }

    /// Whether a document is what a server of the Model Context Protocol answers.
    private static boolean isAnswer(Json root) {
        return root.get("jsonrpc").isPresent()
                && (root.get("result").isPresent() || root.get("error").isPresent());
    }

    /// Whether a document describes a service to models: OpenAPI, an agent's card.
    private static boolean isService(Json root) {
        boolean isOpenApi = root.get("openapi").isPresent() && root.get("paths").isPresent();
        boolean isCard =
                root.get("skills").isPresent()
                        && root.get("url").isPresent()
                        && root.get("name").isPresent();
        return isOpenApi || isCard;
    }

    private void walk(Json node, boolean isObeyed, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (node) {
            case Json.Text text -> take(text.value(), isObeyed, depth);
            case Json.Members members -> {
                boolean isSystem =
                        members.text("role")
                                .filter(role -> role.equals("system") || role.equals("developer"))
                                .isPresent();
                for (Json.Member member : members.members()) {
                    boolean isKey = OBEYED_KEYS.contains(member.key());
                    boolean isContent = isSystem && member.key().equals("content");
                    walk(member.value(), isObeyed || isKey || isContent, depth + 1);
                }
            }
            case Json.Items items -> {
                if (items.items().stream().allMatch(Json.Text.class::isInstance)) {
                    lines(items.items(), isObeyed);
                } else {
                    items.items().forEach(item -> walk(item, isObeyed, depth + 1));
                }
            }
            case Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    /// Texts that stand one behind the other, as the lines of a notebook's cell do.
    private void lines(List<Json> items, boolean isObeyed) {
        StringBuilder into = isObeyed ? obeyed : read;
        for (Json item : items) {
            if (item instanceof Json.Text text
                    && text.value().indexOf(' ') >= 0
                    && into.length() + text.value().length() < MOST_CHARACTERS) {
                into.append(text.value()).append(text.value().endsWith("\n") ? "" : "\n");
            }
        }
        into.append('\n');
    }

    private void take(String text, boolean isObeyed, int depth) {
        if (text.length() < SHORTEST) {
            return;
        }
        if (text.length() < LONGEST_INNER && depth < 8 && INNER.matcher(text).lookingAt()) {
            inner(text, isObeyed, depth);
        }
        StringBuilder into = isObeyed ? obeyed : read;
        if (into.length() + text.length() < MOST_CHARACTERS) {
            into.append(text).append("\n\n");
        }
    }

    private void inner(String text, boolean isObeyed, int depth) {
        try {
            Json inner = JsonReader.read(text, JsonLimits.forHeap()).value();
            ToolManifests.look(inner, notes);
            walk(inner, isObeyed, depth + 4);
        } catch (FormatException e) {
            // A text that only begins like a document is looked at as it stands.
            return;
        }
    }
}
