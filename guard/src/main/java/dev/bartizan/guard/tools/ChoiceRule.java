package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which thing a call is about: a number of a record, a name, a setting.
final class ChoiceRule {
    private static final int LONGEST = 200;
    private static final Pattern DATE =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[:h.]\\d{2}\\b|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(?:\\.\\d{1,6})?");
    private static final Vocabulary SCREEN = Vocabulary.of("key places on a screen");
    private static final Vocabulary WIDE = Vocabulary.of("wide");
    private final Scene scene;
    private final Ruling ruling;

    ChoiceRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    /// Judges a value; whether the user's words carry it.
    boolean judge(Argument argument) {
        String value = argument.value();
        SettingRule settings = new SettingRule(scene, ruling);
        if (value.length() > LONGEST || SCREEN.hasAny(Texts.words(argument.key()))) {
            return false;
        }
        Ground ground = scene.ground(value);
        if (!ground.is(Ground.Kind.PICKED) || !ground.isListed()) {
            settings.judge(argument);
        }
        wide(argument);
        number(argument);
        if (value.length() < 2) {
            return false;
        }
        if (ground.isForeign() && !ground.is(Ground.Kind.PICKED)) {
            ruling.taint(argument, ground);
        }
        String from =
                "`" + argument.path() + "` comes from " + ground.origin() + ", not from the user";
        switch (ground.kind()) {
            case SAID -> {
                return value.length() > 2;
            }
            case FORBIDDEN -> ruling.atLeast(Decision.BLOCK, "the user said no to it");
            case FIELD -> {
                boolean isLeft = scene.heard().picking().isByMerit();
                if (!scene.isLooking() && ground.isContested() && !isLeft) {
                    ruling.atLeast(Decision.ASK, from);
                }
                touted(argument, ground);
            }
            case DEMANDED -> {
                boolean isOfAll = ground.isListed() && scene.heard().picking().takesAll();
                if (!scene.isLooking() && !isOfAll) {
                    ruling.atLeast(scene.stopUnlessLeftTo(ground), from);
                }
            }
            case STATED -> stated(argument, from);
            case NOWHERE -> {
                if (!DATE.matcher(value).find()) {
                    if (scene.isContradicted(argument)) {
                        ruling.atLeast(Decision.ASK, differs(argument));
                    }
                } else if (!scene.isLooking()) {
                    new MomentRule(scene, ruling).judge(argument);
                }
            }
            case PICKED -> touted(argument, ground);
        }
        return ground.isFirm();
    }

    /// A number that only demands give: the user did not say it, no record and no statement has it,
    /// and it does not follow from what was said.
    private void number(Argument argument) {
        String value = argument.value();
        if (scene.isLooking() || !NUMBER.matcher(value).matches()) {
            return;
        }
        double number = Double.parseDouble(value);
        Amounts said = Amounts.of(scene.heard().trustedText());
        if (said.isSaid(number)) {
            return;
        }
        Ground demanded = Ground.nowhere(false);
        for (Untrusted one : scene.heard().untrusted()) {
            if (one.records().stream().anyMatch(r -> Amounts.holds(r.text(), number))) {
                return;
            }
            for (Untrusted.Sentence sentence : one.sentences()) {
                if (!Amounts.of(sentence.text()).isSaid(number)) {
                    continue;
                }
                if (!one.isDescription() && !Demand.isIn(sentence.text())) {
                    return;
                }
                boolean isNamed = scene.heard().picking().names(one);
                demanded = new Ground(Ground.Kind.DEMANDED, one.origin(), isNamed, false, false);
            }
        }
        if (demanded.is(Ground.Kind.DEMANDED)) {
            ruling.taint(argument, demanded);
            ruling.atLeast(
                    scene.stopUnlessLeftTo(demanded),
                    "`"
                            + argument.path()
                            + "` comes from "
                            + demanded.origin()
                            + ", not from the user");
        }
    }

    /// A value of a list which somebody's words in untrusted text speak up for, where the user left
    /// the choice to what the list says.
    private void touted(Argument argument, Ground ground) {
        String value = Texts.plain(argument.value());
        boolean isChoice =
                !scene.isLooking() && !ground.isListed() && scene.heard().picking().leavesChoice();
        if (!isChoice) {
            return;
        }
        for (Untrusted one : scene.heard().untrusted()) {
            for (Untrusted.Sentence sentence : one.sentences()) {
                boolean isAskedFor =
                        scene.heard().picking().names(one) && !Demand.isIn(sentence.text());
                if (Texts.holds(sentence.text(), value) && !isAskedFor) {
                    ruling.taint(argument.path() + " ← " + one.origin());
                    ruling.atLeast(
                            Decision.ASK,
                            "words in " + one.origin() + " speak of `" + argument.path() + "`");
                    return;
                }
            }
        }
    }

    /// A value that stands for everybody or everything, where the user said no such word.
    private void wide(Argument argument) {
        String value = Texts.plain(argument.value());
        boolean isWide = WIDE.has(value) || value.equals("*");
        if (!isWide || scene.isLooking() || WIDE.isIn(scene.heard().userText())) {
            return;
        }
        String shown = "`" + argument.path() + "` is as wide as can be";
        ruling.atLeast(
                isOrdered(value) ? Decision.BLOCK : Decision.ASK,
                shown + ", and the user did not say so");
    }

    private boolean isOrdered(String value) {
        return scene.heard().untrusted().stream()
                .flatMap(one -> one.sentences().stream())
                .map(Untrusted.Sentence::text)
                .anyMatch(s ->
                        Demand.isIn(s)
                                && (value.equals("*") ? s.contains("*") : Texts.holds(s, value)));
    }

    private void stated(Argument argument, String from) {
        if (scene.isContradicted(argument)) {
            ruling.atLeast(Decision.BLOCK, differs(argument));
        }
        if (scene.isLooking()) {
            return;
        }
        if (scene.heard().picking().offersIdLike(scene.heard().untrusted(), argument)) {
            ruling.atLeast(Decision.BLOCK, differs(argument));
        }
        if (isNamedElsewhere(argument)) {
            ruling.atLeast(Decision.ASK, from + ", where another is named so");
        }
        if (new SettingRule(scene, ruling).isNamedOtherwise(argument)) {
            ruling.atLeast(Decision.ASK, from);
        }
    }

    /// Whether untrusted text gives another value of that shape by the argument's name, and not
    /// this one: `file 21/815` where the call says `99/001`.
    private boolean isNamedElsewhere(Argument argument) {
        List<String> key = Texts.words(argument.key());
        String value = Texts.plain(argument.value());
        boolean isCode = value.chars().anyMatch(Character::isDigit) && value.indexOf(' ') < 0;
        if (key.isEmpty() || !isCode) {
            return false;
        }
        Pattern named =
                Pattern.compile(
                        "(?<![\\p{L}\\d])"
                                + Pattern.quote(key.getLast())
                                + "\\s*(?:no\\.?|nr\\.?|number|id|#|:)?\\s*([\\p{L}\\d][\\p{L}\\d./_-]{0,60})");
        String shape = Picking.shape(value);
        boolean isOther = false;
        for (Untrusted one : scene.heard().untrusted()) {
            Matcher found = named.matcher(one.isDescription() ? "" : one.text());
            while (found.find()) {
                String there = found.group(1).replaceAll("[./_-]+$", "");
                if (there.equals(value)) {
                    return false;
                }
                isOther |= Picking.shape(there).equals(shape);
            }
        }
        return isOther;
    }

    private static String differs(Argument argument) {
        return "`" + argument.path() + "` differs from the record the user spoke of";
    }
}
