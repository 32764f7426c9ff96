package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import java.util.List;

/// Whom a call reaches: the user names them, or a record the user's words pick out.
final class RecipientRule {
    private final Scene scene;
    private final Ruling ruling;

    RecipientRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    /// Judges a recipient; whether the user's words carry it.
    boolean judge(Argument argument) {
        List<Atom> atoms = Atom.in(argument.value());
        String value = atoms.size() == 1 ? atoms.getFirst().value() : argument.value();
        Ground ground = scene.ground(value);
        if (ground.isForeign()) {
            ruling.taint(argument, ground);
            if (ground.isNamed() && isOfSaidHost(value)) {
                return true;
            }
        }
        if (!ground.is(Ground.Kind.SAID) && Spelling.mixesScripts(value)) {
            ruling.atLeast(Decision.BLOCK, "the recipient mixes letters that look alike");
        }
        String shown = "the recipient `" + Texts.brief(value) + "`";
        String from = shown + " comes from " + ground.origin();
        switch (ground.kind()) {
            case SAID -> {}
            case FORBIDDEN -> ruling.atLeast(Decision.BLOCK, "the user said no to " + shown);
            case PICKED -> {
                if (ground.isContested()) {
                    ruling.atLeast(Decision.ASK, from + ", where others stand as well");
                }
            }
            case FIELD -> field(ground, from, !atoms.isEmpty());
            case STATED -> {
                stated(value, ground, from, scene.isContradicted(argument));
                if (isPurse(atoms) && !scene.intent().includes(Effect.MONEY)) {
                    ruling.atLeast(Decision.ASK, from + ", and the user spoke of no payment");
                }
            }
            case DEMANDED -> demanded(value, ground, from, !atoms.isEmpty());
            case NOWHERE -> made(value, ground, shown);
        }
        return ground.isFirm();
    }

    private static boolean isPurse(List<Atom> atoms) {
        return atoms.stream()
                .anyMatch(a -> a.kind() == Atom.Kind.IBAN || a.kind() == Atom.Kind.WALLET);
    }

    /// Whether the user gave the address on the network whose mailbox this is, by itself and not as
    /// the end of another mailbox.
    private boolean isOfSaidHost(String value) {
        int at = value.indexOf('@');
        if (at <= 0) {
            return false;
        }
        String host = value.substring(at + 1);
        String trusted = scene.heard().trustedText();
        return Atom.in(trusted).stream()
                .anyMatch(
                        a -> a.kind() == Atom.Kind.URL && AddressRule.host(a.value()).equals(host));
    }

    private void field(Ground ground, String from, boolean isAddress) {
        if (!scene.isLooking() && (isAddress || ground.isContested())) {
            Decision decision = ground.isContested() ? Decision.BLOCK : Decision.ASK;
            ruling.atLeast(decision, from + ", and the user did not name them");
        }
    }

    private void stated(String value, Ground ground, String from, boolean isContradicted) {
        boolean isContested = ground.isContested() || isContradicted;
        boolean isVouched = scene.heard().picking().isVouched(scene.heard().untrusted(), value);
        if (scene.isLooking() || (ground.isNamed() && !isContested && isVouched)) {
            return;
        }
        ruling.atLeast(isContested ? Decision.BLOCK : Decision.ASK, from + ", not from the user");
    }

    private void demanded(String value, Ground ground, String from, boolean isAddress) {
        boolean isLeft = scene.intent().delegatesAll() && ground.isSole();
        if (isLeft || (scene.isLooking() && !isAddress)) {
            return;
        }
        boolean isPaired = scene.heard().picking().isPaired(scene.heard().untrusted(), value);
        Decision decision =
                isPaired && !ground.isContested() ? Decision.ASK : scene.stopUnlessLeftTo(ground);
        ruling.atLeast(decision, from + ", not from the user");
    }

    private void made(String value, Ground ground, String shown) {
        if (scene.isLooking() || isSpokenOf(value)) {
            return;
        }
        boolean isPieced = Pieces.standIn(value, scene.heard());
        boolean isBlocked = isPieced || ground.isContested();
        ruling.atLeast(
                isBlocked ? Decision.BLOCK : Decision.ASK,
                isPieced
                        ? shown + " is put together from untrusted words"
                        : "nobody named " + shown);
    }

    /// Whether the value is a name made of words the user said.
    private boolean isSpokenOf(String value) {
        List<String> words = Texts.words(value);
        return !value.contains("@")
                && !words.isEmpty()
                && words.stream().allMatch(w -> scene.intent().says(w) || w.length() < 2);
    }
}
