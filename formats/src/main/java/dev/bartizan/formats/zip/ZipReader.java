package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipArchive.Anomaly;
import dev.bartizan.formats.zip.ZipArchive.Range;
import dev.bartizan.formats.zip.ZipArchive.Weight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a zip archive from its central directory, from its local headers, and by walking what
/// neither of them explains, and reports where the three disagree. Never trusts a promise: every
/// offset is checked, every byte is either part of a member, of the directory, or a gap.
public final class ZipReader {
    private static final int MOST_ANOMALIES = 100;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;

    private final ByteSource file;
    private final ZipLimits limits;
    private final List<ZipMember> members = new ArrayList<>();
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final List<Range> used = new ArrayList<>();

    private ZipReader(ByteSource file, ZipLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /// Reads the structure; no member is unpacked.
    ///
    /// @throws FormatException when there is nothing of a zip archive in it, or a limit is reached
    public static ZipArchive read(ByteSource file, ZipLimits limits)
            throws IOException, FormatException {
        return new ZipReader(file, limits).read();
    }

    /// Whether the bytes end with the directory of a zip archive, whatever they start with.
    public static boolean hasDirectory(ByteSource file) throws IOException {
        if (file.size() < EndRecord.BYTES) {
            return false;
        }
        try {
            Optional<EndRecord> end = EndRecord.find(file);
            if (end.isEmpty()) {
                return false;
            }
            long start = end.get().directoryEnd() - end.get().directoryBytes();
            return end.get().directoryBytes() > 0
                    && (file.has(start, "PK\1\2")
                            || file.has(end.get().directoryOffset(), "PK\1\2"));
        } catch (FormatException e) {
            return false;
        }
    }

    private ZipArchive read() throws IOException, FormatException {
        Optional<EndRecord> end = EndRecord.find(file);
        if (end.isPresent()) {
            readDirectory(end.get());
            used.add(new Range(end.get().directoryEnd(), Math.min(end.get().end(), file.size())));
        } else {
            anomaly(Weight.BROKEN, file.size(), "No end record: the archive is cut short");
        }
        for (Range gap : gaps()) {
            new GapWalk(file, limits, members, anomalies, used, end.isPresent()).walk(gap);
        }
        if (members.isEmpty() && end.isEmpty()) {
            throw FormatException.broken(0, "Not a zip archive");
        }
        reportRepeatedNames();
        reportOverlaps();
        return new ZipArchive(members, anomalies, gaps());
    }

    private void readDirectory(EndRecord end) throws IOException, FormatException {
        long start = end.directoryEnd() - end.directoryBytes();
        if (start < 0 || (end.directoryBytes() > 0 && !isCentral(start))) {
            start = end.directoryOffset();
        }
        long shift = start - end.directoryOffset();
        if (shift != 0) {
            anomaly(Weight.ODD, 0, shift + " bytes stand in front of the archive");
        }
        if (start < 0 || start > end.directoryEnd()) {
            anomaly(Weight.BROKEN, end.offset(), "The directory is promised outside the file");
            return;
        }
        ByteReader reader = new ByteReader(file, start);
        long listed = 0;
        while (reader.position() < end.directoryEnd() && isCentral(reader.position())) {
            readCentral(reader, shift);
            listed++;
        }
        used.add(new Range(start, reader.position()));
        if (listed != end.entries()) {
            anomaly(
                    Weight.AMBIGUOUS,
                    end.offset(),
                    "The end record promises "
                            + end.entries()
                            + " members, the directory lists "
                            + listed);
        }
        if (reader.position() != end.directoryEnd()) {
            anomaly(
                    Weight.AMBIGUOUS,
                    reader.position(),
                    "The directory does not end at the end record");
        }
    }

    private boolean isCentral(long offset) throws IOException {
        return file.has(offset, "PK\1\2");
    }

    private void readCentral(ByteReader reader, long shift) throws IOException, FormatException {
        long at = reader.position();
        if (members.size() >= limits.members()) {
            throw FormatException.limit(at, "More than " + limits.members() + " members");
        }
        if (reader.u32() != CENTRAL_SIGNATURE) {
            throw FormatException.broken(at, "No directory entry where one is promised");
        }
        int madeBy = reader.u16() >> 8;
        reader.skip(2);
        int flags = reader.u16();
        int method = reader.u16();
        reader.skip(4);
        long crc = reader.u32();
        long packed = reader.u32();
        long unpacked = reader.u32();
        int nameBytes = reader.u16();
        int extraBytes = reader.u16();
        int commentBytes = reader.u16();
        reader.skip(4);
        long attributes = reader.u32();
        long offset = reader.u32();
        String name = Names.text(reader.bytes(nameBytes), flags);
        long[] sizes = Zip64Extra.sizes(reader.bytes(extraBytes), unpacked, packed, offset);
        reader.skip(Math.min(commentBytes, reader.remaining()));
        int mode = madeBy == 3 ? (int) (attributes >> 16) : 0;
        compare(
                new ZipMember(
                        name,
                        true,
                        method,
                        (flags & 0x2041) != 0,
                        crc,
                        sizes[1],
                        sizes[0],
                        sizes[2] + shift,
                        0,
                        mode),
                at);
    }

    private void compare(ZipMember central, long at) throws IOException {
        LocalHeader local;
        try {
            local = LocalHeader.read(file, central.headerOffset());
        } catch (FormatException e) {
            anomaly(Weight.BROKEN, at, quote(central.name()) + " has no local header: " + e.what());
            return;
        }
        if (!local.name().equals(central.name())) {
            anomaly(
                    Weight.AMBIGUOUS,
                    local.offset(),
                    "The directory says "
                            + quote(central.name())
                            + ", the member itself says "
                            + quote(local.name()));
        }
        if (local.method() != central.method()) {
            anomaly(
                    Weight.AMBIGUOUS,
                    local.offset(),
                    quote(central.name()) + ": directory and member name different compressions");
        }
        boolean localEncrypted = (local.flags() & 0x2041) != 0;
        if (localEncrypted != central.isEncrypted()) {
            anomaly(
                    Weight.AMBIGUOUS,
                    local.offset(),
                    quote(central.name()) + ": directory and member disagree on encryption");
        }
        boolean deferred = local.hasDescriptor() && local.packedBytes() == 0;
        if (!deferred
                && (local.packedBytes() != central.packedBytes()
                        || local.promisedBytes() != central.promisedBytes()
                        || local.crc() != central.crc())) {
            anomaly(
                    Weight.AMBIGUOUS,
                    local.offset(),
                    quote(central.name())
                            + ": directory and member promise different sizes or checksums");
        }
        long room = file.size() - local.dataOffset();
        long packed = Math.clamp(central.packedBytes(), 0, Math.max(0, room));
        if (packed != central.packedBytes()) {
            anomaly(
                    Weight.BROKEN,
                    local.offset(),
                    quote(central.name()) + " ends outside the file");
        }
        int method = central.method();
        ZipMember member =
                new ZipMember(
                        central.name(),
                        true,
                        method,
                        central.isEncrypted() && localEncrypted,
                        central.crc(),
                        packed,
                        central.promisedBytes(),
                        central.headerOffset(),
                        local.dataOffset(),
                        central.unixMode());
        members.add(member);
        long dataEnd = local.dataOffset() + packed;
        used.add(
                new Range(
                        local.offset(),
                        local.hasDescriptor() ? Descriptor.end(file, dataEnd, central) : dataEnd));
    }

    private List<Range> gaps() {
        List<Range> sorted = new ArrayList<>(used);
        sorted.sort(Comparator.comparingLong(Range::from));
        List<Range> gaps = new ArrayList<>();
        long at = 0;
        for (Range range : sorted) {
            if (range.from() > at) {
                gaps.add(new Range(at, range.from()));
            }
            at = Math.max(at, range.to());
        }
        if (at < file.size()) {
            gaps.add(new Range(at, file.size()));
        }
        return gaps;
    }

    private void reportRepeatedNames() {
        Set<String> names = new HashSet<>();
        for (ZipMember member : members) {
            if (!names.add(member.name())) {
                anomaly(
                        Weight.AMBIGUOUS,
                        member.headerOffset(),
                        quote(member.name()) + " stands twice; readers pick different ones");
            }
        }
    }

    private void reportOverlaps() {
        Map<Long, String> starts = new HashMap<>();
        List<ZipMember> sorted = new ArrayList<>(members);
        sorted.sort(Comparator.comparingLong(ZipMember::headerOffset));
        long end = 0;
        for (ZipMember member : sorted) {
            if (member.headerOffset() < end || starts.containsKey(member.headerOffset())) {
                anomaly(
                        Weight.BROKEN,
                        member.headerOffset(),
                        quote(member.name()) + " overlaps another member");
            }
            starts.put(member.headerOffset(), member.name());
            end = Math.max(end, member.dataOffset() + member.packedBytes());
        }
    }

    private void anomaly(Weight weight, long offset, String message) {
        if (anomalies.size() < MOST_ANOMALIES) {
            anomalies.add(new Anomaly(weight, offset, message));
        }
    }

    static String quote(String name) {
        return "\"" + (name.length() <= 120 ? name : name.substring(0, 120) + "…") + "\"";
    }
}
