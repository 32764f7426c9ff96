package dev.bartizan.artifacts.review;

import dev.bartizan.artifacts.gguf.GgufHeader;
import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.FactSource;
import dev.bartizan.core.Spot;
import dev.bartizan.core.UnreadableTargetException;
import dev.bartizan.core.facts.Capacity;
import dev.bartizan.core.facts.ModelFacts;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.flatbuffer.FlatTable;
import dev.bartizan.formats.hdf5.Hdf5Reader;
import dev.bartizan.formats.safetensors.SafetensorsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Reviews the files of a model: headers, metadata, configurations and vocabularies of safetensors,
/// GGUF, Keras, TensorFlow Lite and the files that lie beside them. Reads no weights. One broken
/// file, and nothing is claimed of the element.
public final class ModelReview implements FactSource {
    /// Made by the service loader.
    public ModelReview() {}

    @Override
    public String id() {
        return "model-files";
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return system.artifact(element).isPresent();
    }

    @Override
    public List<Fact> facts(AiSystem system, Element element) throws IOException {
        String named = AiSystem.artifactName(element).orElse("");
        Path artifact = system.resolve(named);
        if (!Files.exists(artifact)) {
            throw new UnreadableTargetException(
                    named + ": there is no such file; nothing is known of its inside");
        }
        ModelFacts facts = new ModelFacts();
        long parameters = 0;
        String counted = "";
        for (Path file : ModelFiles.of(artifact)) {
            if (!Files.isRegularFile(file)) {
                continue;
            }
            String shown = shown(named, artifact, file);
            long found = parameters(file, new Seen(shown, facts));
            parameters += Math.min(found, Long.MAX_VALUE >> 8);
            counted = found > 0 && counted.isEmpty() ? shown : counted;
        }
        if (parameters > 0) {
            Spot spot = new Spot(counted, Spot.Part.FIELD, "shapes of the tensors");
            Capacity.add(system, element, parameters, 0, spot, facts);
        }
        return facts.of(element, id());
    }

    private static String shown(String named, Path artifact, Path file) {
        if (file.equals(artifact)) {
            return named;
        }
        boolean isFolder = Files.isDirectory(artifact);
        Path base = isFolder ? artifact : artifact.resolveSibling("");
        int slash = named.lastIndexOf('/');
        String folder =
                isFolder ? named.replaceFirst("/+$", "") + "/" : named.substring(0, slash + 1);
        return folder + base.toAbsolutePath().relativize(file.toAbsolutePath());
    }

    /// Reviews one file; returns how many weights it holds.
    private static long parameters(Path file, Seen seen) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try (ByteSource bytes = ByteSource.open(file)) {
            if (name.endsWith(".safetensors")) {
                return SafetensorsReview.review(SafetensorsReader.read(bytes), seen);
            }
            if (name.endsWith(".gguf") || bytes.has(0, "GGUF")) {
                return GgufReview.review(GgufHeader.read(bytes), seen);
            }
            if (FlatTable.hasIdentifier(bytes, "TFL3")) {
                return new TfliteReview(FlatTable.root(bytes), seen).review();
            }
            if (Hdf5Reader.superblock(bytes) == 0) {
                return KerasFiles.hdf5(bytes, seen);
            }
            if (name.endsWith(".keras")) {
                return KerasFiles.archive(bytes, seen);
            }
            if (name.endsWith(".json") || ModelFiles.DESCRIPTIONS.contains(name)) {
                DescriptionReview.review(name, bytes, seen);
            }
            return 0;
        } catch (FormatException e) {
            throw new UnreadableTargetException(
                    "%s: %s (offset %d); nothing is claimed of its inside"
                            .formatted(seen.file(), e.what(), e.offset()),
                    e);
        }
    }
}
