package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import java.util.regex.Pattern;

/// Which thing a call is about: a number of a record, a name, a setting.
final class ChoiceRule {
    private static final int LONGEST = 200;
    private static final Pattern DATE =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[:h.]\\d{2}\\b|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}");
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
        if (value.length() > LONGEST) {
            return false;
        }
        settings.judge(argument);
        wide(argument);
        if (value.length() < 2) {
            return false;
        }
        Ground ground = scene.ground(value);
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
            }
            case DEMANDED -> {
                if (!scene.isLooking()) {
                    ruling.atLeast(scene.stopUnlessLeftTo(ground), from);
                }
            }
            case STATED -> stated(argument, from);
            case NOWHERE -> {
                if (scene.isContradicted(argument) && !DATE.matcher(value).find()) {
                    ruling.atLeast(Decision.ASK, differs(argument));
                }
            }
            case PICKED -> {}
        }
        return ground.isFirm();
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
        if (new SettingRule(scene, ruling).isNamedOtherwise(argument)) {
            ruling.atLeast(Decision.ASK, from);
        }
    }

    private static String differs(Argument argument) {
        return "`" + argument.path() + "` differs from the record the user spoke of";
    }
}
