package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.LedgerVerification.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares a ledger with itself, with its checkpoint, with its raw material, and with an anchor.
final class LedgerVerifier {
    private final LedgerFolder folder;
    private final Optional<Checkpoint> anchor;
    private final Problems problems = new Problems();
    private final Set<Evidence.Attachment> checked = new HashSet<>();
    private final List<String> shown = new ArrayList<>();
    private final List<String> notShown = new ArrayList<>();

    LedgerVerifier(Path dir, Optional<Checkpoint> anchor) {
        this.folder = new LedgerFolder(dir);
        this.anchor = anchor;
    }

    LedgerVerification verify() throws IOException {
        requireSomething();
        Optional<Checkpoint> checkpoint = checkpoint();
        Set<Long> sizes = new HashSet<>();
        checkpoint.ifPresent(head -> sizes.add(head.size()));
        anchor.ifPresent(head -> sizes.add(head.size()));
        if (!Files.isRegularFile(folder.ledger())) {
            problems.add(Kind.MISSING, 0, "ledger.jsonl is missing", Problems.RESTORE);
            return result(0, Optional.empty());
        }
        LedgerScan scan =
                LedgerScan.of(folder.ledger(), sizes, problems, (n, line) -> raw(n, line.leaf()));
        boolean isLocated = !problems.isEmpty();
        if (scan.isTorn()) {
            problems.add(
                    Kind.TORN,
                    scan.lines() + 1,
                    "The last line has no end",
                    "When a run is writing now, wait for it. Otherwise the next run moves the piece"
                            + " to a file ledger.torn-1 and goes on.");
        }
        checkpoint.ifPresent(head -> compareCheckpoint(head, scan, isLocated));
        anchor.ifPresent(head -> compareAnchor(head, scan, isLocated));
        checkpoint.ifPresent(this::compareOrigins);
        describe(scan);
        return result(scan.lines(), found(scan, checkpoint));
    }

    private void requireSomething() {
        if (!Files.exists(folder.ledger()) && !Files.exists(folder.checkpoint())) {
            throw new UserError(
                    "No evidence ledger here",
                    folder.dir().toString(),
                    "Give the evidence folder that an assessment wrote, such as"
                            + " bartizan-out/evidence.");
        }
    }

    private Optional<Checkpoint> checkpoint() throws IOException {
        try {
            Optional<Checkpoint> head = folder.readCheckpoint();
            if (head.isEmpty()) {
                unusable("The file checkpoint is missing");
            }
            return head;
        } catch (UserError e) {
            unusable("The file checkpoint is unreadable. " + e.what());
            return Optional.empty();
        }
    }

    private void unusable(String what) {
        problems.add(
                Kind.CHECKPOINT_UNUSABLE,
                0,
                what,
                "Put the checkpoint that the last report prints into this file, then verify again.");
    }

    private void compareCheckpoint(Checkpoint head, LedgerScan scan, boolean isLocated) {
        if (head.size() > scan.lines()) {
            problems.add(
                    Kind.TRUNCATED,
                    0,
                    "The checkpoint covers "
                            + head.size()
                            + " lines, "
                            + scan.lines()
                            + " are here",
                    Problems.RESTORE);
            return;
        }
        if (!scan.rootAt(head.size()).equals(Optional.of(head.root()))) {
            problems.add(
                    Kind.CHECKPOINT_MISMATCH,
                    0,
                    "The first "
                            + head.size()
                            + " lines are not those of the checkpoint"
                            + hint(isLocated, head.size()),
                    Problems.RESTORE);
        }
        if (head.size() < scan.lines()) {
            problems.add(
                    Kind.BEYOND_CHECKPOINT,
                    head.size() + 1,
                    (scan.lines() - head.size())
                            + " lines follow that the checkpoint does not cover: a run was"
                            + " interrupted, or somebody added them",
                    "Read them. When a run was interrupted, the next run takes them up.");
        }
    }

    private static String hint(boolean isLocated, long size) {
        return isLocated || size == 0
                ? ""
                : ", though their chain holds: line "
                        + size
                        + " was changed, or all of them were written anew, or the checkpoint was"
                        + " changed";
    }

