package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.Conversation.Call;

/// What a policy of the operator says on top of the ground a call's values stand on.
@FunctionalInterface
public interface CallRules {
    /// No policy: the judgement stands.
    CallRules NONE = (_, judged) -> judged;

    /// The verdict on a call.
    ///
    /// @param call the call
    /// @param judged what its values' grounds say
    CallVerdict on(Call call, CallVerdict judged);
}
