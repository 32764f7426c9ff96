package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which address on the network a call goes to, and what it carries there.
final class AddressRule {
    private static final Pattern HOST =
            Pattern.compile("(?i)^(?:[a-z0-9+]+://)?(?:[^/@\\s]*@)?([\\w.-]+)");

    private final Scene scene;
    private final Ruling ruling;

    AddressRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    static String host(String address) {
        Matcher matcher = HOST.matcher(address);
        return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /// Judges an address; whether the user's words carry it.
    boolean judge(Argument argument) {
        Ground ground = scene.ground(argument.value());
        String host = host(argument.value());
        Ground ofHost = host.isEmpty() ? ground : scene.ground(host);
        boolean carries = LinkJudge.carriesData(argument.value(), scene.heard());
        if (ground.is(Ground.Kind.SAID)) {
            return true;
        }
        if (ground.isForeign()) {
            ruling.taint(argument, ground);
        }
        if (Spelling.mixesScripts(host)) {
            ruling.atLeast(Decision.BLOCK, "the address mixes letters that look alike");
        }
        String shown = "the address `" + Texts.brief(argument.value()) + "`";
        if (ground.is(Ground.Kind.FORBIDDEN) || ofHost.is(Ground.Kind.FORBIDDEN)) {
            ruling.atLeast(Decision.BLOCK, "the user said no to " + shown);
            return false;
        }
        if (ofHost.is(Ground.Kind.SAID)) {
            if (carries && !ground.isForeign()) {
                ruling.atLeast(Decision.ASK, shown + " carries text from untrusted content");
            }
            return true;
        }
        if (ground.is(Ground.Kind.NOWHERE)) {
            made(argument, ofHost, ground, carries);
            return false;
        }
        found(ground, shown);
        return ground.isFirm();
    }

    private void found(Ground ground, String shown) {
        String from = shown + " comes from " + ground.origin() + ", not from the user";
        switch (ground.kind()) {
            case PICKED, FIELD -> {
                if (!scene.isLooking() && !ground.isFirm()) {
                    ruling.atLeast(ground.isContested() ? Decision.BLOCK : Decision.ASK, from);
                }
            }
            case STATED -> {
                boolean isRival = ground.isContested() && !ground.isNamed();
                if (!scene.isLooking() || isRival) {
                    ruling.atLeast(isRival ? Decision.BLOCK : Decision.ASK, from);
                }
            }
            case DEMANDED -> ruling.atLeast(scene.stopUnlessLeftTo(ground), from);
            case SAID, FORBIDDEN, NOWHERE -> {}
        }
    }

    /// An address that nobody wrote as it is.
    private void made(Argument argument, Ground ofHost, Ground whole, boolean carries) {
        String host = host(argument.value());
        if (ofHost.isForeign()) {
            ruling.taint(argument, ofHost);
            boolean isBlocked = carries || ofHost.is(Ground.Kind.DEMANDED) || !scene.isLooking();
            boolean isKnown = ofHost.is(Ground.Kind.PICKED) || ofHost.is(Ground.Kind.FIELD);
            if (isBlocked || !isKnown) {
                ruling.atLeast(
                        isBlocked ? Decision.BLOCK : Decision.ASK,
                        "the host `"
                                + host
                                + "` comes from "
                                + ofHost.origin()
                                + ", not from the user");
            }
        } else if (carries || Pieces.standIn(host, scene.heard())) {
            ruling.atLeast(
                    Decision.BLOCK, "an address that nobody gave is made of untrusted words");
        } else if (whole.isContested() || !scene.intent().includes(Effect.NETWORK)) {
            ruling.atLeast(
                    Decision.ASK,
                    "nobody gave the address `" + Texts.brief(argument.value()) + "`");
        }
    }
}
