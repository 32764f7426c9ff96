package dev.bartizan.guard.tools;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a tool does to the world.
public enum Effect {
    /// Looks something up.
    READ,
    /// Speaks to somebody.
    SEND,
    /// Moves money or orders goods.
    MONEY,
    /// Destroys something.
    DELETE,
    /// Changes or creates something.
    WRITE,
    /// Runs code.
    EXECUTE,
    /// Calls an address on the network.
    NETWORK,
    /// Changes rights, accounts or security.
    ADMIN;

    private static final Set<String> LOOKS =
            Set.of(
                    "get",
                    "list",
                    "read",
                    "search",
                    "find",
                    "show",
                    "view",
                    "check",
                    "lookup",
                    "query",
                    "count",
                    "recall",
                    "retrieve",
                    "load",
                    "summarize",
                    "summarise",
                    "describe",
                    "inspect",
                    "calculate",
                    "compute",
                    "convert",
                    "translate",
                    "verify",
                    "validate",
                    "compare",
                    "estimate",
                    "parse",
                    "analyze",
                    "ls",
                    "cat",
                    "grep",
                    "head",
                    "status",
                    "weather",
                    "remember",
                    "lookups",
                    "quote",
                    "preview");
    private static final List<Verbs> VERBS =
            List.of(
                    new Verbs(
                            MONEY,
                            Set.of(
                                    "pay",
                                    "payment",
                                    "payments",
                                    "transfer",
                                    "purchase",
                                    "buy",
                                    "order",
                                    "checkout",
                                    "refund",
                                    "wire",
                                    "invest",
                                    "trade",
                                    "donate",
                                    "charge",
                                    "payout",
                                    "withdraw",
                                    "deposit",
                                    "money",
                                    "sell",
                                    "tip",
                                    "payroll",
                                    "remit")),
                    new Verbs(
                            DELETE,
                            Set.of(
                                    "delete",
                                    "remove",
                                    "erase",
                                    "cancel",
                                    "drop",
                                    "clear",
                                    "purge",
                                    "trash",
                                    "unsubscribe",
                                    "destroy",
                                    "rm",
                                    "wipe",
                                    "archive",
                                    "uninstall",
                                    "close")),
                    new Verbs(
                            ADMIN,
                            Set.of(
                                    "grant",
                                    "permission",
                                    "permissions",
                                    "role",
                                    "password",
                                    "access",
                                    "unlock",
                                    "disable",
                                    "enable",
                                    "policy",
                                    "privilege",
                                    "admin",
                                    "whitelist",
                                    "allowlist",
                                    "firewall",
                                    "credentials",
                                    "acl",
                                    "collaborator",
                                    "member",
                                    "revoke",
                                    "security")),
                    new Verbs(
                            EXECUTE,
                            Set.of(
                                    "run",
                                    "exec",
                                    "execute",
                                    "shell",
                                    "bash",
                                    "terminal",
                                    "command",
                                    "eval",
                                    "python",
                                    "script",
                                    "deploy",
                                    "install",
                                    "interpreter",
                                    "powershell",
                                    "code")),
                    new Verbs(
                            SEND,
                            Set.of(
                                    "send",
                                    "email",
                                    "mail",
                                    "message",
                                    "post",
                                    "reply",
                                    "forward",
                                    "share",
                                    "notify",
                                    "publish",
                                    "tweet",
                                    "invite",
                                    "sms",
                                    "call",
                                    "slack",
                                    "comment",
                                    "submit",
                                    "respond",
                                    "chat",
                                    "broadcast",
                                    "dm",
                                    "whatsapp",
                                    "contact")),
                    new Verbs(
                            NETWORK,
                            Set.of(
                                    "fetch",
                                    "http",
                                    "request",
                                    "browse",
                                    "open",
                                    "visit",
                                    "download",
                                    "curl",
                                    "webhook",
                                    "webpage",
                                    "url",
                                    "navigate",
                                    "goto",
                                    "website",
                                    "page",
                                    "crawl",
                                    "scrape",
                                    "click")),
                    new Verbs(
                            WRITE,
                            Set.of(
                                    "write",
                                    "create",
                                    "update",
                                    "edit",
                                    "save",
                                    "append",
                                    "add",
                                    "set",
                                    "move",
                                    "rename",
                                    "upload",
                                    "insert",
                                    "put",
                                    "modify",
                                    "schedule",
                                    "book",
                                    "reserve",
                                    "copy",
                                    "commit",
                                    "push",
                                    "merge",
                                    "make",
                                    "change",
                                    "replace",
                                    "reschedule",
                                    "store",
                                    "note",
                                    "mark",
                                    "patch",
                                    "assign",
                                    "register",
                                    "label",
                                    "turn",
                                    "control")));

    private record Verbs(Effect effect, Set<String> words) {}

    /// The effect of that name; empty when there is none.
    public static Optional<Effect> named(String name) {
        for (Effect effect : values()) {
            if (effect.label().equals(name)) {
                return Optional.of(effect);
            }
        }
        return Optional.empty();
    }

    /// The name as written in files.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The effect that a tool's name tells of, and when the name is silent, its description.
    static Effect infer(String toolName, String description) {
        List<String> name = Texts.words(toolName);
        if (!name.isEmpty() && LOOKS.contains(name.getFirst())) {
            return name.contains("url")
                            || name.contains("webpage")
                            || name.contains("website")
                            || name.contains("http")
                    ? NETWORK
                    : READ;
        }
        Effect leading = name.isEmpty() ? READ : match(List.of(name.getFirst()));
        if (leading != READ && (leading != WRITE || name.size() == 1)) {
            return strongest(leading, match(name));
        }
        Effect byName = match(name);
        if (byName != READ) {
            return byName;
        }
        if (name.stream().anyMatch(LOOKS::contains)) {
            return READ;
        }
        List<String> words = Texts.words(description);
        return match(words.subList(0, Math.min(3, words.size())));
    }

    private static Effect strongest(Effect leading, Effect any) {
        return any == MONEY || any == ADMIN || (any == SEND && leading == NETWORK) ? any : leading;
    }

    private static Effect match(List<String> words) {
        for (Verbs verbs : VERBS) {
            for (String word : words) {
                if (verbs.words().contains(word) || isPlural(verbs.words(), word)) {
                    return verbs.effect();
                }
            }
        }
        return READ;
    }

    private static boolean isPlural(Set<String> verbs, String word) {
        return word.length() > 3
                && word.endsWith("s")
                && verbs.contains(word.substring(0, word.length() - 1));
    }
}
