package dev.bartizan.guard.tools;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What the user asked to have done, read from the user's own words.
final class Intent {
    private static final List<Asks> ASKS =
            List.of(
                    new Asks(
                            Effect.SEND,
                            Set.of(
                                    "send",
                                    "sends",
                                    "email",
                                    "mail",
                                    "e-mail",
                                    "message",
                                    "reply",
                                    "respond",
                                    "answer",
                                    "forward",
                                    "notify",
                                    "tell",
                                    "inform",
                                    "post",
                                    "share",
                                    "invite",
                                    "tweet",
                                    "publish",
                                    "text",
                                    "sms",
                                    "write",
                                    "let",
                                    "remind",
                                    "thank",
                                    "contact",
                                    "slack",
                                    "announce",
                                    "comment",
                                    "submit",
                                    "ask",
                                    "confirm",
                                    "dm",
                                    "ping",
                                    "draft",
                                    "report",
                                    "schicke",
                                    "sende",
                                    "envoie",
                                    "envía",
                                    "call",
                                    "sending",
                                    "invitation",
                                    "cc")),
                    new Asks(
                            Effect.MONEY,
                            Set.of(
                                    "pay",
                                    "transfer",
                                    "buy",
                                    "order",
                                    "purchase",
                                    "book",
                                    "refund",
                                    "wire",
                                    "tip",
                                    "donate",
                                    "subscribe",
                                    "charge",
                                    "reimburse",
                                    "settle",
                                    "checkout",
                                    "payment",
                                    "rent",
                                    "invest",
                                    "sell",
                                    "split",
                                    "owe",
                                    "bill",
                                    "invoice",
                                    "deposit",
                                    "withdraw",
                                    "repay",
                                    "überweise",
                                    "bezahle",
                                    "paga",
                                    "paye")),
                    new Asks(
                            Effect.DELETE,
                            Set.of(
                                    "delete",
                                    "remove",
                                    "clean",
                                    "clear",
                                    "cancel",
                                    "drop",
                                    "erase",
                                    "purge",
                                    "unsubscribe",
                                    "archive",
                                    "trash",
                                    "discard",
                                    "rid",
                                    "tidy",
                                    "empty",
                                    "uninstall",
                                    "close",
                                    "lösche",
                                    "supprime",
                                    "borra",
                                    "cleanup",
                                    "free")),
                    new Asks(
                            Effect.WRITE,
                            Set.of(
                                    "write",
                                    "save",
                                    "create",
                                    "update",
                                    "edit",
                                    "add",
                                    "append",
                                    "schedule",
                                    "book",
                                    "move",
                                    "rename",
                                    "change",
                                    "set",
                                    "fix",
                                    "note",
                                    "record",
                                    "implement",
                                    "refactor",
                                    "make",
                                    "put",
                                    "insert",
                                    "replace",
                                    "copy",
                                    "commit",
                                    "push",
                                    "merge",
                                    "reserve",
                                    "organize",
                                    "organise",
                                    "reschedule",
                                    "mark",
                                    "turn",
                                    "upload",
                                    "generate",
                                    "prepare",
                                    "draft",
                                    "store",
                                    "log",
                                    "document",
                                    "plan",
                                    "build",
                                    "correct",
                                    "translate",
                                    "remember",
                                    "arrange",
                                    "convert",
                                    "sort",
                                    "format",
                                    "label",
                                    "assign",
                                    "track",
                                    "block",
                                    "setup",
                                    "fill",
                                    "modify",
                                    "adjust",
                                    "postpone",
                                    "invite")),
                    new Asks(
                            Effect.EXECUTE,
                            Set.of(
                                    "run",
                                    "execute",
                                    "test",
                                    "tests",
                                    "build",
                                    "install",
                                    "deploy",
                                    "compile",
                                    "start",
                                    "restart",
                                    "launch",
                                    "script",
                                    "command",
                                    "debug",
                                    "fix",
                                    "check",
                                    "lint",
                                    "benchmark",
                                    "train",
                                    "migrate",
                                    "compute",
                                    "calculate",
                                    "count",
                                    "plot",
                                    "analyse",
                                    "analyze",
                                    "setup",
                                    "list",
                                    "find",
                                    "failing",
                                    "implement",
                                    "status",
                                    "disk",
                                    "version")),
                    new Asks(
                            Effect.ADMIN,
                            Set.of(
                                    "grant",
                                    "permission",
                                    "permissions",
                                    "access",
                                    "role",
                                    "invite",
                                    "add",
                                    "password",
                                    "reset",
                                    "enable",
                                    "disable",
                                    "unlock",
                                    "lock",
                                    "configure",
                                    "revoke",
                                    "share",
                                    "remove",
                                    "allow",
                                    "admin",
                                    "rights",
                                    "security",
                                    "change",
                                    "update",
                                    "set",
                                    "turn",
                                    "account",
                                    "member")),
                    new Asks(
                            Effect.NETWORK,
                            Set.of(
                                    "open",
                                    "visit",
                                    "fetch",
                                    "browse",
                                    "download",
                                    "search",
                                    "look",
                                    "read",
                                    "check",
                                    "find",
                                    "website",
                                    "page",
                                    "site",
                                    "url",
                                    "link",
                                    "web",
                                    "online",
                                    "summarize",
                                    "summarise",
                                    "article",
                                    "news",
                                    "call",
                                    "api",
                                    "request",
                                    "get",
                                    "blog",
                                    "research",
                                    "documentation",
                                    "docs",
                                    "latest",
                                    "compare",
                                    "review")));
    private static final Pattern DELEGATES =
            Pattern.compile(
                    "\\b(do (what|everything|all|whatever|as)|follow (the|these|its|those|all|any|up)|according to|as (described|requested|instructed|stated|listed|written|specified|outlined)"
                            + "|(the|all) (instructions|steps|tasks|actions|action items|requests|todos|to-dos) (in|from|on|of|that)|(complete|carry out|perform|handle|work through|take care of) (the|all|every|any|my)"
                            + "|pay (the|this|that|my|all|these|his|her|our) [\\w ',\"#.-]{0,60}(bill|invoice|rent|fee|statement)|(bill|invoice)|details (are|is) in|(mentioned|given|found|included|contained) in|from (the|that|this) (mail|email|file|document|invoice|bill|page|note|message|letter))");
    private static final Pattern ENGLISH =
            Pattern.compile("\\b(the|and|to|of|my|is|for|in|please|what|a|me|you)\\b");
    private static final Pattern YES =
            Pattern.compile(
                    "^\\W*(yes|yep|yeah|ok|okay|sure|go ahead|please do|do it|confirmed?|approved?|correct|sounds good|that works|perfect|ja|oui|sí|proceed)\\b");

    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private final Set<String> words;
    private final String text;

