package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.instructions.ToolManifests;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.regex.Pattern;

/// Settings in TOML: the servers that agents start (Codex, `config.toml`), and whether readers of
/// TOML take the file at all.
public final class TomlFiles {
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final Rule BROKEN =
            Rule.structure("toml-structure", "Have the file saved again.", "CWE-20");

    /// What is filled in before the file is TOML.
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{|\\{%|<%|\\$\\{\\w+}|@@\\w+@@|\\{#");

    private TomlFiles() {}

    /// Notes what a file of that name holds; others are left alone.
    public static void look(String text, Notes notes) {
        if (!notes.item().hasEnding(".toml") || text.length() > MOST_CHARACTERS) {
            return;
        }
        try {
            Json root = TomlReader.read(text);
            root.get("mcp_servers")
                    .ifPresent(servers ->
                            ToolManifests.look(
                                    new Json.Members(
                                            List.of(new Json.Member("mcpServers", servers))),
                                    notes));
        } catch (FormatException e) {
            if (!TEMPLATE.matcher(text).find()) {
                notes.broken(BROKEN, Severity.LOW, e.offset(), "The file is no TOML: " + e.what());
            }
        }
    }
}
