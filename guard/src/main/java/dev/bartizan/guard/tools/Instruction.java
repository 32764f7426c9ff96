package dev.bartizan.guard.tools;

import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.Lexicon.Hit;
import java.util.List;
import java.util.Set;

/// Tells a sentence that asks for something from data.
final class Instruction {
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
                    "publish",
                    "push",
                    "edit",
                    "skip",
                    "deploy",
                    "merge",
                    "commit",
                    "modify",
                    "sent",
                    "shared",
                    "forwarded",
                    "paid",
                    "transferred",
                    "directed",
                    "need",
                    "needs",
                    "required",
                    "invest",
                    "donate",
                    "show",
                    "display",
                    "render",
                    "follow");
    private static final Set<String> GLUE =
            Set.of(
                    "to", "the", "this", "it", "is", "was", "of", "and", "for", "with", "that",
                    "you", "your", "a", "in", "on", "will", "have", "has", "be", "as", "from",
                    "are", "so", "if", "when", "all");
    private static final Set<String> STRONG =
            Set.of("override-verb", "role-mark", "secrecy", "new-task", "authority", "ai-noun");

    private Instruction() {}

    /// Whether a line reads as a sentence that asks somebody to act, or as running text.
    static boolean isSentence(String line) {
        List<String> words = Texts.words(line);
        if (words.size() < 4) {
            return false;
        }
        long separators = line.chars().filter(c -> c == '|' || c == '\t').count();
        if (separators >= 2) {
            return words.size() > 30;
        }
        boolean running = line.contains(". ") && words.size() >= 5;
        if (running || words.stream().filter(GLUE::contains).count() >= 3) {
            return true;
        }
        boolean address = line.indexOf('@') >= 0 || line.contains("://") || line.indexOf('/') >= 0;
        boolean verb =
                words.stream()
                        .filter(w -> !w.equals("mail") && !w.equals("email"))
                        .anyMatch(VERBS::contains);
        return (verb && words.size() >= (address ? 5 : 6))
                || (VERBS.contains(words.getFirst()) && words.size() > 4)
                || words.size() > 14;
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
