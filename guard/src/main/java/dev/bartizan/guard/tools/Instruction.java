package dev.bartizan.guard.tools;

import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.Lexicon.Hit;
import java.util.List;
import java.util.Set;

/// Tells a sentence that asks for something from data.
final class Instruction {
    private static final int AROUND = 220;
    private static final Set<String> VERBS =
            Set.of(
                    "send",
                    "forward",
                    "transfer",
                    "pay",
                    "delete",
                    "remove",
                    "email",
                    "mail",
                    "share",
                    "post",
                    "upload",
                    "run",
                    "execute",
                    "call",
                    "invite",
                    "add",
                    "book",
                    "buy",
                    "purchase",
                    "open",
                    "visit",
                    "click",
                    "download",
                    "install",
                    "update",
                    "change",
                    "set",
                    "create",
                    "write",
                    "reply",
                    "notify",
                    "use",
                    "include",
                    "append",
                    "grant",
                    "reset",
                    "copy",
                    "move",
                    "wire",
                    "cancel",
                    "make",
                    "ensure",
                    "fetch",
                    "navigate",
                    "go",
                    "submit",
                    "reveal",
                    "print",
                    "export",
                    "give",
                    "put",
                    "order",
                    "schedule",
                    "remit",
                    "disable",
                    "read",
                    "curl",
                    "redirect",
                    "cc",
                    "bcc",
                    "please",
                    "kindly",
                    "must",
                    "should",
                    "ignore",
                    "disregard",
                    "forget",
                    "immediately",
                    "instead",
                    "proceed",
                    "save",
                    "store",
                    "approve",
                    "remember",
                    "always",
                    "replace",
                    "whenever",
                    "unlock",
                    "attach",
                    "contact",
                    "message",
                    "publish");
    private static final Set<String> STRONG =
            Set.of("override-verb", "role-mark", "secrecy", "new-task", "authority", "ai-noun");

    private Instruction() {}

    /// Whether a line reads as a sentence that asks somebody to act.
    static boolean isSentence(String line) {
        List<String> words = Texts.words(line);
        if (words.size() < 4) {
            return false;
        }
        long verbs = words.stream().filter(VERBS::contains).count();
        boolean leading = VERBS.contains(words.getFirst()) || VERBS.contains(words.get(1));
        return (leading && words.size() >= 5)
                || (verbs >= 2 && words.size() >= 8)
                || words.size() > 18;
    }

    /// Whether any place of the value lies within or beside words that direct a reader to act.
    static boolean isNear(String text, String value) {
        int at = text.indexOf(value);
        int tries = 0;
        while (at >= 0 && tries++ < 20) {
            int from = Math.max(0, at - AROUND);
            int to = Math.min(text.length(), at + value.length() + AROUND / 2);
            if (directs(text.substring(from, to))) {
                return true;
            }
            at = text.indexOf(value, at + value.length());
        }
        return false;
    }

    /// Whether the text directs a reader to act, and speaks to a machine, in secret or with rank.
    static boolean directs(String text) {
        boolean verb = Texts.words(text).stream().anyMatch(VERBS::contains);
        if (!verb) {
            return false;
        }
        Lexicon lexicon = Lexicon.shipped();
        int kinds = 0;
        int seen = 0;
        for (Hit hit : lexicon.find(text)) {
            int bit = 1 << hit.concept();
            if ((seen & bit) == 0 && STRONG.contains(lexicon.concepts().get(hit.concept()))) {
                seen |= bit;
                kinds++;
            }
        }
        return kinds >= 1;
    }
}
