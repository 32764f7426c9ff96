package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Parts;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.tar.TarEntry;
import dev.bartizan.formats.tar.TarReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tar archives, legacy PyTorch files and NeMo models among them: every member by content, names
/// and links that lead out of the archive.
public final class TarAnalyser implements FormatAnalyser {
    /// Made for the list of formats.
    public TarAnalyser() {}

    @Override
    public String format() {
        return "tar";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    /// Two blocks of zeros close an archive (POSIX.1-2017, `pax`, "ustar Interchange Format").
    private static final int CLOSING_BYTES = 1024;

    /// What NeMo reads before anything else of a model.
    private static final String NEMO = "model_config.yaml";

    @Override
    public boolean recognises(Item item) throws IOException {
        return TarReader.isTar(item.bytes());
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        TarReader reader = new TarReader(item.bytes());
        boolean isConfigured = members(reader, notes);
        if (item.hasEnding(".nemo") && !isConfigured) {
            notes.broken(
                    ArchiveRules.BROKEN,
                    Severity.LOW,
                    0,
                    "The archive lacks \"" + NEMO + "\", without which it does not load");
        }
        notes.cover(reader.position(), reader.paddingEnd());
        long zeros = reader.paddingEnd() - reader.position();
        if (zeros < CLOSING_BYTES && reader.paddingEnd() == item.bytes().size()) {
            notes.broken(
                    ArchiveRules.BROKEN,
                    Severity.LOW,
                    reader.position(),
                    "The archive ends without the zeros that close it; the rest may be missing");
        }
        if (reader.paddingEnd() < item.bytes().size()) {
            notes.member(
                    "behind-the-archive",
                    item.bytes().slice(reader.paddingEnd(), item.bytes().size()),
                    reader.paddingEnd(),
                    item.bytes().size());
        }
    }

    /// Looks at every member; what was read before a broken header is looked at, too.
    ///
    /// @return whether one of them is the configuration of a NeMo model
    private static boolean members(TarReader reader, Notes notes)
            throws IOException, FormatException {
        Parts parts = new Parts(notes);
        boolean isConfigured = false;
        Set<String> links = new HashSet<>();
        try {
            while (reader.hasNext()) {
                TarEntry entry = reader.next();
                if (!notes.budget().takeMember()) {
                    throw FormatException.limit(entry.headerOffset(), "Too many members");
                }
                isConfigured |= entry.name().endsWith(NEMO);
                List<String> through = MemberPaths.through(entry.name(), links);
                if (entry.kind() == TarEntry.Kind.SYMLINK
                        || entry.kind() == TarEntry.Kind.HARDLINK) {
                    links.add(entry.name());
                }
                parts.add(
                        new Parts.Part(
                                entry.size(),
                                Item.Role.ANY,
                                (container, apart) -> look(container, entry, through, apart)));
            }
        } finally {
            parts.finish();
        }
        return isConfigured;
    }

    private static void look(Item item, TarEntry entry, List<String> through, Notes notes)
            throws IOException {
        notes.cover(entry.headerOffset(), entry.dataOffset());
        MemberPaths.report(entry.name(), entry.headerOffset(), notes);
        switch (entry.kind()) {
            case FILE -> file(item, entry, through, notes);
            case SYMLINK ->
                    MemberPaths.reportLink(
                            entry.name(), entry.linkTarget(), entry.headerOffset(), notes);
            case HARDLINK -> {
                if (MemberPaths.escapes(entry.linkTarget())) {
                    MemberPaths.reportLink("", entry.linkTarget(), entry.headerOffset(), notes);
                }
            }
            case FOLDER, OTHER -> {}
            case DEVICE ->
                    notes.finding(
                            ArchiveRules.ESCAPES,
                            Severity.MEDIUM,
                            entry.headerOffset(),
                            "The archive holds a device: \"" + entry.name() + "\"");
        }
        notes.cover(entry.dataOffset() + entry.size(), entry.end());
    }

    private static void file(Item item, TarEntry entry, List<String> through, Notes notes)
            throws IOException {
        MemberPaths.reportThrough(entry.name(), through, entry.headerOffset(), notes);
        notes.member(
                entry.name(),
                item.bytes().slice(entry.dataOffset(), entry.size()),
                entry.dataOffset(),
                entry.dataOffset() + entry.size());
    }
}