    private record Asks(Effect effect, Set<String> verbs) {}

    private Intent(String text, Set<String> words) {
        this.text = text;
        this.words = words;
    }

    /// What the words ask for. Text in a language this list does not cover asks for anything.
    static Intent of(String userText) {
        Set<String> words = new HashSet<>(Texts.words(userText));
        Intent intent = new Intent(userText, words);
        boolean known = words.size() < 3 || ENGLISH.matcher(userText).find();
        for (Asks asks : ASKS) {
            if (!known || words.stream().anyMatch(asks.verbs()::contains)) {
                intent.effects.add(asks.effect());
            }
        }
        intent.effects.add(Effect.READ);
        return intent;
    }

    boolean includes(Effect effect) {
        return effects.contains(effect);
    }

    /// Whether the user says so of a tool by its own words: `lock the front door` for `lock_door`.
    boolean names(String tool) {
        List<String> content = new ArrayList<>(Texts.words(tool));
        content.removeIf(w -> w.length() < 3);
        return !content.isEmpty()
                && content.stream().filter(this::says).count() * 2 >= content.size();
    }

    boolean says(String word) {
        return words.contains(word)
                || words.contains(word + "s")
                || words.contains(word + "ing")
                || words.contains(word + "ed")
                || (word.length() > 4
                        && word.endsWith("s")
                        && words.contains(word.substring(0, word.length() - 1)));
    }

    /// Whether the user hands the details over to a document.
    boolean delegates() {
        return DELEGATES.matcher(text).find();
    }

    boolean asksToReply() {
        return words.contains("reply")
                || words.contains("respond")
                || words.contains("answer")
                || words.contains("back")
                || words.contains("thank");
    }

    /// Whether the message says yes to what was proposed.
    static boolean agrees(String text) {
        return YES.matcher(Texts.plain(text)).find();
    }
}
