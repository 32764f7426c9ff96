package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.LedgerVerification.Problem;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The open end of a ledger. Not safe for several threads: its owner takes turns.
final class LedgerWriter implements Closeable {
    private static final int COPY_BYTES = 1 << 16;

    private final LedgerFolder folder;
    private final String origin;
    private final RandomAccessFile file;
    private final CompactRange tree;
    private final List<String> notes = new ArrayList<>();
    private Digest lastHash;
    private long length;

    private LedgerWriter(
            LedgerFolder folder, String origin, RandomAccessFile file, LedgerScan scan) {
        this.folder = folder;
        this.origin = origin;
        this.file = file;
        this.tree = scan.tree();
        this.lastHash = scan.lastHash();
        this.length = scan.completeBytes();
    }

    /// Opens, or starts, a ledger whose lock is held.
    static LedgerWriter open(LedgerFolder folder, Checkpoint start) throws IOException {
        if (!Files.exists(folder.ledger()) && folder.readCheckpoint().isEmpty()) {
            Durable.replace(folder.checkpoint(), Ledger.text(start));
        }
        Checkpoint head = head(folder, start.origin());
        if (!Files.exists(folder.ledger()) && head.size() == 0) {
            Durable.write(folder.ledger(), new byte[0]);
            Durable.syncFolder(folder.dir());
            syncParents(folder.dir());
        }
        LedgerScan scan = scan(folder, head);
        RandomAccessFile file = new RandomAccessFile(folder.ledger().toFile(), "rw");
        try {
            LedgerWriter writer = new LedgerWriter(folder, head.origin(), file, scan);
            writer.mend(scan, head);
            return writer;
        } catch (IOException | UserError e) {
            file.close();
            throw e;
        }
    }

    private static void syncParents(Path dir) throws IOException {
        Path parent = dir.toAbsolutePath().getParent();
        if (parent != null) {
            Durable.syncFolder(parent);
        }
    }

    private static Checkpoint head(LedgerFolder folder, String origin) throws IOException {
        Checkpoint head =
                folder.readCheckpoint()
                        .orElseThrow(() ->
                                tampered(
                                        folder,
                                        "the file checkpoint is missing",
                                        "Put the checkpoint that the last report prints"
                                                + " into this file, or move the folder"
                                                + " aside."));
        if (!head.origin().equals(origin)) {
            throw new UserError(
                    "The evidence folder belongs to \""
                            + head.origin()
                            + "\", this run is about \""
                            + origin
                            + "\"",
                    folder.checkpoint().toString(),
                    "Give this run another folder with --out.");
        }
        return head;
    }

    private static LedgerScan scan(LedgerFolder folder, Checkpoint head) throws IOException {
        if (!Files.isRegularFile(folder.ledger())) {
            throw tampered(folder, "ledger.jsonl is missing", Problems.RESTORE);
        }
        Problems problems = new Problems();
        LedgerScan scan =
                LedgerScan.of(folder.ledger(), Set.of(head.size()), problems, (_, _) -> {});
        refuse(folder, problems);
        if (head.size() > scan.lines()) {
            throw tampered(
                    folder,
                    "it has " + scan.lines() + " lines, its checkpoint covers " + head.size(),
                    Problems.RESTORE);
        }
        if (!scan.rootAt(head.size()).equals(Optional.of(head.root()))) {
            throw tampered(
                    folder,
                    "its first " + head.size() + " lines are not those of its checkpoint",
                    Problems.RESTORE);
        }
        return scan;
    }

    /// Fails when there is a problem.
    static void refuse(LedgerFolder folder, Problems problems) {
        if (!problems.isEmpty()) {
            Problem first = problems.kept().getFirst();
            throw tampered(folder, first.toString(), first.mend());
        }
    }

    private static UserError tampered(LedgerFolder folder, String what, String mend) {
        return new UserError(
                "The evidence ledger was changed after it was written: " + what,
                folder.ledger().toString(),
                mend + " \"bartizan log verify\" tells all that is wrong.");
    }

    private void mend(LedgerScan scan, Checkpoint head) throws IOException {
        if (scan.isTorn()) {
            Path torn = folder.nextTorn();
            long bytes = file.length() - length;
            copyTail(torn);
            file.setLength(length);
            file.getFD().sync();
            notes.add(
                    "The last line of the evidence ledger had no end, since a run broke off; its "
                            + bytes
                            + " bytes were moved to "
                            + torn.getFileName()
                            + ".");
        }
        if (scan.lines() > head.size()) {
            notes.add(
                    (scan.lines() - head.size())
                            + " lines of the evidence ledger were newer than its checkpoint, since"
                            + " a run broke off; they were taken up.");
            Durable.replace(folder.checkpoint(), Ledger.text(checkpoint()));
        }
    }

    private void copyTail(Path torn) throws IOException {
        byte[] buffer = new byte[COPY_BYTES];
        file.seek(length);
        try (FileOutputStream out = new FileOutputStream(torn.toFile())) {
            for (int n = file.read(buffer); n >= 0; n = file.read(buffer)) {
                out.write(buffer, 0, n);
            }
            out.getFD().sync();
        }
        Durable.syncFolder(folder.dir());
    }

    Checkpoint append(List<Leaf> leaves) throws IOException {
        if (leaves.isEmpty()) {
            return checkpoint();
        }
        requireUnchanged();
        List<byte[]> lines = encode(leaves);
        try {
            writeAll(lines);
        } catch (IOException e) {
            file.setLength(length);
            throw e;
        }
        for (byte[] line : lines) {
            tree.add(Merkle.leafHashBytes(line));
            length += line.length + 1;
        }
        lastHash = Merkle.leafHash(lines.getLast());
        Checkpoint head = checkpoint();
        Durable.replace(folder.checkpoint(), Ledger.text(head));
        return head;
    }

    private void requireUnchanged() throws IOException {
        if (file.length() != length || !Files.exists(folder.ledger())) {
            throw tampered(folder, "its length changed while it was open", Problems.RESTORE);
        }
    }

    private List<byte[]> encode(List<Leaf> leaves) {
        List<byte[]> lines = new ArrayList<>(leaves.size());
        Digest previous = lastHash;
        for (Leaf leaf : leaves) {
            byte[] line = new LedgerLine(tree.size() + lines.size(), previous, leaf).encode();
            if (line.length > LineReader.MAX_LINE_BYTES) {
                throw new UserError(
                        "A piece of evidence takes "
                                + line.length
                                + " bytes, a line of the ledger at most "
                                + LineReader.MAX_LINE_BYTES,
                        folder.ledger().toString(),
                        "Keep large content as raw material.");
            }
            lines.add(line);
            previous = Merkle.leafHash(line);
        }
        return lines;
    }

    private void writeAll(List<byte[]> lines) throws IOException {
        file.seek(length);
        int size = 0;
        for (byte[] line : lines) {
            size = Math.addExact(size, line.length + 1);
        }
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] line : lines) {
            System.arraycopy(line, 0, all, at, line.length);
            all[at + line.length] = '\n';
            at += line.length + 1;
        }
        file.write(all);
        file.getFD().sync();
    }

    Checkpoint checkpoint() {
        return new Checkpoint(origin, tree.size(), tree.root());
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
