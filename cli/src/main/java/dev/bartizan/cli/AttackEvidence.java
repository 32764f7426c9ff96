package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Binomial;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Interval;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.EvidenceJson;
import dev.bartizan.core.ledger.Leaf;
import dev.bartizan.core.ledger.Ledger;
import dev.bartizan.core.run.Plan;
import dev.bartizan.robustness.Doubt;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.Norm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that keep what an attack showed as evidence about an element of a system.
final class AttackEvidence {
    private static final Claim EVADED = new Claim("linf-evasion-within-budget");
    private static final double CONFIDENCE = 0.95;
    private static final Duration FRESH = Duration.ofDays(90);

    @Option(
            names = "--system",
            paramLabel = "SYSTEM.yaml",
            description =
                    "Keep the result as evidence in the ledger of this system, where the next assess"
                            + " finds it; needs --element.")
    private @Nullable Path file;

    @Option(
            names = "--element",
            paramLabel = "ID",
            description =
                    "The element that is attacked: its file or endpoint, or the file of the model"
                            + " that it serves, is the target.")
    private @Nullable String id;

    @Option(names = "--out", paramLabel = "DIR", description = "As for assess.")
    private @Nullable Path out;

    /// An element whose evidence will be kept.
    ///
    /// @param system it belongs to
    /// @param element attacked
    /// @param digest of its file; empty for an endpoint
    private record Subject(AiSystem system, Element element, Optional<Digest> digest) {}

    private Optional<Subject> subject = Optional.empty();

    /// Whether evidence is to be kept.
    boolean isAsked() {
        return file != null || id != null;
    }

    /// Looks, before the work, whether the target is what the element names.
    ///
    /// @param target as typed
    /// @throws UserError when there is no such element, or it is something else
    void require(String target, AttackOptions options) throws IOException {
        if (file == null && id == null) {
            return;
        }
        if (file == null || id == null) {
            throw new UserError(
                    "Evidence is about an element of a system",
                    file == null ? "--element " + id : "--system " + file,
                    "Give --system and --element together.");
        }
        if (options.norm() != Norm.LINF || !options.hasEps()) {
            throw new UserError(
                    "What is kept speaks of changes within a budget in the maximum norm",
                    "--norm " + options.norm().word(),
                    "Attack with --norm linf and --eps, or leave --system out.");
        }
        AiSystem system = SystemFileReader.read(file, Wiring.discover());
        Element element =
                system.element(id)
                        .orElseThrow(() ->
                                new UserError(
                                        "There is no element \"" + id + "\"",
                                        String.valueOf(file),
                                        "Elements: "
                                                + String.join(", ", system.elements().keySet())
                                                + "."));
        subject = Optional.of(new Subject(system, element, digest(system, element, target)));
    }

    private static Optional<Digest> digest(AiSystem system, Element element, String target)
            throws IOException {
        if (EndpointOptions.isEndpoint(target)) {
            String named = element.attributes().text("endpoint").orElse("");
            if (!named.equals(target)) {
                throw other(element, "endpoint " + (named.isEmpty() ? "none" : named), target);
            }
            return Optional.empty();
        }
        Optional<Digest> named = Plan.artifactDigest(system, element);
        boolean isSame =
                named.isPresent()
                        && Files.isRegularFile(Path.of(target))
                        && named.get().equals(Digest.ofFile(Path.of(target)));
        if (!isSame) {
            throw other(
                    element,
                    named.isEmpty() ? "no readable file" : "a file of other bytes",
                    target);
        }
        return named;
    }

    private static UserError other(Element element, String named, String target) {
        return new UserError(
                "The target is not what " + element.id() + " names: " + named,
                target + " (" + element.place() + ")",
                "Attack what the system file names, or name the element it is.");
    }

    /// Keeps what was found, when it was asked for.
    ///
    /// @param isSimulated whether the endpoint was a simulation
    /// @return what to tell; empty when nothing is kept
    Optional<String> keep(AttackOutput output, String command, boolean isSimulated)
            throws IOException {
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        Subject about = subject.get();
        Path folder = Folders.of(about.system(), Optional.ofNullable(out), false);
        Instant now = Clock.systemUTC().instant();
        try (Ledger ledger = Folders.ledger(about.system(), folder)) {
            Evidence.Attachment raw =
                    ledger.keep(
                            RawMaterial.text(
                                    "attack.json",
                                    "application/json",
                                    output.json().put("command", command).toPrettyString()));
            Evidence evidence =
                    EvidenceJson.withId(
                            new Evidence(
                                    "",
                                    EVADED,
                                    about.element().id(),
                                    new Evidence.Source.Imported("bartizan attack"),
                                    outcome(output.result()),
                                    summary(output),
                                    about.digest()
                                            .map(digest ->
                                                    TargetDigest.pinned(
                                                            digest,
                                                            AiSystem.artifactName(about.element())
                                                                    .orElse(about.element().id()))),
                                    Digest.of(output.settings().toString()),
                                    output.settings().seed(),
                                    now.minus(output.took()),
                                    output.took(),
                                    now.plus(FRESH),
                                    isSimulated,
                                    List.of(),
                                    List.of(raw)));
            ledger.append(List.of(Leaf.of(evidence)));
            return Optional.of(
                    "Kept as " + evidence.id() + " in " + Folders.shown(Folders.evidence(folder)));
        }
    }

    private static Outcome outcome(EvasionResult result) {
        int right = result.cleanCorrect();
        int broken = right - result.robustCorrect();
        if (right == 0) {
            return new Outcome.CouldNotTell("no example is answered rightly unchanged");
        }
        Interval interval = Binomial.clopperPearson(broken, right, CONFIDENCE);
        if (broken > 0) {
            return new Outcome.Confirmed(right, broken, interval);
        }
        return result.isTrustworthy()
                ? new Outcome.Withstood(right, broken, interval)
                : new Outcome.CouldNotTell(
                        "not to be relied on: "
                                + result.doubts().stream()
                                        .map(Doubt::what)
                                        .collect(Collectors.joining("; ")));
    }

    private static String summary(AttackOutput output) {
        EvasionResult result = output.result();
        return String.format(
                Locale.ROOT,
                "%d of %d right answers turn under changes of at most %s %s (%s tier, %d examples)",
                result.cleanCorrect() - result.robustCorrect(),
                result.cleanCorrect(),
                output.settings().norm().word(),
                output.settings().eps(),
                output.settings().word(),
                result.rows());
    }
}
