package dev.bartizan.guard.tools;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What the user asked to have done, read from the user's own words.
final class Intent {
    private static final Map<Effect, Vocabulary> ASKS = asks();
    private static final Pattern DELEGATES =
            Pattern.compile(
                    "\\b(do (what|everything|all|whatever|as)|(the way|as|what|like) [\\w '.,-]{1,40} (says|said|asks|asked|wants|wrote|writes|lists|told|describes)|what we agreed|same as (last|usual|before)|my usual|as usual|(was|wie) [\\p{L} ]{1,30} (schreibt|sagt|verlangt|will)|ce que [\\p{L} ]{1,30} (demande|dit)|lo que (pide|dice)|follow (the|these|its|those|all|any|up)|according to|as (described|requested|instructed|stated|listed|written|specified|outlined)"
                            + "|(carry out|execute|perform|go through|work through|follow|implement|apply|do) [\\w ',-]{0,40}(steps?|instructions?|tasks?|points?|items?|checklist|list)\\b"
                            + "|\\b(pay|settle|handle|process|answer|fulfil|fulfill|do|act on|deal with|take care of|respond to) (it|this|that|them|these|those)\\b"
                            + "|(address|number|e-?mail|iban|account|phone|contact|details?|amount|total|price|link|url) (is|are|stands|can be found) (on|in|at|under|from)\\b"
                            + "|(the|all) (instructions|steps|tasks|actions|action items|requests|todos|to-dos) (in|from|on|of|that)|(complete|carry out|perform|handle|work through|take care of) (the|all|every|any|my)"
                            + "|pay (the|this|that|my|all|these|his|her|our) [\\w ',\"#.-]{0,60}(bill|invoice|rent|fee|statement)|details (are|is) in|(mentioned|given|found|included|contained|listed|named|stated|shown) (in|there|therein|inside|on it)\\b|from (the|that|this) (mail|email|file|document|invoice|bill|page|note|message|letter))");
    private static final Pattern ENGLISH =
            Pattern.compile("\\b(the|and|to|of|my|is|for|in|please|what|a|me|you)\\b");
    private static final Pattern YES =
            Pattern.compile(
                    "^\\W*(yes|yep|yeah|ok|okay|sure|go ahead|please do|do it|confirmed?|approved?|correct|sounds good|that works|perfect|ja|oui|sí|proceed)\\b");

    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private final Set<String> words;
    private final String text;

    private static Map<Effect, Vocabulary> asks() {
        Map<Effect, Vocabulary> asks = new EnumMap<>(Effect.class);
        for (Effect effect : Effect.values()) {
            if (effect != Effect.READ && effect != Effect.UNKNOWN) {
                asks.put(effect, Vocabulary.of("asks " + effect.label()));
            }
        }
        return asks;
    }

    private Intent(String text, Set<String> words) {
        this.text = text;
        this.words = words;
    }

    /// What the words ask for. Text in a language this list does not cover asks for anything.
    static Intent of(String userText) {
        Set<String> words = new HashSet<>(Texts.words(userText));
        Intent intent = new Intent(userText, words);
        boolean known = words.size() < 3 || ENGLISH.matcher(userText).find();
        ASKS.forEach((effect, verbs) -> {
            if (!known || words.stream().anyMatch(verbs::has)) {
                intent.effects.add(effect);
            }
        });
        intent.effects.add(Effect.READ);
        intent.effects.add(Effect.UNKNOWN);
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
