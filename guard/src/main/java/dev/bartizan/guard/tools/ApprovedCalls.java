package dev.bartizan.guard.tools;

import dev.bartizan.core.Digest;
import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Conversation.Call;

/// Lets a call through that was to be asked for when a person approved the exact call.
///
/// @param principal who asks
/// @param policy version of the policy that the approval must have been given under
/// @param approver where approvals wait
public record ApprovedCalls(String principal, Digest policy, Approver approver)
        implements CallRules {
    @Override
    public CallVerdict on(Call call, CallVerdict judged) {
        boolean isApproved =
                judged.decision() == Decision.ASK
                        && approver.use(Approvals.digest(principal, policy, call));
        return isApproved
                ? new CallVerdict(
                        judged.callId(),
                        Decision.ALLOW,
                        "approved by a person; without it: " + judged.reason(),
                        judged.taint())
                : judged;
    }
}
