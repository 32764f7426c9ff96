package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipArchive.Anomaly;
import dev.bartizan.formats.zip.ZipArchive.Range;
import dev.bartizan.formats.zip.ZipArchive.Weight;
import java.io.IOException;
import java.util.List;

/// Looks for members that no directory lists, the way a streaming reader would meet them.
record GapWalk(
        ByteSource file,
        ZipLimits limits,
        List<ZipMember> members,
        List<Anomaly> anomalies,
        List<Range> used,
        boolean hasDirectory) {
    private static final int BLOCK_BYTES = 1 << 16;

    void walk(Range gap) throws IOException, FormatException {
        long at = gap.from();
        while (at < gap.to()) {
            long found = find(at, gap.to());
            if (found < 0) {
                return;
            }
            at = take(found, gap.to());
        }
    }

    private long find(long from, long to) throws IOException {
        long at = from;
        while (at < to) {
            byte[] block = file.bytes(at, (int) Math.min(BLOCK_BYTES, to - at));
            for (int i = 0; i + 3 < block.length; i++) {
                if (block[i] == 'P'
                        && block[i + 1] == 'K'
                        && block[i + 2] == 3
                        && block[i + 3] == 4) {
                    return at + i;
                }
            }
            if (block.length < 4) {
                return -1;
            }
            at += block.length - 3;
        }
        return -1;
    }

    private long take(long offset, long gapEnd) throws IOException, FormatException {
        LocalHeader local;
        try {
            local = LocalHeader.read(file, offset);
        } catch (FormatException e) {
            return offset + 4;
        }
        if (local.dataOffset() > gapEnd || !isKnown(local.method())) {
            return offset + 4;
        }
        if (members.size() >= limits.members()) {
            throw FormatException.limit(offset, "More than " + limits.members() + " members");
        }
        long packed = packedBytes(local, gapEnd);
        ZipMember member =
                new ZipMember(
                        local.name(),
                        false,
                        local.method(),
                        local.isEncrypted(),
                        local.crc(),
                        packed,
                        local.promisedBytes(),
                        offset,
                        local.dataOffset(),
                        0,
                        List.of());
        members.add(member);
        long end = local.dataOffset() + packed;
        long after = local.hasDescriptor() ? Descriptor.end(file, end, member) : end;
        used.add(new Range(offset, Math.min(after, gapEnd)));
        if (hasDirectory && anomalies.size() < 100) {
            anomalies.add(
                    new Anomaly(
                            Weight.AMBIGUOUS,
                            offset,
                            ZipReader.quote(local.name())
                                    + " stands in the file but not in the directory"));
        }
        return Math.max(after, offset + 4);
    }

    private static boolean isKnown(int method) {
        return method <= 20 || (method >= 93 && method <= 99);
    }

    private long packedBytes(LocalHeader local, long gapEnd) throws IOException {
        long room = gapEnd - local.dataOffset();
        if (!local.isDeferred()) {
            return Math.clamp(local.packedBytes(), 0, room);
        }
        if (local.method() == ZipMember.DEFLATED) {
            return ZipContent.deflatedLength(file.slice(local.dataOffset(), room));
        }
        long next = find(local.dataOffset(), gapEnd);
        return next < 0 ? room : next - local.dataOffset();
    }
}
