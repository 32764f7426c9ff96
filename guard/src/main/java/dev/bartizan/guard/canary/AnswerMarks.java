package dev.bartizan.guard.canary;

import dev.bartizan.guard.Detection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Looks in answers for the marks that their prompts carried.
///
/// @param canaries the marks
/// @param clock tells which marks are new
public record AnswerMarks(Canaries canaries, InstantSource clock) {
    /// Type of a finding: a mark that must not come out came out.
    public static final String LEAK = "canary-leak";

    /// Type of a finding: a mark that must come out is missing.
    public static final String HIJACK = "goal-hijack";

    /// What an answer's marks say.
    ///
    /// @param tenant whose prompt it answers
    /// @param isPledged whether the prompt asked to end with a mark
    public List<Detection> find(String answer, String tenant, boolean isPledged) {
        Instant now = clock.instant();
        int end = answer.codePointCount(0, answer.length());
        List<Detection> found = new ArrayList<>();
        canaries.leak(answer, tenant, now)
                .ifPresent(leak ->
                        found.add(
                                new Detection(
                                        LEAK,
                                        0,
                                        end,
                                        1,
                                        "carries the mark of the prompt ("
                                                + leak.form()
                                                + ", made "
                                                + leak.age()
                                                + " periods ago)")));
        if (isPledged && canaries.isHijacked(answer, tenant, now)) {
            found.add(
                    new Detection(
                            HIJACK,
                            0,
                            end,
                            0.9,
                            "does not end with the mark that the prompt asks for"));
        }
        return found;
    }
}
