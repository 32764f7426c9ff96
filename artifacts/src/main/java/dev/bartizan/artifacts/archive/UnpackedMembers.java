package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Parts;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Members of an archive that is unpacked in order: kept until there are enough to look at
/// together, then let go of. To be closed, which looks at what is left.
final class UnpackedMembers implements AutoCloseable {
    /// How many bytes are kept at most, before the last of them; large members keep theirs in
    /// files.
    private static final long KEPT_BYTES = 16 << 20;

    private final Parts parts;
    private final List<ByteSource> kept = new ArrayList<>();
    private long keptBytes;

    /// A member.
    ///
    /// @param bytes closed when it was looked at; empty for a folder
    /// @param isWhole whether all of it could be unpacked
    record Member(String name, Optional<ByteSource> bytes, boolean isWhole) {
        private long size() {
            return bytes.map(ByteSource::size).orElse(0L);
        }
    }

    UnpackedMembers(Notes notes) {
        this.parts = new Parts(notes);
    }

    /// Takes up a member, which is looked at now or later.
    void add(Member member) throws IOException {
        member.bytes().ifPresent(kept::add);
        keptBytes += member.size();
        parts.add(new Parts.Part(member.size(), Item.Role.ANY, (_, notes) -> look(member, notes)));
        if (keptBytes >= KEPT_BYTES) {
            close();
        }
    }

    private static void look(Member member, Notes notes) throws IOException {
        String name = member.name();
        MemberPaths.report(name, 0, notes);
        if (!member.isWhole()) {
            notes.broken(
                    ArchiveRules.BOMB,
                    Severity.MEDIUM,
                    0,
                    "\"" + name + "\" unpacks to more than the limit");
            notes.notCovered("the rest of " + name);
        }
        if (member.bytes().isPresent()) {
            notes.member(name, member.bytes().get(), 0, 0);
        }
    }

    /// Looks at what is kept, and lets go of it.
    @Override
    public void close() throws IOException {
        try {
            parts.finish();
        } finally {
            for (ByteSource bytes : kept) {
                bytes.close();
            }
            kept.clear();
            keptBytes = 0;
        }
    }
}
