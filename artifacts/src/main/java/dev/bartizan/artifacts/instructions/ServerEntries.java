package dev.bartizan.artifacts.instructions;

import dev.bartizan.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Servers that settings list, in the forms that clients have for them: an object by names or a
/// list, a command with arguments beside it, within it, or as one list.
///
/// @param name under which the client lists it
/// @param server as most clients have it: `command`, `args`, `env`, `url`
record ServerEntries(String name, Json server) {
    /// Keys under which Claude, Cursor, VS Code, Zed, Codex, Continue, Cline, opencode and bundles
    /// of extensions list servers.
    private static final Set<String> LISTS =
            Set.of("mcpServers", "servers", "context_servers", "mcp_servers", "mcp-servers", "mcp");

    /// Those under which descriptions of services list addresses as well.
    private static final Set<String> DESCRIBED_TOO = Set.of("servers", "mcp");

    private static final Set<String> SINGLE = Set.of("mcp_config", "mcpConfig");
    private static final List<String> COMMANDS = List.of("command", "cmd");

    /// The servers that stand directly under one of the keys of an object.
    static List<ServerEntries> in(Json.Members members) {
        List<ServerEntries> all = new ArrayList<>();
        for (Json.Member member : members.members()) {
            String key = member.key().substring(member.key().lastIndexOf('.') + 1);
            if (SINGLE.contains(key)) {
                add(key, member.value(), all);
            } else if (LISTS.contains(key)) {
                listed(member.value(), DESCRIBED_TOO.contains(key), all);
            }
        }
        return all;
    }

    private static void listed(Json list, boolean isAmbiguous, List<ServerEntries> into) {
        switch (list) {
            case Json.Members named ->
                    named.members().forEach(server -> add(server.key(), server.value(), into));
            case Json.Items items ->
                    items.items().stream()
                            .filter(item -> !isAmbiguous || item.get("command").isPresent())
                            .forEach(item -> add(name(item), item, into));
            case Json.Text _, Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private static String name(Json server) {
        return server.text("name").or(() -> server.text("id")).orElse("");
    }

    private static void add(String name, Json server, List<ServerEntries> into) {
        if (!(server instanceof Json.Members given)) {
            return;
        }
        Json.Members plain = plain(given);
        boolean isServer = plain.text("command").isPresent() || plain.text("url").isPresent();
        if (isServer) {
            into.add(new ServerEntries(name, plain));
        }
    }

    /// The usual form; what stands in an inner object (`transport`, `command`) comes to the others.
    private static Json.Members plain(Json.Members given) {
        List<Json.Member> members = new ArrayList<>(given.members());
        if (given.get("transport").orElse(new Json.Null()) instanceof Json.Members transport) {
            members.addAll(transport.members());
        }
        for (String key : COMMANDS) {
            switch (given.get(key).orElse(new Json.Null())) {
                case Json.Members inner -> {
                    members.addAll(inner.members());
                    inner.get("path").ifPresent(path -> members.add(member("command", path)));
                }
                case Json.Items words -> {
                    if (!words.items().isEmpty()) {
                        members.add(member("command", words.items().getFirst()));
                        List<Json> rest = words.items().subList(1, words.items().size());
                        members.add(member("args", new Json.Items(rest)));
                    }
                }
                case Json.Text command -> members.add(member("command", command));
                case Json.Numeral _, Json.Truth _, Json.Null _ -> {}
            }
        }
        given.get("environment")
                .or(() -> given.get("envs"))
                .ifPresent(env -> members.add(member("env", env)));
        given.get("serverUrl")
                .or(() -> given.get("httpUrl"))
                .or(() -> given.get("uri"))
                .ifPresent(url -> {
                    if (given.text("url").isEmpty()) {
                        members.add(member("url", url));
                    }
                });
        return new Json.Members(members);
    }

    private static Json.Member member(String key, Json value) {
        return new Json.Member(key, value);
    }
}
