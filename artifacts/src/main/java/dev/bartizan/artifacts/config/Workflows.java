package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.text.Commands;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;

/// Workflows of n8n: nodes that hand a command to a shell, on this machine or another (n8n,
/// "Execute Command", "SSH").
final class Workflows {
    private static final int MOST = 10_000;

    private Workflows() {}

    /// Notes what the commands of a workflow do.
    static void look(Json root, Notes notes) {
        if (root.get("connections").isEmpty() && root.get("workflow").isEmpty()) {
            return;
        }
        Json holder = root.get("workflow").filter(Json.Members.class::isInstance).orElse(root);
        List<Json> nodes = holder.items("nodes");
        for (int i = 0; i < Math.min(nodes.size(), MOST); i++) {
            Json node = nodes.get(i);
            boolean isShell =
                    node.text("type")
                            .filter(type -> type.matches("(?i).{0,80}\\.(?:executeCommand|ssh)"))
                            .isPresent();
            String place = notes.item().path() + "#nodes[" + i + "].parameters.command";
            node.get("parameters")
                    .flatMap(parameters -> parameters.text("command"))
                    .filter(_ -> isShell)
                    .flatMap(Commands::judge)
                    .filter(judged -> judged.severity().isAtLeast(Severity.HIGH))
                    .ifPresent(judged ->
                            notes.findingAt(
                                    TextRules.CODE_BESIDE,
                                    Severity.HIGH,
                                    place,
                                    "A step of the workflow runs: " + judged.text()));
        }
    }
}
