package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// HDF5 files (HDF5 File Format Specification 3.0): numbers, and attributes in which Keras keeps
/// the configuration of a model. Attributes are never packed, so a configuration stands readable in
/// the file wherever the library put it; it is found by reading every document that starts like
/// one.
public final class Hdf5Analyser implements FormatAnalyser {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final Rule BROKEN =
            Rule.structure("hdf5-structure", "Download the file again.", "CWE-20");
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int OVERLAP_BYTES = 64;
    private static final int LONGEST_DOCUMENT_BYTES = 32 << 20;
    private static final int MOST_DOCUMENTS = 200;

    /// Made for the list of formats.
    public Hdf5Analyser() {}

    @Override
    public String format() {
        return "hdf5";
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return superblock(item.bytes()).isPresent();
    }

    private static Optional<Long> superblock(ByteSource bytes) throws IOException {
        for (long at = 0; at < bytes.size() && at <= 1 << 20; at = at == 0 ? 512 : at * 2) {
            if (bytes.has(at, SIGNATURE)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        long start = superblock(item.bytes()).orElse(0L);
        checkEnd(item.bytes(), start, notes);
        notes.cover(start, item.bytes().size());
        if (start > 0) {
            notes.member("user-block", item.bytes().slice(0, start), 0, start);
        }
        new Search(item.bytes(), KerasVersion.container(item.bytes()), notes).run();
    }

    /// The superblock promises where the file ends.
    private static void checkEnd(ByteSource bytes, long start, Notes notes)
            throws IOException, FormatException {
        int version = new ByteReader(bytes, start + 8).u8();
        long place = version == 0 ? start + 40 : version == 1 ? start + 44 : start + 28;
        int offsetBytes = new ByteReader(bytes, version < 2 ? start + 13 : start + 9).u8();
        if (version > 3 || offsetBytes != 8) {
            notes.notCovered(
                    "a superblock of version "
                            + version
                            + " with offsets of "
                            + offsetBytes
                            + " bytes");
            return;
        }
        long end = new ByteReader(bytes, place).i64();
        if (end < 0 || end > bytes.size()) {
            notes.broken(
                    BROKEN,
                    Severity.MEDIUM,
                    place,
                    "The file promises "
                            + Long.toUnsignedString(end)
                            + " bytes, "
                            + bytes.size()
                            + " present");
        }
    }

    /// Walks the bytes once for documents and external names.
    private record Search(ByteSource bytes, KerasConfig.Container container, Notes notes) {
        void run() throws IOException {
            int documents = 0;
            long skipTo = 0;
            for (long at = 0; at < bytes.size(); at += BLOCK_BYTES) {
                byte[] block = bytes.bytes(at, BLOCK_BYTES + OVERLAP_BYTES);
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
            while (k < block.length
                    && k < i + 16
                    && (block[k] == ' '
                            || block[k] == '\n'
                            || block[k] == '\r'
                            || block[k] == '\t')) {
                k++;
            }
            if (k + 2 >= block.length || block[k] != '"') {
                return false;
            }
            return block[k + 1] == '_' || Character.isLetter(block[k + 1]);
        }

        /// Reads a document and returns how many bytes it takes; 1 when it is none.
        private long document(long at) throws IOException {
            int end = end(at);
            if (end < 0) {
                return 1;
            }
            String text = new String(bytes.bytes(at, end), StandardCharsets.UTF_8);
            try {
                Json json = JsonReader.read(text, JsonLimits.USUAL).value();
                KerasConfig.look(json, container, notes);
                return end;
            } catch (FormatException e) {
                if (text.contains("\"class_name\"")) {
                    notes.broken(
                            BROKEN,
                            Severity.MEDIUM,
                            at + e.offset(),
                            "The configuration is broken: " + e.what());
                }
                return 1;
            }
        }

        /// How many bytes a balanced document takes; -1 when it never closes.
        private int end(long at) throws IOException {
            int depth = 0;
            boolean isText = false;
            boolean isEscaped = false;
            int length = 0;
            for (long block = at; length < LONGEST_DOCUMENT_BYTES; block += 1 << 14) {
                byte[] part = bytes.bytes(block, 1 << 14);
                for (int i = 0; i < part.length; i++) {
                    length++;
                    byte b = part[i];
                    if (b == 0) {
                        return -1;
                    }
                    if (isEscaped) {
                        isEscaped = false;
                    } else if (isText) {
                        if (b == '\\') {
                            isEscaped = true;
                        } else if (b == '"') {
                            isText = false;
                        }
                    } else if (b == '"') {
                        isText = true;
                    } else if (b == '{' || b == '[') {
                        depth++;
                    } else if ((b == '}' || b == ']') && --depth == 0) {
                        return length;
                    }
                }
                if (part.length < 1 << 14) {
                    return -1;
                }
            }
            return -1;
        }
    }
}
