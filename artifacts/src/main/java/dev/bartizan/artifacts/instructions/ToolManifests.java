package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.text.ActiveMarkup;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// MCP: tool lists (`tools` with `name`, `description`, `inputSchema`) and client settings
/// (`mcpServers` or `servers` with `command`, `args`, `env`, `url`), as the Model Context Protocol
/// and its clients write them.
public final class ToolManifests {
    private static final int DEEPEST = 40;
    private static final List<Pattern> RULES_FOREIGN =
            List.of(
                    Pattern.compile("(?is)<important>.{0,1000}\\b(tool|function|server)s?\\b"),
                    Pattern.compile(
                            "(?is)\\bwhen\\b.{0,60}\\b(tool|function|server)\\b.{0,60}\\b(is|are|be|gets?) (called|used|invoked|available|present)\\b.{0,200}\\b(must|always|never|instead|change|redirect)\\b"),
                    Pattern.compile(
                            "(?is)\\b(any|all|every|other)\\b.{0,30}\\btools?\\b.{0,120}\\b(must|redirect|instead|change the)\\b"));

    /// What each of those needs.
    private static final Pattern SPEAKS_OF_TOOLS = Pattern.compile("(?i)tool|function|server");

    private static final Pattern RULES_OTHERS =
            Pattern.compile(
                    "(?is)\\b(before|instead of|whenever|when|every time|prior to|after)\\b.{0,40}\\b(us(e|ing)|call(ing)?|invok(e|ing)|send(ing)?)\\b.{0,80}|\\b(other|any|all)\\b.{0,20}\\btools?\\b.{0,40}\\b(must|always|never|first|change|redirect|replace)\\b");
    private static final Pattern DEMANDS =
            Pattern.compile(
                    "(?i)\\b(must|always|never|first|instead|required|redirect|replace|prior to|before (answering|responding|replying)|note (for|to) the (assistant|model|agent|ai))\\b");
    private static final Pattern ASKS_FOR_ALL =
            Pattern.compile(
                    "(?i)\\b(full|entire|complete|whole|all( of)?( the)?)\\b.{0,30}\\b(conversation|chat history|system prompt|context|(previous|prior|earlier|past|chat|user'?s?) messages|previous tool)\\b|\\bsystem prompt\\b|\\b(every|all|each|the) other tool'?s?\\b.{0,20}\\b(descriptions?|schemas?|definitions?)\\b|\\b(contents?|text) of\\b.{0,60}(~/|\\.ssh|\\.env|id_rsa|credentials|mcp\\.json)");

    /// What a tool does that asks another model.
    private static final Pattern CALLS_MODEL =
            Pattern.compile(
                    "(?i)\\b(?:sends?|asks?|calls?|prompts?|quer(?:y|ies)|generates?|invokes?|runs?|chats?)\\b[^.\\n]{0,60}?\\b(?:another|other|language|local|remote|hosted|ai|chat|open|different|second)[ -](?:\\w{1,12} )?(?:models?|llms?|agents?)\\b|\\bchat completions?\\b|\\bsub-?agents?\\b");

    private static final Set<String> WIDE =
            Set.of(
                    "*",
                    "all",
                    "admin",
                    "root",
                    "full_access",
                    "full-access",
                    "owner",
                    "admin:org",
                    "admin:*",
                    "repo:*",
                    "*:*",
                    "https://www.googleapis.com/auth/drive",
                    "https://mail.google.com/",
                    "https://www.googleapis.com/auth/cloud-platform");

    private final Notes notes;

    private ToolManifests(Notes notes) {
        this.notes = notes;
    }

    /// Notes what a document's tools and servers are.
    public static void look(Json root, Notes notes) {
        ToolManifests manifests = new ToolManifests(notes);
        manifests.walk(root, 0);
        manifests.acrossServers(root);
    }

