package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Binomial;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.EvidenceJson;
import dev.bartizan.core.ledger.Leaf;
import dev.bartizan.core.ledger.Ledger;
import dev.bartizan.core.run.Plan;
import dev.bartizan.knowledge.Claims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan evidence add`: a test done by hand, or a record that says so.
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Adds a test that somebody did by hand, or a record (a dated document). Both have an owner"
                    + " and a day on which they grow old; a record never counts for more than"
                    + " \"declared\".",
            "",
            "The bytes of the element's file are pinned now: when they change, the evidence is stale."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan evidence add system.yaml --element assistant --claim prompt-leaks \\",
            "      --outcome withstood --trials 40 --owner red-team --expires 2027-03-31 \\",
            "      --summary \"40 attempts by two people, none showed the prompt\" --file notes.md",
            "  bartizan evidence add system.yaml --record --element claims-history \\",
            "      --claim data-lineage-unknown --outcome cleared --owner data-office \\",
            "      --expires 2027-12-31 --summary \"Data sheet 12\" --file datasheet.pdf"
        })
final class EvidenceAdd extends ShellCommand {
    private static final double CONFIDENCE = 0.95;
    private static final long MAX_FILE_BYTES = 64L << 20;

    @Parameters(paramLabel = "SYSTEM.yaml", description = "The system file.")
    private Path file = Path.of("");

    @Option(names = "--element", required = true, description = "Id of the element.")
    private String element = "";

    @Option(names = "--claim", required = true, description = "What it speaks of.")
    private String claim = "";

    @Option(
            names = "--outcome",
            required = true,
            paramLabel = "WORD",
            description =
                    "confirmed, withstood, cleared or could-not-tell: what was seen of the weakness.")
    private String outcome = "";

    @Option(names = "--owner", required = true, description = "Who answers for it.")
    private String owner = "";

    @Option(names = "--summary", required = true, description = "One line for readers.")
    private String summary = "";

    @Option(
            names = "--expires",
            required = true,
            paramLabel = "DAY",
            description = "Last day it counts, such as 2027-03-31.")
    private @Nullable LocalDate expires;

    @Option(names = "--date", paramLabel = "DAY", description = "When it was seen. Default: today.")
    private @Nullable LocalDate date;

    @Option(names = "--trials", description = "How many times it was tried. Default: 1.")
    private int trials = 1;

    @Option(names = "--successes", description = "How many of them succeeded.")
    private @Nullable Integer successes;

    @Option(names = "--record", description = "It is a document, not a test.")
    private boolean isRecord;

    @Option(names = "--file", description = "A file to keep with it. May be repeated.")
    private List<Path> attachments = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "As for assess.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        Clock clock = Clock.systemUTC();
        Wiring wiring = Wiring.discover();
        AiSystem system = SystemFileReader.read(file, wiring);
        requireAnswerable();
        Element at = element(system);
        requireKnownClaim();
        Instant seen = seen(clock);
        Path folder = Folders.of(system, Optional.ofNullable(out), false);
        try (Ledger ledger = Folders.ledger(system, folder)) {
            Evidence evidence =
                    EvidenceJson.withId(
                            new Evidence(
                                    "",
                                    new Claim(claim),
                                    at.id(),
                                    source(),
                                    outcome(),
                                    summary,
                                    target(system, at),
                                    Digest.of("{}"),
                                    0,
                                    seen,
                                    Duration.ZERO,
                                    endOf(expiry()),
                                    false,
                                    List.of(),
                                    keep(ledger)));
            ledger.append(List.of(Leaf.of(evidence)));
            out().println("Added " + evidence.id() + ". The next assess counts it.");
            out().println("Anchor: " + ledger.checkpoint().compact());
        }
        out().flush();
        return 0;
    }

    private void requireAnswerable() {
        if (owner.isBlank() || summary.isBlank()) {
            throw new UserError(
                    "Somebody answers for it, and says what was seen",
                    owner.isBlank() ? "--owner" : "--summary",
                    "Give both.");
        }
    }

    private Evidence.Source source() {
        return isRecord ? new Evidence.Source.Document(owner) : new Evidence.Source.Manual(owner);
    }

    private Element element(AiSystem system) {
        return system.element(element)
                .orElseThrow(() ->
                        new UserError(
                                "There is no element \"" + element + "\"",
                                file.toString(),
                                "Elements: "
                                        + String.join(", ", system.elements().keySet())
                                        + "."));
    }

    private void requireKnownClaim() {
        Claims claims = Claims.bundled();
        boolean isKnown =
                claim.matches("[a-z][a-z0-9-]{2,63}(/.{1,64})?")
                        && claims.card(new Claim(claim)).isPresent();
        if (!isKnown) {
            throw new UserError(
                    "There is no claim \"" + claim + "\"",
                    "--claim",
                    "Claims: "
                            + String.join(
                                    ", ", claims.all().stream().map(c -> c.claim().name()).toList())
                            + ".");
        }
    }

    private Outcome outcome() {
        if (trials < 1 || (successes != null && (successes < 0 || successes > trials))) {
            throw new UserError(
                    "These are not counts of a trial",
                    "--trials " + trials + " --successes " + successes,
                    "Give at least one trial, and no more successes than trials.");
        }
        return switch (outcome) {
            case "confirmed" -> confirmed(successes == null ? trials : successes);
            case "withstood" -> {
                int hits = successes == null ? 0 : successes;
                yield new Outcome.Withstood(
                        trials, hits, Binomial.clopperPearson(hits, trials, CONFIDENCE));
            }
            case "cleared" -> new Outcome.Cleared(summary, List.of());
            case "could-not-tell" -> new Outcome.CouldNotTell(summary);
            default ->
                    throw new UserError(
                            "There is no outcome \"" + outcome + "\"",
                            "--outcome",
                            "Outcomes: confirmed, withstood, cleared, could-not-tell.");
        };
    }

    private Outcome confirmed(int hits) {
        if (hits == 0) {
            throw new UserError(
                    "Nothing succeeded, so nothing is confirmed",
                    "--successes 0",
                    "Give --outcome withstood, or the number of successes.");
        }
        return trials == 1
                ? Outcome.Confirmed.deterministic()
                : new Outcome.Confirmed(
                        trials, hits, Binomial.clopperPearson(hits, trials, CONFIDENCE));
    }

    private Instant seen(Clock clock) {
        if (date == null) {
            return clock.instant();
        }
        Instant day = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        if (day.isAfter(clock.instant())) {
            throw new UserError(
                    "What was seen lies in the future",
                    "--date " + date,
                    "Give a day of the past.");
        }
        return day;
    }

    private LocalDate expiry() {
        if (expires == null || expires.isBefore(LocalDate.now(ZoneOffset.UTC))) {
            throw new UserError(
                    "It would already be too old",
                    "--expires " + expires,
                    "Give the last day on which it should count.");
        }
        return expires;
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
    }

    private static Optional<TargetDigest> target(AiSystem system, Element at) {
        return Plan.artifactDigest(system, at)
                .map(digest ->
                        TargetDigest.pinned(digest, AiSystem.artifactName(at).orElse(at.id())));
    }

    private List<Evidence.Attachment> keep(Ledger ledger) throws IOException {
        List<Evidence.Attachment> kept = new ArrayList<>();
        for (Path attachment : attachments) {
            if (!Files.isRegularFile(attachment) || Files.size(attachment) > MAX_FILE_BYTES) {
                throw new UserError(
                        "This cannot be kept: it is no file, or larger than 64 MiB",
                        attachment.toString(),
                        "Name a readable file, or keep it elsewhere and write its digest into the"
                                + " summary.");
            }
            String name =
                    String.valueOf(attachment.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
            String plain = name.startsWith(".") ? "_" + name : name;
            kept.add(
                    ledger.keep(
                            new RawMaterial(
                                    plain.substring(0, Math.min(120, plain.length())),
                                    "application/octet-stream",
                                    Files.readAllBytes(attachment))));
        }
        return kept;
    }
}
