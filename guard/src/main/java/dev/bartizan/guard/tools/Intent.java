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
    private static final Pattern DELEGATES_A_VALUE =
            Pattern.compile(
                    "\\bthat (the|his|her|their|my|our|this) [\\w' -]{1,30} (mentions?|names?|proposes?|suggests?|recommends?|gives?|shows?|lists?|contains?|offers?|quotes?|states?)\\b"
                            + "|\\b(with|to|by|for|as) (the one|the ones|what|whatever) (is |are |was |were )?(agreed |written |listed |stated |given )?(in|from|on|at) "
                            + "|\\b(?!(?:that|who|which|and|or|not|to) )(he|she|they|the [\\w-]{1,20}|[\\p{L}]{2,20}) (proposes|proposed|suggests|suggested|recommends|recommended|asked for|asks for|requested|mentioned|agreed on|settled on|gave us|gave me)\\b"
                            + "|\\b(from|in|on) (the|that|this|my|his|her|their|our|its) [\\w'’ -]{0,24}(mail|email|file|invoice|bill|letter|sheet|list|contract|ticket|thread|chat|alert|runbook|readme|attachment|form|offer|receipt|amendment|guide|manual)\\b"
                            + "|\\b(laut|gemäß|selon|d'après|según|secondo|volgens|zgodnie z|согласно|enligt)\\b|(wie|was|die|der) [\\p{L} ]{1,30} (steht|stehen|angegeben|vereinbart|vorgeschlagen)"
                            + "|(決まった|通りに|按照|根据|따라|대로)");
    private static final Vocabulary SEES = Vocabulary.of("asks only to see");
    private static final Vocabulary COMPOUNDS = Vocabulary.of("second parts of names");
    private static final Vocabulary FILLERS = Vocabulary.of("fillers");
    private static final Pattern CLAUSE =
            Pattern.compile("\\b(and|then|und|dann|et|puis|y|luego|e|poi|en|i|и)\\b|[,.;:?!\\n]+");
    private static final Pattern ENGLISH =
            Pattern.compile("\\b(the|and|to|of|my|is|for|in|please|what|a|me|you)\\b");
    private static final Pattern YES =
            Pattern.compile(
                    "^\\W*(yes|yep|yeah|ok|okay|sure|go ahead|please do|do it|confirmed?|approved?|correct|sounds good|that works|perfect|ja|oui|sí|proceed)\\b");

    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private final Set<String> words;
    private final Set<String> acting;
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
        acting = acting(text);
    }

    /// What the words ask for. Text in a language this list does not cover asks for anything.
    static Intent of(String userText) {
        Set<String> words = new HashSet<>(Texts.words(userText));
        Intent intent = new Intent(userText, words);
        Set<String> acting = intent.acting;
        boolean known = words.size() < 3 || ENGLISH.matcher(userText).find();
        ASKS.forEach((effect, verbs) -> {
            if (!known || acting.stream().anyMatch(word -> asks(verbs, word))) {
                intent.effects.add(effect);
            }
        });
        intent.effects.add(Effect.READ);
        intent.effects.add(Effect.UNKNOWN);
        return intent;
    }

    /// Whether the word is one of the verbs, or one of them done again: `reorder`.
    private static boolean asks(Vocabulary verbs, String word) {
        boolean isAgain = word.length() > 5 && word.startsWith("re");
        return verbs.has(word) || (isAgain && verbs.has(word.substring(2)));
    }

    /// The words that are not the first part of a name of two: `merge` of `merge request` is no
    /// verb.
    private static Set<String> acting(String text) {
        List<String> words = Texts.words(text);
        Set<String> acting = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            boolean isPart = i + 1 < words.size() && COMPOUNDS.has(words.get(i + 1));
            if (!isPart) {
                acting.add(words.get(i));
            }
        }
        return acting;
    }

    boolean includes(Effect effect) {
        return effects.contains(effect);
    }

    /// Whether the user says so of a tool by its own words: `lock the front door` for `lock_door`.
    boolean names(String tool) {
        List<String> content = new ArrayList<>(Texts.words(tool));
        content.removeIf(w -> w.length() < 3);
        return !content.isEmpty()
                && content.stream().filter(w -> says(w) && !onlyInNames(w)).count() * 2
                        >= content.size();
    }

    /// Whether the user's words have this one as a part of names of two words only.
    boolean onlyInNames(String word) {
        return words.contains(word) && !acting.contains(word);
    }

    /// Whether the user did not ask for what the verb says.
    ///
    /// @param isOtherNamed whether the user's words name another tool
    boolean isUnasked(String verb, boolean isOtherNamed) {
        return onlyInNames(verb) || (isOtherNamed && !says(verb));
    }

    /// Whether the user's words have a verb of the tool's name, and nearly all of it.
    boolean asksFor(String tool) {
        return names(tool) && Texts.words(tool).stream().anyMatch(w -> says(w) && Demand.isVerb(w));
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

    /// Whether the user hands the details, or one of them, over to a document.
    boolean delegates() {
        return delegatesAll() || DELEGATES_A_VALUE.matcher(text).find();
    }

    /// Whether the user hands all details over to a document, whom it reaches among them.
    boolean delegatesAll() {
        return DELEGATES.matcher(text).find();
    }

    /// Whether all that was asked for is to see or to know something: nothing that acts.
    boolean onlyLooks() {
        if (delegates()) {
            return false;
        }
        boolean looks = false;
        for (String clause : CLAUSE.split(text, -1)) {
            List<String> said = new ArrayList<>(Texts.words(clause));
            while (!said.isEmpty() && FILLERS.has(said.getFirst())) {
                said.removeFirst();
            }
            if (said.isEmpty()) {
                continue;
            }
            boolean sees = SEES.has(said.getFirst()) && !isToldToOthers(said);
            boolean isKnown = looks && ENGLISH.matcher(text).find();
            if (!sees && (!isKnown || acts(said) || Demand.opens(String.join(" ", said)))) {
                return false;
            }
            looks |= sees;
        }
        return looks;
    }

    private static boolean isToldToOthers(List<String> said) {
        return said.getFirst().equals("tell")
                && said.size() > 1
                && !said.get(1).equals("me")
                && !said.get(1).equals("us");
    }

    private static boolean acts(List<String> said) {
        return said.size() > 1
                && ASKS.entrySet().stream()
                        .filter(e -> e.getKey() != Effect.NETWORK && e.getKey() != Effect.EXECUTE)
                        .anyMatch(e -> e.getValue().has(said.getFirst()));
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
