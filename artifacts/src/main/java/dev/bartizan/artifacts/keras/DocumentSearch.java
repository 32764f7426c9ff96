package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Tree.Range;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Finds configurations in bytes that the object tree does not explain: in free space, in data of
/// other types than numbers, and everywhere when the tree is broken. Attributes are never packed,
/// so a configuration stands readable wherever it is.
final class DocumentSearch {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int OVERLAP_BYTES = 64;
    private static final int PART_BYTES = 1 << 14;
    private static final int LONGEST_DOCUMENT_BYTES = 32 << 20;
    private static final int MOST_DOCUMENTS = 200;

    private final ByteSource bytes;
    private final KerasConfig.Container container;
    private final Notes notes;
    private Set<String> known = Set.of();
    private int documents;

    DocumentSearch(ByteSource bytes, KerasConfig.Container container, Notes notes) {
        this.bytes = bytes;
        this.container = container;
        this.notes = notes;
    }

    /// Leaves out documents that were looked at already.
    DocumentSearch without(Set<String> documents) {
        known = Set.copyOf(documents);
        return this;
    }

    void run(List<Range> ranges) throws IOException {
        for (Range range : ranges) {
            search(range);
        }
    }

    private void search(Range range) throws IOException {
        long skipTo = range.from();
        for (long at = range.from(); at < range.to(); at += BLOCK_BYTES) {
            byte[] block =
                    bytes.bytes(at, (int) Math.min(BLOCK_BYTES + OVERLAP_BYTES, range.to() - at));
            for (int i = 0; i < block.length && i < BLOCK_BYTES; i++) {
                if (block[i] == '{'
                        && at + i >= skipTo
                        && startsDocument(block, i)
                        && documents++ < MOST_DOCUMENTS) {
                    skipTo = at + i + document(at + i);
                }
            }
        }
    }

    private static boolean startsDocument(byte[] block, int i) {
        int k = i + 1;
        while (k < block.length && k < i + 16 && isBlank(block[k])) {
            k++;
        }
        if (k + 2 >= block.length || block[k] != '"') {
            return false;
        }
        return block[k + 1] == '_' || Character.isLetter(block[k + 1]);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// Reads a document and returns how many bytes it takes; 1 when it is none.
    private long document(long at) throws IOException {
        int length = length(at);
        if (length < 0) {
            return 1;
        }
        String text = new String(bytes.bytes(at, length), StandardCharsets.UTF_8);
        if (known.contains(text)) {
            return length;
        }
        try {
            Json json = JsonReader.read(text, JsonLimits.forHeap()).value();
            KerasConfig.look(json, container, notes);
            return length;
        } catch (FormatException e) {
            if (text.contains("\"class_name\"")) {
                notes.broken(
                        Hdf5Analyser.BROKEN,
                        Severity.MEDIUM,
                        at + e.offset(),
                        "The configuration is broken: " + e.what());
            }
            return 1;
        }
    }

    /// How many bytes a balanced document takes; -1 when it never closes.
    private int length(long at) throws IOException {
        Balance balance = new Balance();
        int length = 0;
        for (long next = at; length < LONGEST_DOCUMENT_BYTES; next += PART_BYTES) {
            byte[] part = bytes.bytes(next, PART_BYTES);
            for (byte b : part) {
                length++;
                if (b == 0) {
                    return -1;
                }
                if (balance.closes(b)) {
                    return length;
                }
            }
            if (part.length < PART_BYTES) {
                return -1;
            }
        }
        return -1;
    }

    /// Counts brackets outside of strings.
    private static final class Balance {
        private int depth;
        private boolean isText;
        private boolean isEscaped;

        boolean closes(byte b) {
            if (isEscaped) {
                isEscaped = false;
            } else if (isText) {
                isEscaped = b == '\\';
                isText = b != '"';
            } else if (b == '"') {
                isText = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                return --depth == 0;
            }
            return false;
        }
    }
}