    private void walk(Json node, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (node) {
            case Json.Members members -> {
                for (String key : List.of("tools", "functions", "function_declarations")) {
                    tools(offered(members.items(key)));
                }
                handedOut(members);
                servers(members);
                scopes(members);
                members.members().forEach(member -> walk(member.value(), depth + 1));
            }
            case Json.Items items -> {
                if (depth == 0) {
                    tools(offered(items.items()).stream().filter(ToolManifests::isCalled).toList());
                }
                items.items().forEach(item -> walk(item, depth + 1));
            }
            case Json.Text _, Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    /// The tools of a list, each as it stands or within `function` as the API of OpenAI has it.
    private static List<Json> offered(List<Json> items) {
        return items.stream()
                .map(item -> item.get("function").filter(ToolManifests::isTool).orElse(item))
                .filter(ToolManifests::isTool)
                .toList();
    }

    /// Whether it says what it is called with; only that tells a list of tools from one of others.
    private static boolean isCalled(Json tool) {
        return tool.get("inputSchema").isPresent()
                || tool.get("input_schema").isPresent()
                || tool.get("parameters").isPresent();
    }

    /// A tool that two servers offer: the one that answers may be the other one.
    private void acrossServers(Json root) {
        List<Json> servers = new ArrayList<>(root.items("servers"));
        for (String key : List.of("servers", "mcpServers")) {
            if (root.get(key).orElse(new Json.Null()) instanceof Json.Members members) {
                members.members().forEach(member -> servers.add(member.value()));
            }
        }
        Set<String> seen = new HashSet<>();
        for (Json server : servers) {
            Set<String> own = new HashSet<>();
            server.items("tools").stream()
                    .filter(ToolManifests::isTool)
                    .forEach(tool -> own.add(tool.text("name").orElse("")));
            for (String name : own) {
                if (!seen.add(name)) {
                    shadow(Severity.MEDIUM, name, "Two servers offer a tool \"" + name + "\"");
                }
            }
        }
    }

    /// Prompts, resources and instructions that a server hands out; models obey them like tools.
    private void handedOut(Json.Members members) {
        boolean isServer =
                members.get("serverInfo").isPresent() || members.get("protocolVersion").isPresent();
        if (isServer) {
            members.text("instructions").ifPresent(text -> obeyed(text, "instructions"));
        }
        for (String key : List.of("prompts", "resources", "resourceTemplates")) {
            for (Json each : members.items(key)) {
                boolean isOne =
                        each.text("name").isPresent()
                                && (each.text("description").isPresent()
                                        || each.text("uri").isPresent());
                if (isOne) {
                    List<String> texts = new ArrayList<>();
                    strings(each, texts, 0);
                    String place = key + "/" + each.text("name").orElse("");
                    obeyed(String.join("\n", texts), place);
                    sink(each, place);
                }
            }
        }
    }

    private void obeyed(String text, String place) {
        notes.format("mcp-tools", false);
        hidden(text, place);
        Instructions.look(text, Instructions.Use.OBEYED, place, notes);
    }

    private static boolean isTool(Json node) {
        return node.text("name").isPresent()
                && (node.text("description").isPresent()
                        || node.get("inputSchema").isPresent()
                        || node.get("input_schema").isPresent());
    }

    private void tools(List<Json> tools) {
        if (tools.isEmpty()) {
            return;
        }
        notes.format("mcp-tools", false);
        ToolNames names =
                ToolNames.of(tools.stream().map(tool -> tool.text("name").orElse("")).toList());
        Set<String> seen = new HashSet<>();
        NearNames near = new NearNames();
        for (Json tool : tools) {
            if (!notes.hasRoomFor(Severity.HIGH)) {
                notes.notCovered("tools behind those with as many findings as are listed");
                return;
            }
            String name = tool.text("name").orElse("");
            notes.reaches("tool " + name);
            if (!seen.add(name)) {
                shadow(Severity.MEDIUM, name, "Two tools are called \"" + name + "\"");
            }
            Optional<String> other =
                    notes.hasRoomFor(Severity.MEDIUM) ? near.before(name) : Optional.empty();
            other.ifPresent(is ->
                    shadow(
                            Severity.MEDIUM,
                            name,
                            "A tool's name is nearly that of another: \"" + is + "\""));
            if (name.chars().anyMatch(c -> c > 0x7e || c < 0x21)) {
                shadow(
                        Severity.MEDIUM,
                        name,
                        "A tool's name has characters that look like others or are not seen");
            }
            description(tool, name, names);
        }
    }

    private void description(Json tool, String name, ToolNames names) {
        List<String> texts = new ArrayList<>();
        strings(tool, texts, 0);
        String all = String.join("\n", texts);
        Instructions.look(all, Instructions.Use.OBEYED, "tools/" + name, notes);
        spoken(tool, name);
        if (!notes.hasRoomFor(Severity.MEDIUM)) { // all that follows is no worse
            return;
        }
        hidden(all, "tools/" + name);
        OutOfView.in(texts)
                .ifPresent(what ->
                        notes.findingAt(
                                InstructionRules.HIDDEN,
                                Severity.MEDIUM,
                                notes.item().path() + "#tools/" + name,
                                "Blanks push a part of the text out of view: \"" + what + "\""));
        sink(tool, "tools/" + name);
        ActiveMarkup.sends(all)
                .ifPresent(found ->
                        notes.findingAt(
                                InstructionRules.INSTRUCTION,
                                Severity.MEDIUM,
                                notes.item().path() + "#tools/" + name,
                                "The text is markup that sends something on where it is shown: "
                                        + found));
        String description = tool.text("description").orElse("");
        boolean demands = DEMANDS.matcher(all).find();
        boolean rulesOthers =
                demands
                        && DEMANDS.matcher(description).find()
                        && RULES_OTHERS.matcher(description).find();
        for (String other : rulesOthers ? names.in(description) : Set.<String>of()) {
            if (!other.equals(name)) {
                shadow(
                        Severity.LOW,
                        name,
                        "The description of \""
                                + name
                                + "\" says how \""
                                + other
                                + "\" is to be used");
            }
        }
        boolean rulesForeign =
                SPEAKS_OF_TOOLS.matcher(description).find()
                        && RULES_FOREIGN.stream()
                                .anyMatch(rule -> rule.matcher(description).find());
        if (rulesForeign) {
            shadow(
                    Severity.MEDIUM,
                    name,
                    "The description of \"" + name + "\" gives orders about other tools");
        } else {
            Shadowing.in(description, name, names.words())
                    .ifPresent(what ->
                            shadow(
                                    Severity.MEDIUM,
                                    name,
                                    "The description of \"" + name + "\" " + what));
        }
        if (demands && asksForAll(all, description)) {
            notes.findingAt(
                    InstructionRules.INSTRUCTION,
                    Severity.MEDIUM,
                    notes.item().path() + "#tools/" + name,
                    "\""
                            + name
                            + "\" asks for the conversation, the system prompt or files it has no need of");
        }
    }

    /// Whether a tool asks for what it has no need of, and does not merely talk about it or hand it
    /// to a model of its own.
    private static boolean asksForAll(String all, String description) {
        Matcher asked = ASKS_FOR_ALL.matcher(all);
        Mentions mentions = new Mentions(all);
        boolean callsModel = CALLS_MODEL.matcher(description).find();
        while (asked.find()) {
            boolean isOwn = callsModel && asked.group().equalsIgnoreCase("system prompt");
            if (!isOwn && !mentions.isTalkedAbout(asked.start())) {
                return true;
            }
        }
        return false;
    }

    /// What terminals do not show of a text.
    private void hidden(String text, String place) {
        if (Terminal.hides(text)) {
            notes.findingAt(
                    InstructionRules.HIDDEN,
                    Severity.MEDIUM,
                    notes.item().path() + "#" + place,
                    "Orders to the terminal hide a part of the text");
        }
    }

    private void sink(Json node, String place) {
        ToolSinks.in(node)
                .ifPresent(what ->
                        notes.findingAt(
                                InstructionRules.INSTRUCTION,
                                Severity.MEDIUM,
                                notes.item().path() + "#" + place,
                                "\"" + node.text("name").orElse("") + "\" " + what));
    }

    private void spoken(Json tool, String name) {
        SpokenNames.in(tool)
                .ifPresent(said ->
                        notes.findingAt(
                                InstructionRules.INSTRUCTION,
                                said.isOrder() ? Severity.HIGH : Severity.MEDIUM,
                                notes.item().path() + "#tools/" + name,
                                said.isOrder()
                                        ? "A name is an order to the model: \"" + said.what() + "\""
                                        : "The parameter \""
                                                + said.what()
                                                + "\" asks for what the tool has no need of"));
    }

    /// Every key and text in a document.
    static void strings(Json node, List<String> into, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (node) {
            case Json.Text text -> into.add(text.value());
            case Json.Members members ->
                    members.members()
                            .forEach(member -> {
                                into.add(member.key());
                                strings(member.value(), into, depth + 1);
                            });
            case Json.Items items -> items.items().forEach(item -> strings(item, into, depth + 1));
            case Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }

    private void shadow(Severity severity, String name, String message) {
        notes.findingAt(
                InstructionRules.SHADOWING,
                severity,
                notes.item().path() + "#tools/" + name,
                message);
    }

    private void servers(Json.Members members) {
        for (ServerEntries entry : ServerEntries.in(members)) {
            notes.format("mcp-settings", true);
            new ServerSettings(notes, entry.name(), entry.server()).look();
        }
    }

    private void scopes(Json.Members members) {
        for (String key : List.of("scopes", "permissions", "oauth_scopes")) {
            for (Json scope : members.items(key)) {
                if (scope instanceof Json.Text text
                        && WIDE.contains(text.value().toLowerCase(java.util.Locale.ROOT))) {
                    notes.findingAt(
                            InstructionRules.SCOPE,
                            Severity.MEDIUM,
                            notes.item().path() + "#" + key,
                            "Asks for everything: \"" + text.value() + "\"");
                }
            }
        }
    }
}
