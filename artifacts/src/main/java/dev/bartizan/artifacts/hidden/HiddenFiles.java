package dev.bartizan.artifacts.hidden;

import dev.bartizan.artifacts.pickle.Embedded;
import dev.bartizan.artifacts.spi.BytePairs;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Pickles, programs, archives and scripts in the middle of bytes that should be plain numbers.
/// Each is taken for one only when its structure is whole as far as its header tells: a pickle that
/// calls what is known to reach out, headers of programs with every field in range, an archive with
/// its directory, a text that is a program. Random numbers are none of these.
///
/// How much is searched is bounded by {@link dev.bartizan.artifacts.spi.Budget#takeSearched}: all
/// of a small file; of a large one its first part and the start of every tensor.
public final class HiddenFiles {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int OVERLAP_BYTES = 256;

    /// What is looked at of a part when the file's budget is spent.
    private static final int START_BYTES = 1 << 12;

    private static final int SHORTEST_TEXT = 32;
    private static final int LONGEST_TEXT = 1 << 14;
    private static final int MOST_ZIP_BYTES = 64 << 20;
    private static final int MOST_TRIED = 20_000;
    private static final Rule PROGRAM =
            Rule.code(
                    "executable-inside-data",
                    "Find out why model data hold a program; do not use the file.",
                    "CWE-506");
    private static final Rule ARCHIVE =
            Rule.code(
                    "archive-inside-data",
                    "Find out why an archive stands among the numbers; have the weights saved again.",
                    "CWE-506");

    private static final BytePairs STARTS =
            Embedded.withStarts(new BytePairs())
                    .with(0x7f, next -> next == 'E')
                    .with('M', next -> next == 'Z')
                    .with(0xce, next -> next == 0xfa)
                    .with(0xcf, next -> next == 0xfa)
                    .with(0, next -> next == 'a')
                    .with('P', next -> next == 'K');

    private final ByteSource bytes;
    private final long base;
    private final Notes notes;
    private final Embedded.Search pickles;
    private int tried;
    private boolean isFound;

    private HiddenFiles(ByteSource bytes, long base, Notes notes) {
        this.bytes = bytes;
        this.base = base;
        this.notes = notes;
        this.pickles = new Embedded.Search(bytes, base, notes);
    }

    /// Searches a part of an item and notes what stands there.
    ///
    /// @param part bytes that should be plain numbers
    /// @param base where the part starts in the item, for findings
    public static void look(ByteSource part, long base, Notes notes) throws IOException {
        new HiddenFiles(part, base, notes).search();
    }

    private void search() throws IOException {
        long end = notes.budget().takeSearched(bytes.size());
        if (end < bytes.size()) {
            end = Math.max(end, Math.min(bytes.size(), START_BYTES));
        }
        byte[] whole = new byte[(int) Math.min(BLOCK_BYTES + OVERLAP_BYTES, end)];
        for (long at = 0; at < end && !isFound; at += BLOCK_BYTES) {
            byte[] block = block(at, end, whole);
            structures(block, at);
            texts(block, at);
        }
    }

    /// The next block, in one array for all whole ones.
    private byte[] block(long at, long end, byte[] whole) throws IOException {
        boolean isWhole =
                end - at >= whole.length && bytes.read(at, whole, 0, whole.length) == whole.length;
        return isWhole ? whole : bytes.bytes(at, (int) Math.min(whole.length, end - at));
    }

    private void structures(byte[] block, long at) throws IOException {
        int last = Math.min(BLOCK_BYTES, block.length - 4);
        for (int i = STARTS.next(block, 0, last);
                i < last && !isFound;
                i = STARTS.next(block, i + 1, last)) {
            switch (block[i]) {
                case (byte) 0x80, (byte) 0x8c, 'c', '(' -> {
                    if (tried < MOST_TRIED && Embedded.mayStart(block, i)) {
                        tried++;
                        isFound = !Embedded.breaksOffAtOnce(block, i) && pickles.isBad(at + i);
                    }
                }
                case 0x7f -> {
                    if (block[i + 1] == 'E' && block[i + 2] == 'L') {
                        program(at + i);
                    }
                }
                case 'M' -> {
                    if (block[i + 1] == 'Z') {
                        program(at + i);
                    }
                }
                case (byte) 0xce, (byte) 0xcf -> {
                    if (block[i + 1] == (byte) 0xfa && block[i + 2] == (byte) 0xed) {
                        program(at + i);
                    }
                }
                case 0 -> {
                    if (block[i + 1] == 'a' && block[i + 2] == 's' && block[i + 3] == 'm') {
                        program(at + i);
                    }
                }
                case 'P' -> {
                    if (block[i + 1] == 'K' && block[i + 2] == 3 && block[i + 3] == 4) {
                        archive(at + i);
                    }
                }
                default -> {}
            }
        }
    }

