package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.Checksum;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Parts;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipLimits;
import dev.bartizan.formats.zip.ZipMember;
import dev.bartizan.formats.zip.ZipReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Zip archives: every member by content, listed or not, and every gap between them. PyTorch files
/// are such archives.
public final class ZipAnalyser implements FormatAnalyser {
    private static final int SHARED_TIMES = 8;
    private static final long SHARED_BYTES = 1 << 13;
    private static final int BLOCK_BYTES = 1 << 16;

    /// How many bytes of plain numbers are read for their checksums by a scan that does not read
    /// all.
    private static final long MOST_CHECKED_NUMBERS = 16L << 20;

    @Override
    public String format() {
        return "zip";
    }

    @Override
    public List<String> formats(Item item) throws IOException {
        try {
            return TorchLayout.of(ZipReader.read(item.bytes(), ZipLimits.USUAL))
                    .format()
                    .map(List::of)
                    .orElse(List.of(format()));
        } catch (FormatException e) {
            return List.of(format());
        }
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return isZip(item.bytes());
    }

    private static boolean isZip(ByteSource bytes) throws IOException {
        return bytes.has(0, "PK\3\4") || bytes.has(0, "PK\5\6") || ZipReader.hasDirectory(bytes);
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        ZipArchive archive = ZipReader.read(item.bytes(), ZipLimits.USUAL);
        for (ZipArchive.Anomaly anomaly : archive.anomalies()) {
            report(anomaly, notes);
        }
        if (archive.members().isEmpty()) {
            notes.broken(ArchiveRules.BROKEN, Severity.LOW, 0, "The archive is empty");
        }
        TorchLayout layout = TorchLayout.of(archive);
        layout.format().ifPresent(format -> notes.format(format, true));
        if (layout.format().isEmpty() && item.hasEnding(".pt", ".pth")) {
            notes.notCovered("an archive named like PyTorch's that holds no data.pkl");
        }
        SkopsLayout.look(item, archive, notes);
        TorchPackage.look(item, archive, notes);
        PromisedMembers.look(item, archive, notes);
        reportLinksOnTheWay(archive, notes);
        Parts parts = new Parts(notes);
        long checkedNumbers = 0;
        long mostShown = mostShown(item);
        long shown = 0;
        for (ZipMember member : archive.members()) {
            if (!notes.budget().takeMember()) {
                parts.finish();
                notes.broken(
                        ArchiveRules.BOMB,
                        Severity.MEDIUM,
                        member.headerOffset(),
                        "More than " + Budget.MEMBERS + " members");
                return;
            }
            shown += Math.clamp(member.packedBytes(), 0, item.bytes().size());
            boolean isRepeated = shown > mostShown;
            Item.Role role = layout.role(member);
            boolean isNumbers = role == Item.Role.NUMBERS && member.method() == ZipMember.STORED;
            boolean isChecked = !isNumbers || checkedNumbers < MOST_CHECKED_NUMBERS;
            long checked = isChecked ? ZipContent.CHECKED_STORED_BYTES : 0;
            checkedNumbers +=
                    isNumbers && member.packedBytes() <= checked ? member.packedBytes() : 0;
            parts.add(
                    new Parts.Part(
                            member.promisedBytes(),
                            role,
                            (container, apart) ->
                                    look(
                                            container,
                                            new Member(member, role, checked, isRepeated),
                                            apart)));
        }
        parts.finish();
        if (layout.format().isPresent()) {
            TorchStorages.look(archive, notes);
            TorchScriptParts.look(archive, notes);
        }
        boolean isAlone =
                notes.formats().stream()
                        .allMatch(f ->
                                f.equals(format())
                                        || f.equals(TorchLayout.FORMAT)
                                        || f.equals(TorchPackage.FORMAT)
                                        || f.equals("skops"));
        coverStructure(item, archive, isAlone, notes);
    }

    /// Members that are unpacked through a link of the archive.
    private static void reportLinksOnTheWay(ZipArchive archive, Notes notes) {
        Set<String> links = new HashSet<>();
        for (ZipMember member : archive.members()) {
            if (member.isSymlink()) {
                links.add(member.name());
            }
        }
        if (links.isEmpty()) {
            return;
        }
        for (ZipMember member : archive.members()) {
            List<String> through = new ArrayList<>(MemberPaths.through(member.name(), links));
            through.remove(member.name());
            MemberPaths.reportThrough(member.name(), through, member.headerOffset(), notes);
        }
    }

