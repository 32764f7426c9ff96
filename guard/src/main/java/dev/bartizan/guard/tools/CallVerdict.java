package dev.bartizan.guard.tools;

import java.util.List;
import java.util.Locale;

/// What the policy says of one call.
///
/// @param callId id of the call, or `msg:N` for an answer that carries data out
/// @param decision allow, ask or block
/// @param reason plain words
/// @param taint arguments whose value came from untrusted content, and from where
public record CallVerdict(String callId, Decision decision, String reason, List<String> taint) {
    /// Copies the list.
    public CallVerdict {
        taint = List.copyOf(taint);
    }

    /// What happens to the call; later ones are stricter.
    public enum Decision {
        /// It goes through.
        ALLOW,
        /// A person must approve it.
        ASK,
        /// It is stopped.
        BLOCK;

        /// The name as written in output.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