    private void compareAnchor(Checkpoint head, LedgerScan scan, boolean isLocated) {
        if (head.size() > scan.lines()) {
            problems.add(
                    Kind.TRUNCATED,
                    0,
                    "The anchor covers " + head.size() + " lines, " + scan.lines() + " are here",
                    Problems.RESTORE);
            return;
        }
        if (!scan.rootAt(head.size()).equals(Optional.of(head.root()))) {
            problems.add(
                    Kind.ANCHOR_MISMATCH,
                    0,
                    "The first "
                            + head.size()
                            + " lines are not those of the anchor"
                            + hint(isLocated, head.size()),
                    Problems.RESTORE);
        }
    }

    private void compareOrigins(Checkpoint checkpoint) {
        anchor.filter(head -> !head.origin().equals(checkpoint.origin()))
                .ifPresent(head ->
                        problems.add(
                                Kind.ANCHOR_MISMATCH,
                                0,
                                "The anchor is of ledger \""
                                        + head.origin()
                                        + "\", this is \""
                                        + checkpoint.origin()
                                        + "\"",
                                "Give an anchor that a report about this system printed."));
    }

    private void raw(long number, Leaf leaf) throws IOException {
        Optional<Evidence> evidence;
        try {
            evidence = leaf.evidence();
            leaf.run();
            leaf.pin();
        } catch (UserError e) {
            problems.add(
                    Kind.MALFORMED,
                    number,
                    "Not " + leaf.kind() + " as this version writes it. " + e.what(),
                    e.mend());
            return;
        }
        for (Evidence.Attachment attachment : evidence.map(Evidence::raw).orElse(List.of())) {
            if (checked.add(attachment)) {
                compareRaw(number, attachment);
            }
        }
    }

    private void compareRaw(long number, Evidence.Attachment attachment) throws IOException {
        Optional<Path> file = folder.attachment(attachment);
        String name = "Raw material " + attachment.path();
        if (file.isEmpty()) {
            problems.add(Kind.RAW_MISSING, number, name + " is not below raw/", Problems.RESTORE);
            return;
        }
        if (!Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
            problems.add(Kind.RAW_MISSING, number, name + " is missing", Problems.RESTORE);
            return;
        }
        Digest digest = Digest.ofFile(file.get());
        if (!digest.equals(attachment.digest())) {
            problems.add(
                    Kind.RAW_CHANGED,
                    number,
                    name + " was changed: its digest is " + digest + ", not " + attachment.digest(),
                    Problems.RESTORE);
        }
    }

    private Optional<Checkpoint> found(LedgerScan scan, Optional<Checkpoint> checkpoint) {
        return checkpoint
                .or(() -> anchor)
                .map(head -> new Checkpoint(head.origin(), scan.lines(), scan.tree().root()));
    }

    private void describe(LedgerScan scan) {
        if (!problems.isEmpty()) {
            notShown.add("What else was changed beside the problems found.");
        } else {
            shown.add(
                    "The "
                            + scan.lines()
                            + " lines are canonical, in their order, chained without a gap, and"
                            + " those of the checkpoint beside them.");
            shown.add(checked.size() + " pieces of raw material are the ones that were kept.");
        }
        if (anchor.isEmpty()) {
            notShown.add(
                    "Whether somebody who could write here rewrote the lines and the checkpoint"
                            + " together, or took lines off the end of both: only a checkpoint kept"
                            + " elsewhere tells. Every report prints one; give it as the anchor.");
            return;
        }
        long covered = anchor.get().size();
        if (problems.isEmpty()) {
            shown.add("The first " + covered + " lines are the ones the anchor was made over.");
        }
        if (covered < scan.lines()) {
            notShown.add(
                    "Whether lines "
                            + (covered + 1)
                            + " to "
                            + scan.lines()
                            + ", younger than the anchor, were rewritten, or others after them taken"
                            + " off: only a later anchor tells.");
        }
    }

    private LedgerVerification result(long lines, Optional<Checkpoint> found) {
        return new LedgerVerification(
                lines, found, problems.kept(), problems.further(), shown, notShown);
    }
}