    private void program(long at) throws IOException {
        ProgramHeaders.kind(bytes, at)
                .ifPresent(kind -> {
                    isFound = true;
                    notes.finding(
                            PROGRAM,
                            Severity.HIGH,
                            base + at,
                            "A program for machines stands in the middle of the numbers: " + kind);
                });
    }

    /// A local header with sensible fields, and a directory behind it.
    private void archive(long at) throws IOException {
        try {
            ByteReader in = new ByteReader(bytes, at + 4);
            boolean isVersion = (in.u16() & 0xff) <= 63;
            in.u16();
            int method = in.u16();
            in.skip(16);
            int nameBytes = in.u16();
            if (!isVersion || method > 98 || nameBytes == 0 || nameBytes > 512) {
                return;
            }
        } catch (FormatException e) {
            return;
        }
        long end = zipEnd(at);
        if (end < 0) {
            return;
        }
        isFound = true;
        notes.finding(
                ARCHIVE,
                Severity.MEDIUM,
                base + at,
                "A zip archive stands in the middle of the numbers");
        notes.member("zip-at-" + (base + at), bytes.slice(at, end - at), base + at, base + end);
    }

    /// Where an archive that starts at an offset ends; -1 when no directory follows.
    private long zipEnd(long at) throws IOException {
        long most = Math.min(bytes.size(), at + MOST_ZIP_BYTES);
        for (long from = at; from < most; from += BLOCK_BYTES) {
            byte[] block = bytes.bytes(from, BLOCK_BYTES + 22);
            for (int i = 0; i + 22 <= block.length && i < BLOCK_BYTES; i++) {
                boolean isEnd =
                        block[i] == 'P'
                                && block[i + 1] == 'K'
                                && block[i + 2] == 5
                                && block[i + 3] == 6;
                if (isEnd) {
                    int comment = (block[i + 20] & 0xff) | (block[i + 21] & 0xff) << 8;
                    long end = Math.min(bytes.size(), from + i + 22 + comment);
                    return ZipReader.hasDirectory(bytes.slice(at, end - at)) ? end : -1;
                }
            }
        }
        return -1;
    }

    /// Every text is longer than twice the distance between two looks, so that the first look into
    /// one sees it, and so do one half a distance behind it and the next: none is missed.
    private void texts(byte[] block, long at) {
        int step = SHORTEST_TEXT / 2;
        int done = 0;
        for (int i = step - 1; i < block.length && !isFound; i += step) {
            boolean mayBeOne =
                    isReadable(block[i])
                            && i >= done
                            && i + step < block.length
                            && isReadable(block[i + step / 2])
                            && isReadable(block[i + step]);
            if (!mayBeOne) {
                continue;
            }
            int start = i;
            while (start > done && isReadable(block[start - 1])) {
                start--;
            }
            int end = i + 1;
            while (end < block.length && isReadable(block[end])) {
                end++;
            }
            done = end;
            if (end - start >= SHORTEST_TEXT) {
                int length = Math.min(end - start, LONGEST_TEXT);
                text(new String(block, start, length, StandardCharsets.US_ASCII), at + start);
            }
        }
    }

    private void text(String text, long at) {
        Optional<String> program = CodeInText.attack(text).or(() -> program(text));
        program.ifPresent(found -> {
            isFound = true;
            notes.finding(
                    PROGRAM,
                    Severity.HIGH,
                    base + at,
                    "The text of a program stands in the middle of the numbers: " + found);
        });
    }

    /// A call alone stands in many vocabularies; a program has more to it.
    private static Optional<String> program(String text) {
        boolean isScript = text.contains("#!/") || text.contains("import ");
        return isScript ? CodeInText.call(text) : Optional.empty();
    }

    private static boolean isReadable(byte b) {
        return (b >= ' ' && b < 127) || b == '\n' || b == '\r' || b == '\t';
    }
}
