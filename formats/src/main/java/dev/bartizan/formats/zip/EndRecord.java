package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
/// @param doubts what makes readers find another directory than this one
/// @param others where further records with a directory stand, as those of archives within this one
///   do
record EndRecord(
        long offset,
        long directoryEnd,
        long end,
        long entries,
        long directoryBytes,
        long directoryOffset,
        boolean isExact,
        List<String> doubts,
        List<Long> others) {
    static final int BYTES = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int LOCATOR_BYTES = 20;
    private static final int MOST_RECORDS = 64;
    private static final int ABSENT_SHORT = 0xffff;
    private static final long ABSENT = 0xffffffffL;

    /// The record that readers take: the one whose comment ends with the file, else the last one.
    static Optional<EndRecord> find(ByteSource file) throws IOException, FormatException {
        long from = Math.max(0, file.size() - BYTES - LONGEST_COMMENT);
        byte[] tail = file.bytes(from, BYTES + LONGEST_COMMENT);
        List<EndRecord> found = new ArrayList<>();
        int i = tail.length - BYTES;
        while (i >= 0 && found.size() < MOST_RECORDS) {
            // A byte that no signature holds lets four places be passed over.
            switch (tail[i]) {
                case 'P' -> {
                    if (tail[i + 1] == 'K' && tail[i + 2] == 5 && tail[i + 3] == 6) {
                        found.add(read(file, from + i));
                    }
                    i--;
                }
                case 'K', 5, 6 -> i--;
                default -> i -= 4;
            }
        }
        Optional<EndRecord> best =
                found.stream()
                        .filter(EndRecord::isExact)
                        .findFirst()
                        .or(() -> found.stream().findFirst());
        if (best.isEmpty() || found.size() == 1) {
            return best;
        }
        List<Long> others = new ArrayList<>();
        for (EndRecord record : found) {
            if (record.offset != best.get().offset && record.hasDirectory(file)) {
                others.add(record.offset);
            }
        }
        return best.map(record -> record.besides(others));
    }

    private boolean hasDirectory(ByteSource file) throws IOException {
        return directoryBytes == 0
                || file.has(directoryEnd - directoryBytes, "PK\1\2")
                || file.has(directoryOffset, "PK\1\2");
    }

    private EndRecord doubting(String doubt) {
        List<String> all = new ArrayList<>(doubts);
        all.add(doubt);
        return new EndRecord(
                offset,
                directoryEnd,
                end,
                entries,
                directoryBytes,
                directoryOffset,
                isExact,
                all,
                others);
    }

    private EndRecord besides(List<Long> others) {
        return new EndRecord(
                offset,
                directoryEnd,
                end,
                entries,
                directoryBytes,
                directoryOffset,
                isExact,
                doubts,
                others);
    }

    private static EndRecord read(ByteSource file, long offset)
            throws IOException, FormatException {
        ByteReader reader = new ByteReader(file, offset + 4);
        int disk = reader.u16();
        int directoryDisk = reader.u16();
        long entriesHere = reader.u16();
        long entries = reader.u16();
        long bytes = reader.u32();
        long start = reader.u32();
        long end = offset + BYTES + reader.u16();
        EndRecord plain =
                new EndRecord(
                        offset,
                        offset,
                        end,
                        entries,
                        bytes,
                        start,
                        end == file.size(),
                        List.of(),
                        List.of());
        boolean isOfSeveral =
                (disk != 0 && disk != ABSENT_SHORT)
                        || (directoryDisk != 0 && directoryDisk != ABSENT_SHORT)
                        || entriesHere != entries;
        return (isOfSeveral
                        ? plain.doubting("The archive says that it is a part of several")
                        : plain)
                .with64(file);
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
        EndRecord with64 =
                new EndRecord(
                        offset, place, end, entries64, bytes64, start64, isExact, doubts, others);
        boolean agrees =
                (entries == ABSENT_SHORT || entries == entries64)
                        && (directoryBytes == ABSENT || directoryBytes == bytes64)
                        && (directoryOffset == ABSENT || directoryOffset == start64);
        return agrees
                ? with64
                : with64.doubting(
                        "The zip64 end record promises another directory than the plain one");
    }
}
