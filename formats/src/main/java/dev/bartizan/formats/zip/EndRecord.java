package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.Optional;

/// The end-of-central-directory record (APPNOTE.TXT 4.3.16, zip64 4.3.14).
///
/// @param offset where it stands
/// @param directoryEnd where the central directory must end: at this record or at the zip64 one
/// @param end byte after the comment
/// @param entries promised number of members
/// @param directoryBytes promised length of the directory
/// @param directoryOffset promised place of the directory
/// @param isExact whether the file ends where the record says
record EndRecord(
        long offset,
        long directoryEnd,
        long end,
        long entries,
        long directoryBytes,
        long directoryOffset,
        boolean isExact) {
    static final int BYTES = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int LOCATOR_BYTES = 20;

    /// The record that readers take: the one whose comment ends with the file, else the last one.
    static Optional<EndRecord> find(ByteSource file) throws IOException, FormatException {
        long from = Math.max(0, file.size() - BYTES - LONGEST_COMMENT);
        byte[] tail = file.bytes(from, BYTES + LONGEST_COMMENT);
        EndRecord last = null;
        for (int i = tail.length - BYTES; i >= 0; i--) {
            if (tail[i] == 'P' && tail[i + 1] == 'K' && tail[i + 2] == 5 && tail[i + 3] == 6) {
                EndRecord record = read(file, from + i);
                if (record.isExact) {
                    return Optional.of(record);
                }
                last = last == null ? record : last;
            }
        }
        return Optional.ofNullable(last);
    }

    private static EndRecord read(ByteSource file, long offset)
            throws IOException, FormatException {
        ByteReader reader = new ByteReader(file, offset + 10);
        long entries = reader.u16();
        long bytes = reader.u32();
        long start = reader.u32();
        long end = offset + BYTES + reader.u16();
        EndRecord plain =
                new EndRecord(offset, offset, end, entries, bytes, start, end == file.size());
        return plain.with64(file);
    }

    private EndRecord with64(ByteSource file) throws IOException, FormatException {
        long locator = offset - LOCATOR_BYTES;
        if (locator < 0 || !file.has(locator, "PK\6\7")) {
            return this;
        }
        long promised = new ByteReader(file, locator + 8).i64();
        long place = file.has(promised, "PK\6\6") ? promised : locator - 56;
        if (place < 0 || !file.has(place, "PK\6\6")) {
            return this;
        }
        ByteReader reader = new ByteReader(file, place + 32);
        long entries64 = reader.i64();
        long bytes64 = reader.i64();
        long start64 = reader.i64();
        return new EndRecord(offset, place, end, entries64, bytes64, start64, isExact);
    }
}
