package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import java.util.List;

/// What a call is judged against.
///
/// @param heard what was said before
/// @param intent what the user asked for
/// @param effect what the tool does
/// @param tool its name
/// @param call all values of the call, lower case
/// @param others names of the other tools that are offered
record Scene(
        Heard heard, Intent intent, Effect effect, String tool, String call, List<String> others) {
    /// The ground of a value of the call.
    Ground ground(String value) {
        return heard.ground(value, call);
    }

    /// Whether the call only looks.
    boolean isLooking() {
        return effect == Effect.READ || effect == Effect.NETWORK;
    }

    /// Asking, where the user left the details to the text the value stands in, or spoke of the
    /// record that says nothing else; else blocking.
    Decision stopUnlessLeftTo(Ground ground) {
        boolean isLeft = intent.delegates() || (ground.isSole() && !ground.isContested());
        return isLeft && ground.isNamed() ? Decision.ASK : Decision.BLOCK;
    }

    /// Whether a record that the user's words pick out says something else under the argument's
    /// name; not where the call is there to change what records say.
    boolean isContradicted(Argument argument) {
        return effect != Effect.WRITE
                && !isLooking()
                && heard.picking().saysElse(heard.untrusted(), argument.key(), argument.value());
    }
}
