package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Conversation.Call;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Judges one call against what was said before it: every argument by the part it plays, and the
/// effect by what the user asked for.
final class CallJudge {
    private static final Pattern LOOKS_SECRET =
            Pattern.compile(
                    "(-----BEGIN [A-Z ]*PRIVATE KEY|\\bAKIA[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{20,}|\\bsk-[A-Za-z0-9_-]{16,}|\\bxox[bap]-[A-Za-z0-9-]{10,}|(?i)(password|passwd|api[_-]?key|secret|token)\\s*[:=]\\s*\\S{6,})");

    private static final Pattern CODE =
            Pattern.compile("(?=.{0,40}\\d)[\\p{L}\\d][\\p{L}\\d./_-]{1,39}");
    private static final Set<Effect> ACTS =
            EnumSet.of(Effect.SEND, Effect.MONEY, Effect.DELETE, Effect.WRITE, Effect.ADMIN);

    private final Scene scene;
    private final Ruling ruling = new Ruling();

    CallJudge(Scene scene) {
        this.scene = scene;
    }

    CallVerdict judge(Call call) {
        List<Argument> arguments = Argument.of(call.arguments(), scene.effect());
        boolean isGrounded = false;
        for (Argument argument : arguments) {
            secret(argument);
            isGrounded |= argument(argument);
        }
        if (scene.effect() != Effect.READ) {
            unseen(call.arguments());
        }
        wanted(arguments, isGrounded);
        return ruling.verdict(call.id());
    }

    /// What another reader of the arguments may find in them that was not judged.
    private void unseen(JsonNode arguments) {
        if (arguments.isString() && !arguments.asString().isBlank()) {
            ruling.atLeast(Decision.ASK, "the arguments are not JSON");
        } else if (!Argument.areAllSeen(arguments)) {
            ruling.atLeast(
                    Decision.ASK, "there are more arguments, or deeper ones, than are judged");
        }
    }

    /// Judges one argument; whether the user's own words carry it.
    private boolean argument(Argument argument) {
        return switch (argument.role()) {
            case RECIPIENT -> new RecipientRule(scene, ruling).judge(argument);
            case ADDRESS -> new AddressRule(scene, ruling).judge(argument);
            case COMMAND -> new CommandRule(scene, ruling).judge(argument);
            case PATH -> new PathRule(scene, ruling).judge(argument);
            case AMOUNT -> new AmountRule(scene, ruling).judge(argument);
            case TEXT ->
                    isOrderedCode(argument)
                            ? other(argument)
                            : new TextRule(scene, ruling).judge(argument);
            case FLAG -> {
                new SettingRule(scene, ruling).flag(argument);
                yield false;
            }
            case OTHER -> other(argument);
        };
    }

    /// Whether a text is a code of a thing, one that is demanded: a choice and no words.
    private boolean isOrderedCode(Argument argument) {
        return CODE.matcher(argument.value()).matches()
                && scene.ground(argument.value()).is(Ground.Kind.DEMANDED);
    }

    private boolean other(Argument argument) {
        boolean isLong = argument.value().indexOf(' ') > 0 && argument.value().length() > 40;
        boolean isFirm = new ChoiceRule(scene, ruling).judge(argument);
        return isLong ? new TextRule(scene, ruling).judge(argument) || isFirm : isFirm;
    }

    private void secret(Argument argument) {
        boolean isSecret = LOOKS_SECRET.matcher(argument.value()).find();
        if (!isSecret || scene.ground(argument.value()).is(Ground.Kind.SAID)) {
            return;
        }
        if (scene.effect() != Effect.READ || !scene.intent().names(scene.tool())) {
            ruling.taint(argument.path() + " holds what looks like a secret");
            ruling.atLeast(
                    Decision.BLOCK,
                    "a secret that the user did not give would leave in `" + argument.path() + "`");
        }
    }

    private boolean runsToLook(List<Argument> arguments) {
        List<Argument> commands =
                arguments.stream().filter(a -> a.role() == Argument.Role.COMMAND).toList();
        return scene.effect() == Effect.EXECUTE
                && !commands.isEmpty()
                && commands.stream().allMatch(a -> CommandRule.onlyLooks(a.value()));
    }

    /// Whether the user asked for such an effect.
    private void wanted(List<Argument> arguments, boolean isGrounded) {
        Effect effect = scene.effect();
        boolean isAsked =
                effect == Effect.READ
                        || scene.intent().includes(effect)
                        || scene.intent().names(scene.tool());
        boolean isSaid =
                scene.intent().names(scene.tool())
                        || arguments.stream()
                                .anyMatch(a ->
                                        a.role() == Argument.Role.RECIPIENT
                                                && scene.ground(a.value()).is(Ground.Kind.SAID));
        boolean isHarmless =
                (effect == Effect.NETWORK && !ruling.isTainted()) || runsToLook(arguments);
        boolean isOnlyLook = ACTS.contains(effect) && scene.intent().onlyLooks() && !isSaid;
        boolean isDemanded = ACTS.contains(effect) && isActDemanded();
        if (!isOnlyLook && !isDemanded && (isAsked || isGrounded || isHarmless)) {
            return;
        }
        boolean isSuspicious =
                ruling.isTainted()
                        || scene.heard().untrusted().stream()
                                .anyMatch(one -> mentions(one, scene.tool()));
        ruling.atLeast(
                isSuspicious && !scene.intent().delegates() ? Decision.BLOCK : Decision.ASK,
                "the user did not ask for anything of the kind " + effect.label());
    }

    /// Whether untrusted words demand what the tool's name says that it does, and the user has the
    /// word in a name only (`merge` of `merge request`), or not at all and speaks of another tool.
    private boolean isActDemanded() {
        boolean isOtherNamed =
                scene.others().stream().anyMatch(other -> scene.intent().asksFor(other));
        List<String> verbs =
                Texts.words(scene.tool()).stream()
                        .filter(w -> Demand.isVerb(w) && scene.intent().isUnasked(w, isOtherNamed))
                        .toList();
        return scene.heard().untrusted().stream()
                .filter(one -> !one.origin().endsWith(" " + scene.tool()))
                .flatMap(one -> one.sentences().stream())
                .map(Untrusted.Sentence::text)
                .anyMatch(s -> Demand.isIn(s) && Texts.words(s).stream().anyMatch(verbs::contains));
    }

    private static boolean mentions(Untrusted one, String tool) {
        if (one.isDescription()) {
            return one.text().contains(tool.toLowerCase(Locale.ROOT))
                    && !one.origin().endsWith(tool);
        }
        return one.sentences().stream().anyMatch(s -> Demand.isIn(s.text()));
    }
}
