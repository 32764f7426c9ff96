package dev.bartizan.core.run;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.TargetDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which checks apply where, and what they would look at now.
public final class Plan {
    private static final Duration TARGET_LIMIT = Duration.ofSeconds(60);

    private final List<CheckRun> runs;
    private final Targets targets;
    private final List<String> notes;

    private Plan(List<CheckRun> runs, Targets targets, List<String> notes) {
        this.runs = List.copyOf(runs);
        this.targets = targets;
        this.notes = List.copyOf(notes);
    }

    /// Looks at every element with every check.
    public static Plan of(AiSystem system, List<Check> checks, boolean isThorough)
            throws InterruptedException {
        List<CheckRun> runs = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<Targets.Key, TargetDigest> ofChecks = new HashMap<>();
        Map<String, Digest> ofArtifacts = new HashMap<>();
        for (Element element : system.elements().values()) {
            artifactDigest(system, element)
                    .ifPresent(digest -> ofArtifacts.put(element.id(), digest));
            for (Check check : checks) {
                if (!isApplicable(system, check, element, notes)) {
                    continue;
                }
                Optional<TargetDigest> target = target(system, check, element, notes);
                CheckRun run = CheckRun.of(system, check, element, target, isThorough);
                target.ifPresent(digest -> ofChecks.put(run.key(), digest));
                runs.add(run);
            }
        }
        return new Plan(runs, new Targets(ofChecks, ofArtifacts), notes);
    }

    private static boolean isApplicable(
            AiSystem system, Check check, Element element, List<String> notes)
            throws InterruptedException {
        try {
            return TimeLimit.call(TARGET_LIMIT, () -> check.isApplicable(system, element));
        } catch (TimeLimit.BrokeException e) {
            notes.add(
                    "%s could not tell whether it applies to %s: %s"
                            .formatted(check.card().id(), element.id(), e.words()));
            return false;
        }
    }

    /// The bytes of the file that an element names; empty when there is no readable file.
    public static Optional<Digest> artifactDigest(AiSystem system, Element element) {
        Optional<Path> file = system.artifact(element).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.ofFile(file.get()));
        } catch (IOException e) {
            return Optional.empty(); // the integrity check says why
        }
    }

    private static Optional<TargetDigest> target(
            AiSystem system, Check check, Element element, List<String> notes)
            throws InterruptedException {
        try {
            return TimeLimit.call(TARGET_LIMIT, () -> check.target(system, element));
        } catch (TimeLimit.BrokeException e) {
            notes.add(
                    "%s could not tell what it would look at in %s: %s"
                            .formatted(check.card().id(), element.id(), e.words()));
            return Optional.empty();
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