    /// How many bytes the members of an archive may show together. Members that share bytes are
    /// looked at; behind so many no further archives are, which would multiply at each level.
    private static long mostShown(Item item) {
        return switch (item.depth()) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> SHARED_BYTES + SHARED_TIMES * item.bytes().size();
            default -> item.bytes().size();
        };
    }

    private static void report(ZipArchive.Anomaly anomaly, Notes notes) {
        switch (anomaly.weight()) {
            case ODD ->
                    notes.finding(
                            ArchiveRules.AMBIGUOUS,
                            Severity.LOW,
                            anomaly.offset(),
                            anomaly.message());
            case AMBIGUOUS ->
                    notes.broken(
                            ArchiveRules.AMBIGUOUS,
                            Severity.MEDIUM,
                            anomaly.offset(),
                            anomaly.message());
            case BROKEN ->
                    notes.broken(
                            ArchiveRules.BROKEN,
                            Severity.MEDIUM,
                            anomaly.offset(),
                            anomaly.message());
        }
    }

    /// @param checked the longest stored member whose checksum is compared now, in bytes
    /// @param isRepeated whether members before it showed more bytes than an honest archive has
    private record Member(ZipMember entry, Item.Role role, long checked, boolean isRepeated) {}

    /// Looks at what a member holds; at an archive only where archives cannot multiply.
    private static void inspect(
            Member its, ByteSource content, long end, Item.Role role, Notes notes)
            throws IOException {
        ZipMember member = its.entry();
        if (its.isRepeated() && isZip(content)) {
            notes.broken(
                    ArchiveRules.AMBIGUOUS,
                    Severity.MEDIUM,
                    member.headerOffset(),
                    "Archives in one another show the same bytes over and over");
            notes.notCovered("archives that show bytes of others");
            return;
        }
        notes.member(member.name(), content, member.dataOffset(), end, role);
    }

    private static void look(Item item, Member its, Notes notes) throws IOException {
        ZipMember member = its.entry();
        MemberPaths.report(member.name(), member.headerOffset(), notes);
        for (String other : member.otherNames()) {
            MemberPaths.report(other, member.headerOffset(), notes);
        }
        long end = member.dataOffset() + member.packedBytes();
        if (member.isFolder()) {
            return;
        }
        long most = notes.budget().memberBytes(member.packedBytes());
        try (ZipContent content = ZipContent.open(item.bytes(), member, most, its.checked())) {
            notes.budget()
                    .unpacked(member.method() == ZipMember.STORED ? 0 : content.bytes().size());
            content.problem()
                    .ifPresent(problem ->
                            notes.broken(
                                    ArchiveRules.BROKEN,
                                    Severity.MEDIUM,
                                    member.headerOffset(),
                                    "\"" + member.name() + "\": " + problem));
            reportBomb(member, content.bytes().size(), notes);
            if (member.isSymlink()) {
                byte[] target = content.bytes().bytes(0, MemberPaths.LONGEST_LINK + 1);
                MemberPaths.reportLink(
                        member.name(),
                        new String(target, StandardCharsets.UTF_8),
                        member.headerOffset(),
                        notes);
                notes.cover(member.dataOffset(), end);
                return;
            }
            if (!ZipContent.isChecked(member, its.checked())) {
                notes.checksum(new Checksum(member.name(), member.dataOffset(), end, member.crc()));
            }
            inspect(its, content.bytes(), end, its.role(), notes);
            if (!content.isWhole()) {
                notes.notCovered("the rest of " + member.name());
            }
        } catch (FormatException e) {
            if (OtherMethods.look(item.bytes(), member, notes)) {
                return;
            }
            notes.notCovered(member.name() + ": " + e.what());
            if (member.method() == ZipMember.STORED) {
                ByteSource stored = item.bytes().slice(member.dataOffset(), member.packedBytes());
                inspect(its, stored, end, Item.Role.ANY, notes);
            }
        }
    }

    static void reportBomb(ZipMember member, long unpacked, Notes notes) {
        boolean isBomb =
                unpacked >= Budget.BOMB_BYTES - BLOCK_BYTES
                        && unpacked / Math.max(1, member.packedBytes()) >= Budget.BOMB_RATIO / 2;
        if (isBomb) {
            notes.budget().bomb();
            notes.broken(
                    ArchiveRules.BOMB,
                    Severity.MEDIUM,
                    member.headerOffset(),
                    "\""
                            + member.name()
                            + "\" unpacks from "
                            + member.packedBytes()
                            + " to "
                            + unpacked
                            + " bytes");
        }
    }

    /// Headers and directories are understood; what stands between them is looked at by content.
    private static void coverStructure(Item item, ZipArchive archive, boolean isAlone, Notes notes)
            throws IOException {
        List<ZipMember> members =
                archive.members().stream()
                        .filter(member -> member.packedBytes() > 0)
                        .sorted((one, other) -> Long.compare(one.dataOffset(), other.dataOffset()))
                        .toList();
        int next = 0;
        long at = 0;
        for (ZipArchive.Range gap : archive.gaps()) {
            next = coverWithout(members, next, new ZipArchive.Range(at, gap.from()), notes);
            if (isAlone) {
                notes.member(
                        "bytes-at-" + gap.from(),
                        item.bytes().slice(gap.from(), gap.length()),
                        gap.from(),
                        gap.to());
            }
            at = gap.to();
        }
        coverWithout(members, next, new ZipArchive.Range(at, item.bytes().size()), notes);
    }

    /// Covers a range except for members' data, which the members answer for.
    ///
    /// @param members by the place of their data
    /// @param first the first of them that may lie in the range
    /// @return the first that lies behind it
    private static int coverWithout(
            List<ZipMember> members, int first, ZipArchive.Range range, Notes notes) {
        long at = range.from();
        int next = first;
        while (next < members.size() && members.get(next).dataOffset() < range.to()) {
            ZipMember member = members.get(next++);
            if (member.dataOffset() >= at) {
                notes.cover(at, member.dataOffset());
                at = member.dataOffset() + member.packedBytes();
            }
        }
        notes.cover(at, range.to());
        return next;
    }
}
