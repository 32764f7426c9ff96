package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipArchive.Anomaly;
import dev.bartizan.formats.zip.ZipArchive.Range;
import dev.bartizan.formats.zip.ZipArchive.Weight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a zip archive from its central directory, from its local headers, and by walking what
/// neither of them explains, and reports where the three disagree. Never trusts a promise: every
/// offset is checked, every byte is either part of a member, of the directory, or a gap.
public final class ZipReader {
    private static final int MOST_ANOMALIES = 100;
    private static final long MOST_DOUBTFUL_BYTES = 1 << 20;
    private static final int MOST_DOUBTFUL = 64;

    private final ByteSource file;
    private final ZipLimits limits;
    private final List<ZipMember> members = new ArrayList<>();
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final List<Range> used = new ArrayList<>();
    private final List<Range> doubtful = new ArrayList<>();

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
            reportOtherEnds(end.get());
            used.add(new Range(end.get().directoryEnd(), Math.min(end.get().end(), file.size())));
        } else {
            anomaly(Weight.BROKEN, file.size(), "No end record: the archive is cut short");
        }
        for (Range gap : gaps()) {
            new GapWalk(file, limits, members, anomalies, used, end.isPresent()).walk(gap);
        }
        walkDoubtful();
        if (members.isEmpty() && end.isEmpty()) {
            throw FormatException.broken(0, "Not a zip archive");
        }
        reportRepeatedNames();
        reportOverlaps();
        return new ZipArchive(members, anomalies, gaps());
    }

    private void walkDoubtful() throws IOException, FormatException {
        List<Range> known = List.copyOf(used);
        for (Range range : doubtful.stream().limit(MOST_DOUBTFUL).toList()) {
            boolean isOnlyWhatIsKnown =
                    known.stream().anyMatch(other -> other.from() == range.from());
            if (!isOnlyWhatIsKnown) {
                new GapWalk(file, limits, members, anomalies, used, true).walk(range);
            }
        }
    }

    private void readDirectory(EndRecord end) throws IOException, FormatException {
        long start = end.directoryEnd() - end.directoryBytes();
        if (start < 0 || (end.directoryBytes() > 0 && !isCentral(start))) {
            start = end.directoryOffset();
            anomaly(
                    Weight.AMBIGUOUS,
                    end.offset(),
                    "The directory does not have the length that the end record promises");
        }
        long shift = start - end.directoryOffset();
        end.doubts().forEach(doubt -> anomaly(Weight.AMBIGUOUS, end.offset(), doubt));
        if (shift != 0) {
            anomaly(Weight.ODD, 0, shift + " bytes stand in front of the archive");
        }
        if (end.end() < file.size()) {
            anomaly(
                    Weight.ODD,
                    end.end(),
                    (file.size() - end.end()) + " bytes stand behind the archive");
        }
        if (start < 0 || start > end.directoryEnd()) {
            anomaly(Weight.BROKEN, end.offset(), "The directory is promised outside the file");
            return;
        }
        ByteReader reader = new ByteReader(file, start);
        long listed = 0;
        while (reader.position() < end.directoryEnd() && isCentral(reader)) {
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

    /// An end record in the middle of a member is that of an archive in the archive, which nobody
    /// takes for this one's; any other is one that some readers find first.
    private void reportOtherEnds(EndRecord end) {
        boolean isElsewhere =
                end.others().stream()
                        .anyMatch(at -> members.stream().noneMatch(member -> holds(member, at)));
        if (isElsewhere) {
            anomaly(
                    Weight.AMBIGUOUS,
                    end.offset(),
                    "The file has more than one end record; readers take different ones");
        }
    }

    private static boolean holds(ZipMember member, long at) {
        long dataEnd = member.dataOffset() + member.packedBytes();
        return member.isListed() && member.dataOffset() <= at && at + EndRecord.BYTES <= dataEnd;
    }

    private boolean isCentral(long offset) throws IOException {
        return file.has(offset, "PK\1\2");
    }

    private static boolean isCentral(ByteReader reader) throws IOException, FormatException {
        long at = reader.position();
        boolean is = reader.remaining() >= 4 && reader.u32() == CentralEntry.SIGNATURE;
        reader.seek(at);
        return is;
    }

    private void readCentral(ByteReader reader, long shift) throws IOException, FormatException {
        long at = reader.position();
        if (members.size() >= limits.members()) {
            throw FormatException.limit(at, "More than " + limits.members() + " members");
        }
        CentralEntry central = CentralEntry.read(reader);
        LocalHeader local;
        try {
            local = LocalHeader.readUnsigned(file, central.headerOffset() + shift);
        } catch (FormatException e) {
            anomaly(Weight.BROKEN, at, quote(central.name()) + " has no local header: " + e.what());
            return;
        }
        if (!local.isSigned()) {
            anomaly(Weight.BROKEN, at, quote(central.name()) + " has no local header");
        }
        Comparison comparison = new Comparison(central, local);
        comparison
                .anomalies()
                .forEach(found -> anomaly(found.weight(), found.offset(), found.message()));
        take(comparison);
    }

    private void take(Comparison comparison) throws IOException {
        CentralEntry central = comparison.central();
        LocalHeader local = comparison.local();
        long room = Math.max(0, file.size() - local.dataOffset());
        long packed = Math.clamp(central.packedBytes(), 0, room);
        if (packed != central.packedBytes()) {
            anomaly(
                    Weight.BROKEN,
                    local.offset(),
                    quote(central.name()) + " ends outside the file");
        }
        ZipMember member =
                new ZipMember(
                        central.name(),
                        true,
                        central.method(),
                        central.isEncrypted() && local.isEncrypted(),
                        central.crc(),
                        packed,
                        central.promisedBytes(),
                        local.offset(),
                        local.dataOffset(),
                        central.unixMode(),
                        comparison.otherNames());
        members.add(member);
        long dataEnd = local.dataOffset() + packed;
        long end = local.hasDescriptor() ? Descriptor.end(file, dataEnd, member) : dataEnd;
        if (local.hasDescriptor() && end == dataEnd && file.has(dataEnd, "PK\7\10")) {
            anomaly(
                    Weight.AMBIGUOUS,
                    dataEnd,
                    quote(central.name()) + ": what stands behind the data promises other sizes");
        }
        used.add(new Range(local.offset(), end));
        if (comparison.readsDifferently()) {
            asTheMemberSays(local, room);
        }
    }

    /// The same member as a reader sees it that goes by the local header alone, and what such a
    /// reader would take for the next members.
    private void asTheMemberSays(LocalHeader local, long room) {
        long packed = local.isDeferred() ? room : Math.clamp(local.packedBytes(), 0, room);
        members.add(
                new ZipMember(
                        local.name(),
                        false,
                        local.method(),
                        false,
                        local.crc(),
                        packed,
                        local.promisedBytes(),
                        local.offset(),
                        local.dataOffset(),
                        0,
                        List.of()));
        long end = local.dataOffset() + packed;
        if (packed < room) {
            doubtful.add(new Range(end, Math.min(file.size(), end + MOST_DOUBTFUL_BYTES)));
        }
    }

    private List<Range> gaps() {
        List<Range> sorted = new ArrayList<>(used);
        sorted.sort((one, other) -> Long.compare(one.from(), other.from()));
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
        Map<String, ZipMember> names = new HashMap<>();
        for (ZipMember member : members) {
            ZipMember other = names.putIfAbsent(Names.plain(member.name()), member);
            if (other == null || other.headerOffset() == member.headerOffset()) {
                continue;
            }
            boolean isSame = other.name().equals(member.name());
            anomaly(
                    Weight.AMBIGUOUS,
                    member.headerOffset(),
                    quote(member.name())
                            + (isSame
                                    ? " stands twice; readers pick different ones"
                                    : " and "
                                            + quote(other.name())
                                            + " unpack to one file; readers pick different ones"));
        }
    }

    private void reportOverlaps() {
        List<ZipMember> sorted =
                members.stream()
                        .filter(ZipMember::isListed)
                        .sorted((one, other) ->
                                Long.compare(one.headerOffset(), other.headerOffset()))
                        .toList();
        long end = 0;
        for (ZipMember member : sorted) {
            if (member.headerOffset() < end) {
                anomaly(
                        Weight.BROKEN,
                        member.headerOffset(),
                        quote(member.name()) + " overlaps another member");
            }
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
