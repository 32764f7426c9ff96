package dev.bartizan.core.run;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.TargetDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/// Which checks apply where, and what they would look at now.
public final class Plan {
    private static final int PARALLELISM = 8;

    private final List<CheckRun> runs;
    private final Targets targets;
    private final List<String> notes;

    private Plan(List<CheckRun> runs, Targets targets, List<String> notes) {
        this.runs = List.copyOf(runs);
        this.targets = targets;
        this.notes = List.copyOf(notes);
    }

    /// Looks at every element with every check, several side by side: a slow endpoint delays
    /// nothing but itself.
    ///
    /// @param listener hears how far it is
    public static Plan of(
            AiSystem system, List<Check> checks, boolean isThorough, RunListener listener)
            throws InterruptedException {
        List<Look> looks = new ArrayList<>();
        for (Element element : system.elements().values()) {
            checks.forEach(check -> looks.add(new Look(system, element, check, isThorough)));
        }
        List<CheckRun> runs = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<Targets.Key, TargetDigest> ofChecks = new HashMap<>();
        for (Look.Seen seen : seen(looks, listener)) {
            notes.addAll(seen.notes());
            seen.run()
                    .ifPresent(run -> {
                        runs.add(run);
                        run.target().ifPresent(digest -> ofChecks.put(run.key(), digest));
                    });
        }
        return new Plan(runs, new Targets(ofChecks, artifactDigests(system)), notes);
    }

    private static List<Look.Seen> seen(List<Look> looks, RunListener listener)
            throws InterruptedException {
        try {
            return SideBySide.call(looks, PARALLELISM, listener::looking);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A look failed that catches all", e.getCause());
        }
    }

    private static Map<String, Digest> artifactDigests(AiSystem system) {
        Map<Path, Optional<Digest>> ofFiles = new HashMap<>();
        Map<String, Digest> digests = new HashMap<>();
        for (Element element : system.elements().values()) {
            system.artifactBehind(element)
                    .flatMap(file -> ofFiles.computeIfAbsent(file, Plan::digest))
                    .ifPresent(digest -> digests.put(element.id(), digest));
        }
        return digests;
    }

    /// The bytes of the file that an element names or serves; empty when there is no readable file.
    public static Optional<Digest> artifactDigest(AiSystem system, Element element) {
        return system.artifactBehind(element).flatMap(Plan::digest);
    }

    private static Optional<Digest> digest(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.ofFile(file));
        } catch (IOException e) {
            return Optional.empty(); // the integrity check says why
        }
    }

    /// What would be looked at.
    public Targets targets() {
        return targets;
    }

    /// What could not be planned, and why.
    public List<String> notes() {
        return notes;
    }

    /// Ids of the elements where a check has something to look at.
    public Set<String> elementsOf(String check) {
        return runs.stream()
                .filter(run -> run.card().id().equals(check))
                .map(run -> run.element().id())
                .collect(Collectors.toUnmodifiableSet());
    }

    List<CheckRun> runs() {
        return runs;
    }
}
