package dev.bartizan.core.ledger;

import java.util.List;
import java.util.Optional;

/// What verifying a ledger came to.
///
/// @param lines complete lines that were read
/// @param found checkpoint computed from the lines as they are; empty when the ledger has no name
/// @param problems what is wrong, in the order of lines; at most a few hundred
/// @param furtherProblems how many more there are
/// @param shown what the verification established
/// @param notShown what it could not establish, and what would
public record LedgerVerification(
        long lines,
        Optional<Checkpoint> found,
        List<Problem> problems,
        long furtherProblems,
        List<String> shown,
        List<String> notShown) {
    public LedgerVerification {
        problems = List.copyOf(problems);
        shown = List.copyOf(shown);
        notShown = List.copyOf(notShown);
    }

    /// Whether nothing is wrong.
    public boolean isIntact() {
        return problems.isEmpty();
    }

    /// One thing that is wrong.
    ///
    /// @param kind what sort of thing
    /// @param line line number from 1; 0 when it is about no particular line
    /// @param what what is wrong, one sentence
    /// @param mend how to mend it
    public record Problem(Kind kind, long line, String what, String mend) {
        @Override
        public String toString() {
            return (line == 0 ? "" : "line " + line + ": ") + what;
        }
    }

    /// Sorts of problems.
    public enum Kind {
        /// No ledger where one was expected.
        MISSING,
        /// The line is not UTF-8, not JSON, not canonical, too long, or not of a form known here.
        MALFORMED,
        /// The line, or its neighbour, was changed after it was written.
        CHANGED,
        /// Lines were taken out.
        DROPPED,
        /// The line stands in another place than the one it was written to.
        MOVED,
        /// The line is there twice.
        DUPLICATED,
        /// The last line has no end.
        TORN,
        /// Lines at the end are missing.
        TRUNCATED,
        /// Lines follow that the checkpoint does not cover.
        BEYOND_CHECKPOINT,
        /// The checkpoint is missing or unreadable.
        CHECKPOINT_UNUSABLE,
        /// The lines are not those the checkpoint was made over.
        CHECKPOINT_MISMATCH,
        /// The lines are not those the anchor was made over.
        ANCHOR_MISMATCH,
        /// Raw material is missing.
        RAW_MISSING,
        /// Raw material is not what it was.
        RAW_CHANGED
    }
}
