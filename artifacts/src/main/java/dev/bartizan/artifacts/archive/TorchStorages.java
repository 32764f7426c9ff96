package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Need;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipMember;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Whether a PyTorch archive holds the storages that its pickle asks for, as large as it says.
final class TorchStorages {
    private static final String PICKLE = "data.pkl";

    private TorchStorages() {}

    /// Notes the first storage that is missing or too short. TorchScript keeps some elsewhere and
    /// is left alone.
    ///
    /// @param notes on the archive, whose members were looked at
    static void look(ZipArchive archive, Notes notes) {
        List<Notes> asking =
                notes.members().stream()
                        .filter(member -> member.item().name().equals(PICKLE))
                        .filter(member -> !member.needs().isEmpty())
                        .toList();
        if (asking.isEmpty()) {
            return;
        }
        Map<String, Long> sizes =
                archive.members().stream()
                        .collect(
                                Collectors.toMap(
                                        ZipMember::name, ZipMember::promisedBytes, Math::max));
        for (Notes member : asking) {
            String path = member.item().path().substring(notes.item().path().length() + 1);
            String root = path.substring(0, path.length() - PICKLE.length());
            if (!sizes.containsKey(root + "constants.pkl")) {
                compare(root, member.needs(), sizes, notes);
            }
        }
    }

    private static void compare(
            String root, List<Need> needs, Map<String, Long> sizes, Notes notes) {
        for (Need need : needs) {
            String name = root + need.part();
            long size = sizes.getOrDefault(name, -1L);
            if (size < need.bytes() || size < 0) {
                notes.broken(
                        ArchiveRules.BROKEN,
                        Severity.LOW,
                        0,
                        size < 0
                                ? "The archive lacks \"" + name + "\", which its pickle asks for"
                                : "\""
                                        + name
                                        + "\" is shorter than its pickle says: "
                                        + size
                                        + " bytes of "
                                        + need.bytes());
                return;
            }
        }
    }
}
