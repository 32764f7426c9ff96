package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;

/// Which thing a call is about: a number of a record, a name, a setting.
final class ChoiceRule {
    private static final int LONGEST = 200;
    private final Scene scene;
    private final Ruling ruling;

    ChoiceRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    /// Judges a value; whether the user's words carry it.
    boolean judge(Argument argument) {
        String value = argument.value();
        if (value.length() < 2 || value.length() > LONGEST) {
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
                if (!scene.isLooking() && ground.isContested()) {
                    ruling.atLeast(Decision.ASK, from);
                }
            }
            case DEMANDED -> {
                if (!scene.isLooking()) {
                    ruling.atLeast(scene.stopUnlessLeftTo(ground), from);
                }
            }
            case STATED, NOWHERE -> {
                if (scene.isContradicted(argument)) {
                    ruling.atLeast(
                            ground.isForeign() ? Decision.BLOCK : Decision.ASK,
                            "`" + argument.path() + "` differs from the record the user spoke of");
                }
            }
            case PICKED -> {}
        }
        return ground.isFirm();
    }
}
