package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An evidence folder: `ledger.jsonl`, to which lines are only ever added; `checkpoint`, the head
/// of their Merkle tree; and `raw/`, files named by their digest.
///
/// **Form.** Each line is one RFC 8785 object `{"body":…,"index":n,"kind":…,"previous":…,"v":1}`
/// and a newline. Its leaf hash (RFC 6962) is over the line without the newline. `previous` is the
/// leaf hash of the line before, 64 zeros in the first.
///
/// **Why a tree and a chain.** The tree's root in the checkpoint settles whether the lines are the
/// ones it was made over, with short proofs for one line or for growth; but a wrong root does not
/// say where. The chain does: an edited, dropped, moved or doubled line is named. Neither helps
/// against somebody who rewrites lines, chain and checkpoint together: only a checkpoint kept
/// elsewhere (an anchor) does. Signature lines and tiles can be added later without a rewrite.
///
/// **Crashes.** Lines are synced before the checkpoint is replaced. So a crash leaves complete
/// lines beyond the checkpoint, which are taken up when the ledger is opened again, and at most one
/// torn line, which is moved to `ledger.torn-<n>`. Both are told in {@link #notes}. Anything else
/// that does not fit is refused, never mended silently.
///
/// One opener at a time, in any process; safe for use by several threads.
public final class Ledger implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");

    private final LedgerFolder folder;
    private final LedgerLock lock;
    private final LedgerWriter writer;
    private final ReentrantLock turn = new ReentrantLock();

    private Ledger(LedgerFolder folder, LedgerLock lock, LedgerWriter writer) {
        this.folder = folder;
        this.lock = lock;
        this.writer = writer;
    }

    /// Opens the ledger in that folder, made when missing; waits ten seconds for another writer.
    ///
    /// @param dir the evidence folder
    /// @param origin unique name of the ledger, such as `bartizan.local/claims-desk`; see {@link
    ///   Checkpoint#originFor}
    /// @throws UserError when another run holds it, it is another's ledger, or it was tampered with
    public static Ledger open(Path dir, String origin) throws IOException {
        return open(dir, origin, WAIT);
    }

    /// Opens the ledger, waiting at most that long for another writer.
    public static Ledger open(Path dir, String origin, Duration wait) throws IOException {
        Checkpoint start = new Checkpoint(origin, 0, new CompactRange().root());
        Files.createDirectories(dir);
        LedgerFolder folder = new LedgerFolder(dir);
        LedgerLock lock = LedgerLock.take(folder.lock(), wait);
        try {
            return new Ledger(folder, lock, LedgerWriter.open(folder, start));
        } catch (IOException | UserError e) {
            lock.close();
            throw e;
        }
    }

    /// Appends lines, synced to disk before it returns. All or, after a crash, the first of them.
    ///
    /// @return the new checkpoint
    /// @throws UserError when a leaf is longer than 16 MiB, or the file was changed meanwhile;
    ///   nothing is written then
    public Checkpoint append(List<Leaf> leaves) throws IOException {
        turn.lock();
        try {
            return writer.append(leaves);
        } finally {
            turn.unlock();
        }
    }

    /// Keeps a file under its digest. The same content is kept once.
    public Evidence.Attachment keep(RawMaterial material) throws IOException {
        byte[] bytes = material.bytes();
        Digest digest = Digest.of(bytes);
        Matcher extension = EXTENSION.matcher(material.name());
        String name = digest.hex() + (extension.find() ? extension.group() : "");
        turn.lock();
        try {
            if (!Files.isDirectory(folder.raw())) {
                Files.createDirectories(folder.raw());
                Durable.syncFolder(folder.dir());
            }
            Path file = folder.raw().resolve(name);
            if (!isKept(file, digest)) {
                Durable.replace(file, bytes);
            }
            return new Evidence.Attachment("raw/" + name, digest);
        } finally {
            turn.unlock();
        }
    }

    /// The bytes of a kept file; empty when it is gone or no longer what was kept.
    public Optional<byte[]> kept(Evidence.Attachment attachment) throws IOException {
        Path name = Path.of(attachment.path()).getFileName();
        Path file = folder.raw().resolve(String.valueOf(name));
        return isKept(file, attachment.digest())
                ? Optional.of(Files.readAllBytes(file))
                : Optional.empty();
    }

    private static boolean isKept(Path file, Digest digest) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Digest.ofFile(file).equals(digest);
    }

    /// The head of the ledger as it is now.
    public Checkpoint checkpoint() {
        turn.lock();
        try {
            return writer.checkpoint();
        } finally {
            turn.unlock();
        }
    }

    /// What opening it had to mend, for the reader of the report; empty when nothing.
    public List<String> notes() {
        return writer.notes();
    }

    /// All evidence, oldest first.
    public List<Evidence> evidence() throws IOException {
        List<Evidence> evidence = new ArrayList<>();
        read((_, leaf) -> leaf.evidence().ifPresent(evidence::add));
        return List.copyOf(evidence);
    }

    /// The summaries of earlier runs, oldest first.
    public List<RunRecord> runs() throws IOException {
        List<RunRecord> runs = new ArrayList<>();
        read((_, leaf) -> leaf.run().ifPresent(runs::add));
        return List.copyOf(runs);
    }

    /// Hears of each line.
    public interface Reader {
        /// The leaf at that place, from 0.
        void leaf(long index, Leaf leaf);
    }

    /// Reads all lines in their order, one at a time.
    ///
    /// @throws UserError when a line is not what was written
    public void read(Reader reader) throws IOException {
        turn.lock();
        try {
            Problems problems = new Problems();
            LedgerScan.of(
                    folder.ledger(),
                    Set.of(),
                    problems,
                    (_, line) -> reader.leaf(line.index(), line.leaf()));
            LedgerWriter.refuse(folder, problems);
        } finally {
            turn.unlock();
        }
    }

    /// The proof that a line is in the ledger as its checkpoint stands.
    ///
    /// @param index place of the line, from 0
    public InclusionProof prove(long index) throws IOException {
        List<Digest> hashes = hashes();
        if (index < 0 || index >= hashes.size()) {
            throw new UserError(
                    "No line with index " + index,
                    folder.ledger().toString(),
                    "Indices go from 0 to " + (hashes.size() - 1) + ".");
        }
        return new InclusionProof(
                index,
                hashes.get((int) index),
                Merkle.inclusionProof(hashes, (int) index),
                checkpoint());
    }

    /// The proof that the ledger at an earlier size is a prefix of what it is now.
    public List<Digest> proveGrowth(long earlierSize) throws IOException {
        List<Digest> hashes = hashes();
        if (earlierSize < 0 || earlierSize > hashes.size()) {
            throw new UserError(
                    "The ledger never had " + earlierSize + " lines",
                    folder.ledger().toString(),
                    "Give a size from 0 to " + hashes.size() + ".");
        }
        return Merkle.consistencyProof(hashes, (int) earlierSize);
    }

    private List<Digest> hashes() throws IOException {
        turn.lock();
        try (LineReader lines = new LineReader(folder.ledger())) {
            List<Digest> hashes = new ArrayList<>();
            for (Optional<LineReader.Line> line = lines.next();
                    line.isPresent();
                    line = lines.next()) {
                hashes.add(Merkle.digest(line.get().hash()));
            }
            return hashes;
        } finally {
            turn.unlock();
        }
    }

    /// Verifies the ledger in that folder without an anchor.
    public static LedgerVerification verify(Path dir) throws IOException {
        return verify(dir, Optional.empty());
    }

    /// Verifies the ledger in that folder: form, order, chain, checkpoint, raw material, and, given
    /// an anchor, that the lines it covers are still there. Needs no right to write.
    ///
    /// @param anchor a checkpoint kept elsewhere: its three lines, its one-line form, or the name
    ///   of a file that holds either
    /// @throws UserError when there is no ledger, or the anchor is none
    public static LedgerVerification verify(Path dir, Optional<String> anchor) throws IOException {
        Optional<Checkpoint> head = Optional.empty();
        if (anchor.isPresent()) {
            head = Optional.of(Anchor.read(anchor.get()));
        }
        return new LedgerVerifier(dir, head).verify();
    }

    static byte[] text(Checkpoint checkpoint) {
        return checkpoint.text().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        turn.lock();
        try (lock) {
            writer.close();
        } finally {
            turn.unlock();
        }
    }
}
