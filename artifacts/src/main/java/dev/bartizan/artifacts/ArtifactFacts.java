package dev.bartizan.artifacts;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Fact;
import dev.bartizan.core.FactSource;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Facts of a model file that its first bytes tell: `artifact.format`, `artifact.can-hold-code`.
public final class ArtifactFacts implements FactSource {
    private static final int MOST_FILES = 50;

    /// Made by the service loader.
    public ArtifactFacts() {}

    @Override
    public String id() {
        return "artifact-facts";
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return system.artifact(element).isPresent();
    }

    @Override
    public List<Fact> facts(AiSystem system, Element element) {
        Optional<Path> path = system.artifact(element);
        if (path.isEmpty() || !Files.exists(path.get())) {
            return List.of();
        }
        try {
            return facts(element, path.get());
        } catch (IOException e) {
            return List.of();
        }
    }

    private List<Fact> facts(Element element, Path path) throws IOException {
        Set<String> formats = new LinkedHashSet<>();
        boolean canHoldCode = false;
        for (Path file : files(path)) {
            try (ByteSource bytes = ByteSource.open(file)) {
                Item item =
                        new Item(
                                file.getFileName().toString(),
                                bytes,
                                Optional.of(file),
                                0,
                                Item.Role.ANY);
                for (FormatAnalyser analyser : Formats.ALL) {
                    if (analyser.recognises(item)) {
                        formats.addAll(analyser.formats(item));
                        canHoldCode |= analyser.canHoldCode() || formats.contains("pytorch-zip");
                    }
                }
            }
        }
        List<Fact> facts = new java.util.ArrayList<>();
        formats.forEach(format -> facts.add(fact(element, "artifact.format", format, path)));
        if (!formats.isEmpty()) {
            facts.add(fact(element, "artifact.can-hold-code", Boolean.toString(canHoldCode), path));
        }
        return facts;
    }

    private Fact fact(Element element, String name, String value, Path path) {
        return new Fact(element.id(), name, value, id() + " read " + path.getFileName(), false);
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Files.isRegularFile(path) ? List.of(path) : List.of();
        }
        try (Stream<Path> below = Files.walk(path, 4)) {
            return below.filter(Files::isRegularFile).sorted().limit(MOST_FILES).toList();
        }
    }
}
