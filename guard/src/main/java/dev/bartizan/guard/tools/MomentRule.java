package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Untrusted.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// When something is to be: a day or a time of day, however it is written there and here. One that
/// only untrusted demands speak of is theirs.
final class MomentRule {
    private final Scene scene;
    private final Ruling ruling;

    MomentRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    /// Judges a value that holds a day or a time and stands nowhere as it is written.
    void judge(Argument argument) {
        part(argument, Moments::days);
        part(argument, Moments::times);
    }

    private void part(Argument argument, Function<String, Set<Integer>> reading) {
        Set<Integer> wanted = reading.apply(argument.value());
        if (wanted.isEmpty() || meet(reading.apply(scene.heard().trustedText()), wanted)) {
            return;
        }
        Ground demanded = Ground.nowhere(false);
        Ground elsewhere = Ground.nowhere(false);
        boolean isOffered = false;
        for (Untrusted one : scene.heard().untrusted()) {
            boolean isNamed = scene.heard().picking().names(one);
            for (String plain : statements(one)) {
                Set<Integer> there = reading.apply(plain);
                if (meet(there, wanted) && isNamed) {
                    return;
                }
                isOffered |= isNamed && !there.isEmpty();
                elsewhere =
                        meet(there, wanted)
                                ? new Ground(Ground.Kind.STATED, one.origin(), false, true, false)
                                : elsewhere;
            }
            for (Sentence sentence : one.sentences()) {
                boolean isDemand = one.isDescription() || Demand.isIn(sentence.text());
                if (isDemand && meet(reading.apply(sentence.text()), wanted)) {
                    demanded =
                            new Ground(Ground.Kind.DEMANDED, one.origin(), isNamed, false, false);
                }
            }
        }
        stop(argument, demanded, elsewhere, isOffered);
    }

    private static List<String> statements(Untrusted one) {
        List<String> all = new ArrayList<>();
        one.records().forEach(record -> all.add(record.text()));
        one.sentences().stream()
                .filter(s -> !one.isDescription() && !Demand.isIn(s.text()))
                .forEach(s -> all.add(s.text()));
        return all;
    }

    private void stop(Argument argument, Ground demanded, Ground elsewhere, boolean isOffered) {
        String shown = "`" + argument.path() + "` is when ";
        if (elsewhere.is(Ground.Kind.STATED)) {
            if (isOffered) {
                ruling.taint(argument, elsewhere);
                ruling.atLeast(
                        Decision.ASK,
                        shown + elsewhere.origin() + " says, and the user spoke of another text");
            }
        } else if (demanded.is(Ground.Kind.DEMANDED)) {
            ruling.taint(argument, demanded);
            ruling.atLeast(
                    scene.stopUnlessLeftTo(demanded),
                    shown + "an instruction in " + demanded.origin() + " wants it");
        }
    }

    private static boolean meet(Set<Integer> some, Set<Integer> others) {
        return some.stream().anyMatch(others::contains);
    }
}
