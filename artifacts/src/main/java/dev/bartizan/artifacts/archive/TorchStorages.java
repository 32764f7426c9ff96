package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.pickle.StorageClaims;
import dev.bartizan.artifacts.pickle.StorageClaims.Claim;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipMember;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Whether a PyTorch archive holds the storages that its pickle asks for, as large as it says.
final class TorchStorages {
    private static final int LARGEST_PICKLE = 4 << 20;
    private static final String PICKLE = "data.pkl";

    /// Bytes of one number.
    private static final Map<String, Integer> WIDTHS =
            Map.ofEntries(
                    Map.entry("FloatStorage", 4),
                    Map.entry("DoubleStorage", 8),
                    Map.entry("HalfStorage", 2),
                    Map.entry("BFloat16Storage", 2),
                    Map.entry("LongStorage", 8),
                    Map.entry("IntStorage", 4),
                    Map.entry("ShortStorage", 2),
                    Map.entry("CharStorage", 1),
                    Map.entry("ByteStorage", 1),
                    Map.entry("BoolStorage", 1),
                    Map.entry("ComplexFloatStorage", 8),
                    Map.entry("ComplexDoubleStorage", 16),
                    Map.entry("UntypedStorage", 1));

    private TorchStorages() {}

    /// Notes the first storage that is missing or too short. TorchScript keeps some elsewhere and
    /// is left alone.
    static void look(Item item, ZipArchive archive, Notes notes) throws IOException {
        Map<String, Long> sizes =
                archive.members().stream()
                        .collect(
                                Collectors.toMap(
                                        ZipMember::name, ZipMember::promisedBytes, Math::max));
        for (ZipMember member : archive.members()) {
            String root = member.name().substring(0, member.name().lastIndexOf('/') + 1);
            boolean isPickle =
                    member.name().equals(root + PICKLE)
                            && member.isListed()
                            && member.promisedBytes() <= LARGEST_PICKLE;
            if (isPickle && !sizes.containsKey(root + "constants.pkl")) {
                compare(root, claims(item, member), sizes, notes);
            }
        }
    }

    private static List<Claim> claims(Item item, ZipMember member) throws IOException {
        try (ZipContent content = ZipContent.open(item.bytes(), member, LARGEST_PICKLE)) {
            return StorageClaims.of(content.bytes());
        } catch (FormatException e) {
            return List.of(); // told where the member is looked at
        }
    }

    private static void compare(
            String root, List<Claim> claims, Map<String, Long> sizes, Notes notes) {
        for (Claim claim : claims) {
            String name = root + "data/" + claim.key();
            Long size = sizes.get(name);
            int width = WIDTHS.getOrDefault(claim.type(), 0);
            boolean isShort = size != null && width > 0 && claim.count() > size / width;
            if (size == null || isShort) {
                notes.broken(
                        ArchiveRules.BROKEN,
                        Severity.LOW,
                        0,
                        size == null
                                ? "The archive lacks \"" + name + "\", which its pickle asks for"
                                : "\""
                                        + name
                                        + "\" is shorter than its pickle says: "
                                        + size
                                        + " bytes for "
                                        + claim.count()
                                        + " of "
                                        + claim.type());
                return;
            }
        }
    }
}
