package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Reader;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A `.keras` archive as a whole (Keras 3, `saving_lib.load_model`): a configuration of the types
/// that it must have, and weights. What the members do is looked at one by one.
public final class KerasArchive {
    private static final int LONGEST_CONFIGURATION = 32 << 20;
    private static final String WEIGHTS = "model.weights.h5";

    /// Largest packed weights that are unpacked for their shapes.
    private static final long LARGEST_PACKED = 64L << 20;

    private KerasArchive() {}

    /// Notes without which the archive does not load.
    ///
    /// @param item the archive; nothing is said when it is not named `.keras`
    public static void look(Item item, ZipArchive archive, Notes notes) throws IOException {
        if (!item.hasEnding(".keras")) {
            return;
        }
        boolean hasWeights =
                archive.members().stream().anyMatch(member -> isWeights(member.name()));
        if (!hasWeights) {
            broken("The archive lacks weights, without which it does not load", notes);
        }
        Optional<ZipMember> configuration =
                archive.members().stream()
                        .filter(member -> member.name().equals("config.json"))
                        .findFirst();
        if (configuration.isPresent()) {
            Optional<Json> model = configuration(item, configuration.get(), notes);
            for (ZipMember member : archive.members()) {
                boolean isLight =
                        member.method() == ZipMember.STORED
                                || member.promisedBytes() <= LARGEST_PACKED;
                if (model.isPresent() && isLight && member.name().equals(WEIGHTS)) {
                    weights(item, member, model.get(), notes);
                }
            }
        }
    }

    /// `model.weights.h5`, `.npz`, or `.json` where they are in several files.
    private static boolean isWeights(String name) {
        return name.endsWith(".h5") || name.endsWith(".npz") || name.contains("weights");
    }

    private static void weights(Item item, ZipMember member, Json model, Notes notes)
            throws IOException {
        long most = Math.max(member.packedBytes(), LARGEST_PACKED);
        try (ZipContent content = ZipContent.open(item.bytes(), member, most)) {
            if (Hdf5Reader.superblock(content.bytes()) == 0) {
                KerasWeights.archive(model, Hdf5Reader.read(content.bytes()).datasets())
                        .ifPresent(wrong -> broken(wrong, notes));
            }
        } catch (FormatException e) {
            return; // told where the member is looked at
        }
    }

    private static Optional<Json> configuration(Item item, ZipMember member, Notes notes)
            throws IOException {
        try (ZipContent content = ZipContent.open(item.bytes(), member, LONGEST_CONFIGURATION)) {
            String text =
                    new String(
                            content.bytes().bytes(0, LONGEST_CONFIGURATION),
                            StandardCharsets.UTF_8);
            Json model = JsonReader.read(text, JsonLimits.forHeap()).value();
            KerasShape.model(model).ifPresent(wrong -> broken(Shown.text(wrong), notes));
            return Optional.of(model);
        } catch (FormatException e) {
            return Optional.empty(); // told where the member is looked at
        }
    }

    private static void broken(String what, Notes notes) {
        notes.broken(KerasConfig.BROKEN, Severity.LOW, 0, what);
    }
}
