package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Untrusted.Entry;
import dev.bartizan.guard.tools.Untrusted.Sentence;
import java.util.ArrayList;
import java.util.List;

/// How much: said by the user, or in a record the user's words pick out, or computed from those.
final class AmountRule {
    /// Words beside its number that a field may have, such as `240.50 EUR incl. VAT`.
    private static final int FIELD_WORDS = 3;

    private final Scene scene;
    private final Ruling ruling;

    AmountRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    /// Judges an amount; whether the user's words carry it.
    boolean judge(Argument argument) {
        Amounts said = Amounts.of(scene.heard().userText());
        List<Double> numbers = argument.numbers();
        if (numbers.isEmpty()) {
            if (scene.effect() == Effect.MONEY) {
                ruling.atLeast(
                        Decision.ASK,
                        "the amount " + Texts.brief(argument.value()) + " is no number");
            }
            return false;
        }
        if (numbers.stream().anyMatch(said::isSaid)) {
            return true;
        }
        double number = best(numbers);
        boolean isOne = number <= 1 && scene.effect() == Effect.MONEY && isCount(argument.path());
        if (isOne || scene.effect() == Effect.READ) {
            return false;
        }
        List<Entry> picked = new ArrayList<>();
        List<Entry> others = new ArrayList<>();
        Ground prose = records(number, picked, others);
        String shown = "the amount " + Texts.brief(argument.value());
        if (holds(picked, number)) {
            return true;
        }
        if (prose.is(Ground.Kind.DEMANDED)) {
            ruling.taint(argument, prose);
            ruling.atLeast(
                    scene.stopUnlessLeftTo(prose),
                    shown + " comes from " + prose.origin() + ", not from the user");
            return false;
        }
        if (said.follows(number, picked) || said.follows(number, others)) {
            return true;
        }
        if (prose.is(Ground.Kind.STATED)) {
            ruling.taint(argument, prose);
        } else if (scene.effect() != Effect.MONEY && scene.effect() != Effect.UNKNOWN) {
            return false;
        }
        boolean isStated = prose.is(Ground.Kind.STATED) && prose.isNamed();
        if (!isStated || !scene.intent().delegates()) {
            boolean isKnown = holds(others, number);
            ruling.atLeast(
                    Decision.ASK,
                    isKnown
                            ? shown + " stands in a record the user did not name"
                            : "nobody named " + shown);
        }
        return false;
    }

    /// The reading that stands somewhere in what was read, or else the first.
    private double best(List<Double> numbers) {
        for (double number : numbers) {
            for (Untrusted one : scene.heard().untrusted()) {
                if (Amounts.holds(one.text(), number)) {
                    return number;
                }
            }
        }
        return numbers.getFirst();
    }

    private static boolean isCount(String path) {
        String key = path.toLowerCase(java.util.Locale.ROOT);
        return key.contains("q")
                || key.contains("count")
                || key.contains("unit")
                || key.contains("number")
                || key.contains("nights")
                || key.contains("anzahl")
                || key.contains("cantidad");
    }

    /// Whether a field of the records is the number. A remark that mentions it is prose, not a
    /// field.
    private static boolean holds(List<Entry> records, double number) {
        return records.stream()
                .flatMap(r -> r.fields().stream())
                .anyMatch(f -> !isRemark(f.value()) && Amounts.holds(f.value(), number));
    }

    private static boolean isRemark(String value) {
        return Texts.words(value).stream().filter(w -> Character.isLetter(w.codePointAt(0))).count()
                > FIELD_WORDS;
    }

    /// Sorts records into picked ones and others, and finds the number in prose.
    private Ground records(double number, List<Entry> picked, List<Entry> others) {
        Ground prose = Ground.nowhere(false);
        for (Untrusted one : scene.heard().untrusted()) {
            for (Entry record : one.records()) {
                (scene.heard().picking().picks(one, record) ? picked : others).add(record);
            }
            for (Sentence sentence : one.sentences()) {
                if (!prose.is(Ground.Kind.DEMANDED) && Amounts.holds(sentence.text(), number)) {
                    boolean isDemand = one.isDescription() || Demand.isIn(sentence.text());
                    boolean isNamed =
                            scene.heard().picking().names(one)
                                    || scene.heard().picking().picksRecordOf(one, sentence);
                    prose =
                            new Ground(
                                    isDemand ? Ground.Kind.DEMANDED : Ground.Kind.STATED,
                                    one.origin(),
                                    isNamed,
                                    false,
                                    false);
                }
            }
        }
        return prose;
    }
}
