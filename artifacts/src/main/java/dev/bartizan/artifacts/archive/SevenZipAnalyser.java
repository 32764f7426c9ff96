package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
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
                unpacked.add(unpack(archive, entry, notes));
            }
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
