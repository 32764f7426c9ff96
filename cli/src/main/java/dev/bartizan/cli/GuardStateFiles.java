package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.policy.SpentLimits;
import dev.bartizan.guard.policy.SpentList;
import dev.bartizan.guard.tools.ApprovalList;
import dev.bartizan.guard.tools.Approver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What of tool calls outlives a run, in files under locks.
final class GuardStateFiles {
    private GuardStateFiles() {}

    /// Nothing goes through when the file cannot be changed.
    private static UserError unusable(Path file, IOException cause) {
        return new UserError(
                "The file cannot be read or written: " + cause.getMessage(),
                file.toString(),
                "Name a file in a folder that may be written to.",
                cause);
    }

    /// Approvals in a file.
    record Approved(Path file, InstantSource clock) implements Approver {
        private LockedFile locked() {
            return new LockedFile(file, ApprovalList.MAX_BYTES, "file of approvals");
        }

        private ApprovalList list(Optional<byte[]> bytes) {
            return bytes.map(b -> ApprovalList.read(b, file.toString()))
                    .orElse(new ApprovalList(List.of()))
                    .at(clock.instant());
        }

        /// Adds an approval.
        void add(ApprovalList.Given given) throws IOException {
            locked().change(before ->
                    new LockedFile.Changed<>(Optional.of(list(before).and(given).toBytes()), true));
        }

        @Override
        public boolean use(Digest call) {
            try {
                return locked().change(before -> {
                    ApprovalList list = list(before);
                    return list.holds(call)
                            ? new LockedFile.Changed<>(
                                    Optional.of(list.without(call).toBytes()), true)
                            : new LockedFile.Changed<>(Optional.empty(), false);
                });
            } catch (IOException e) {
                throw unusable(file, e);
            }
        }
    }

    /// Limits over time in a file.
    record Spent(Path file, InstantSource clock) implements SpentLimits {
        @Override
        public Optional<String> spend(Ask ask) {
            LockedFile locked = new LockedFile(file, SpentList.MAX_BYTES, "state of limits");
            try {
                return locked.change(before -> {
                    SpentList list =
                            before.map(b -> SpentList.read(b, file.toString()))
                                    .orElse(new SpentList(List.of()));
                    SpentList.Outcome outcome = list.spend(ask, clock.instant());
                    Optional<byte[]> after =
                            outcome.problem().isPresent()
                                    ? Optional.empty()
                                    : Optional.of(outcome.after().toBytes());
                    return new LockedFile.Changed<>(after, outcome.problem());
                });
            } catch (IOException e) {
                throw unusable(file, e);
            }
        }
    }
}
