package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.LedgerVerification.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One pass over a ledger file: its tree, its chain, what is wrong with its lines, and the roots it
/// had at given sizes.
final class LedgerScan {
    /// Sees each readable line.
    interface Listener {
        void line(long number, LedgerLine line) throws IOException;
    }

    private final Problems problems;
    private final CompactRange tree = new CompactRange();
    private final Map<Long, Digest> roots = new HashMap<>();
    private byte[] lastHash = Merkle.bytes(LedgerLine.NONE);
    private long completeBytes;
    private boolean isTorn;

    private LedgerScan(Problems problems) {
        this.problems = problems;
    }

    /// Reads the file.
    ///
    /// @param sizes numbers of lines at which the root is wanted
    static LedgerScan of(Path file, Set<Long> sizes, Problems problems, Listener listener)
            throws IOException {
        LedgerScan scan = new LedgerScan(problems);
        scan.remember(sizes);
        ChainCheck chain = new ChainCheck(problems);
        try (LineReader reader = new LineReader(file)) {
            for (Optional<LineReader.Line> line = reader.next();
                    line.isPresent();
                    line = reader.next()) {
                scan.take(line.get(), chain, listener);
                scan.remember(sizes);
            }
            scan.completeBytes = reader.completeBytes();
        }
        chain.finish();
        return scan;
    }

    private void remember(Set<Long> sizes) {
        if (sizes.contains(tree.size())) {
            roots.put(tree.size(), tree.root());
        }
    }

    private void take(LineReader.Line line, ChainCheck chain, Listener listener)
            throws IOException {
        if (!line.isComplete()) {
            isTorn = true;
            return;
        }
        tree.add(line.hash());
        lastHash = line.hash();
        long number = tree.size();
        Optional<LedgerLine> decoded = decode(line, number);
        if (decoded.isEmpty()) {
            chain.unreadable(line.hash());
            return;
        }
        chain.follow(number, decoded.get(), line.hash());
        listener.line(number, decoded.get());
    }

    private Optional<LedgerLine> decode(LineReader.Line line, long number) {
        if (line.isTooLong()) {
            malformed(number, "Longer than " + LineReader.MAX_LINE_BYTES + " bytes");
            return Optional.empty();
        }
        try {
            return Optional.of(LedgerLine.decode(line.bytes()));
        } catch (UserError e) {
            malformed(number, e.what());
            return Optional.empty();
        }
    }

    private void malformed(long number, String what) {
        problems.add(Kind.MALFORMED, number, "Not a line of a ledger. " + what, Problems.RESTORE);
    }

    /// Complete lines.
    long lines() {
        return tree.size();
    }

    /// The tree of the complete lines.
    CompactRange tree() {
        return tree;
    }

    /// Root of the first `size` lines, when it was asked for and there are as many.
    Optional<Digest> rootAt(long size) {
        return Optional.ofNullable(roots.get(size));
    }

    /// Leaf hash of the last complete line.
    Digest lastHash() {
        return Merkle.digest(lastHash);
    }

    /// Bytes of the complete lines.
    long completeBytes() {
        return completeBytes;
    }

    /// Whether bytes without a newline follow the last complete line.
    boolean isTorn() {
        return isTorn;
    }
}
