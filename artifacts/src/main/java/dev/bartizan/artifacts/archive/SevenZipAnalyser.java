package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/// 7z archives: every member by content. Members are unpacked one after another, as they are packed
/// together, and several of them are looked at together.
public final class SevenZipAnalyser implements FormatAnalyser {
    /// The library counts in bytes, whatever its method is called.
    private static final int MEMORY_BYTES = 80 << 20;

    private static final int BLOCK_BYTES = 1 << 16;

    /// Made for the list of formats.
    public SevenZipAnalyser() {}

    @Override
    public String format() {
        return "7z";
    }

    /// How the library starts what it says of PPMd and others.
    private static final String UNKNOWN_METHOD = "Unsupported compression method";

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return item.bytes()
                .has(0, (byte) '7', (byte) 'z', (byte) 0xBC, (byte) 0xAF, (byte) 0x27, (byte) 0x1C);
    }

    @Override
    public void analyse(Item item, Notes notes) throws FormatException {
        try (SevenZFile archive =
                SevenZFile.builder()
                        .setSeekableByteChannel(new SourceChannel(item.bytes()))
                        .setMaxMemoryLimitKb(MEMORY_BYTES)
                        .get()) {
            if (!archive.getEntries().iterator().hasNext()) {
                notes.broken(ArchiveRules.BROKEN, Severity.LOW, 0, "The archive is empty");
            }
            members(archive, notes);
        } catch (PasswordRequiredException e) {
            notes.notCovered("what it holds: it is encrypted");
            return;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith(UNKNOWN_METHOD)) {
                notes.notCovered("what it packs by a method that is not read, such as PPMd");
                return;
            }
            throw FormatException.broken(0, "The archive cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            throw FormatException.broken(
                    0, "The archive is broken (" + e.getClass().getSimpleName() + ")");
        }
        notes.coverAll();
    }

    private static void members(SevenZFile archive, Notes notes) throws IOException {
        Set<String> links = new HashSet<>();
        try (UnpackedMembers unpacked = new UnpackedMembers(notes)) {
            for (SevenZArchiveEntry entry = archive.getNextEntry();
                    entry != null;
                    entry = archive.getNextEntry()) {
                if (!notes.budget().takeMember()) {
                    notes.broken(
                            ArchiveRules.BOMB,
                            Severity.MEDIUM,
                            0,
                            "More than " + Budget.MEMBERS + " members");
                    notes.notCovered("the members behind them");
                    return;
                }
                UnpackedMembers.Member member = unpack(archive, entry, notes);
                links(entry, member, links, notes);
                unpacked.add(member);
            }
        }
    }

    /// A link keeps its target as content (p7zip: the mode of Unix stands in the upper half of the
    /// attributes when bit 15 is set; bit 10 is a reparse point of Windows).
    private static void links(
            SevenZArchiveEntry entry, UnpackedMembers.Member member, Set<String> links, Notes notes)
            throws IOException {
        for (String through : MemberPaths.through(member.name(), links)) {
            notes.finding(
                    ArchiveRules.ESCAPES,
                    Severity.HIGH,
                    0,
                    "A member is written through the link \"" + Shown.text(through) + "\"");
        }
        int attributes = entry.getHasWindowsAttributes() ? entry.getWindowsAttributes() : 0;
        boolean isUnix = (attributes & 0x8000) != 0;
        boolean isLink = isUnix && (attributes >>> 28) == 0xa;
        boolean isReparsePoint = !isUnix && (attributes & 0x400) != 0;
        if (isLink || isReparsePoint) {
            links.add(member.name());
        }
        if (isReparsePoint) {
            notes.finding(
                    ArchiveRules.ESCAPES,
                    Severity.MEDIUM,
                    0,
                    "A member is a junction of Windows: \"" + Shown.text(member.name()) + "\"");
        }
        if (isLink && member.bytes().isPresent()) {
            byte[] target = member.bytes().get().bytes(0, MemberPaths.LONGEST_LINK + 1);
            MemberPaths.reportLink(
                    member.name(), new String(target, StandardCharsets.UTF_8), 0, notes);
        }
    }

    private static UnpackedMembers.Member unpack(
            SevenZFile archive, SevenZArchiveEntry entry, Notes notes) throws IOException {
        String name = entry.getName() == null ? "" : entry.getName();
        if (entry.isDirectory()) {
            return new UnpackedMembers.Member(name, Optional.empty(), true);
        }
        byte[] block = new byte[BLOCK_BYTES];
        try (Spool spool = new Spool(notes.budget().memberBytes());
                InputStream in = archive.getInputStream(entry)) {
            boolean fits = true;
            for (int n = in.read(block); n >= 0 && fits; n = fits ? in.read(block) : n) {
                fits = spool.add(block, 0, n);
            }
            notes.budget().unpacked(spool.size());
            return new UnpackedMembers.Member(name, Optional.of(spool.toSource()), fits);
        }
    }
}
