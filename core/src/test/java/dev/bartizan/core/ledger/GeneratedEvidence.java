package dev.bartizan.core.ledger;

import dev.bartizan.core.Claim;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Interval;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import dev.bartizan.core.TargetDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Random evidence of every shape, from a seed.
final class GeneratedEvidence {
    private static final int[] INTERESTING = {
        0, 1, 9, 10, 13, 31, 34, 92, 127, 0x80, 0x9f, 0xe9, 0x2028, 0xfeff, 0xfffd, 0xffff, 0x1f600,
        0x10ffff
    };

    private final Random random;

    GeneratedEvidence(long seed) {
        this.random = new Random(seed);
    }

    Evidence next() {
        return EvidenceJson.withId(
                new Evidence(
                        "",
                        claim(),
                        text(),
                        source(),
                        outcome(random.nextInt(7)),
                        text(),
                        random.nextBoolean()
                                ? Optional.empty()
                                : Optional.of(new TargetDigest(digest(), text(), list(this::text))),
                        digest(),
                        random.nextLong(),
                        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                        Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000)),
                        Instant.ofEpochSecond(random.nextLong(1L << 40)),
                        random.nextBoolean(),
                        list(this::finding),
                        List.of()));
    }

    /// The same without findings, with these attachments.
    static Evidence brief(Evidence evidence, List<Evidence.Attachment> raw) {
        return EvidenceJson.withId(
                new Evidence(
                        "",
                        evidence.claim(),
                        evidence.element(),
                        evidence.source(),
                        evidence.outcome(),
                        evidence.summary(),
                        evidence.target(),
                        evidence.parameters(),
                        evidence.seed(),
                        evidence.started(),
                        evidence.took(),
                        evidence.freshUntil(),
                        evidence.isSimulated(),
                        List.of(),
                        raw));
    }

    static Leaf leaf(String kind, String body) {
        return Leaf.of(kind, StrictJson.parse(body));
    }

    private Claim claim() {
        Claim claim = new Claim("code-runs-on-load");
        return random.nextBoolean() ? claim : claim.about("P_" + random.nextInt(100));
    }

    private Evidence.Source source() {
        return switch (random.nextInt(4)) {
            case 0 -> new Evidence.Source.OfCheck(text(), text(), text());
            case 1 -> new Evidence.Source.Manual(text());
            case 2 -> new Evidence.Source.Document(text());
            default -> new Evidence.Source.Imported(text());
        };
    }

    Outcome outcome(int kind) {
        int trials = 1 + random.nextInt(1_000_000);
        double low = random.nextDouble();
        Interval interval =
                new Interval(low, low + (1 - low) * random.nextDouble(), 1 - random.nextDouble());
        return switch (kind) {
            case 0 -> new Outcome.Confirmed(trials, 1 + random.nextInt(trials), interval);
            case 1 -> new Outcome.Withstood(trials, random.nextInt(trials + 1), interval);
            case 2 -> new Outcome.Cleared(text(), list(this::text));
            case 3 -> new Outcome.Proved(text());
            case 4 -> new Outcome.NotApplicable(text());
            case 5 -> new Outcome.CouldNotTell(text());
            default -> new Outcome.Failed(text());
        };
    }

    private Finding finding() {
        Severity[] severities = Severity.values();
        return new Finding(
                text(),
                severities[random.nextInt(severities.length)],
                text(),
                text(),
                text(),
                list(this::text),
                list(this::text));
    }

    private Digest digest() {
        return Digest.of(Long.toString(random.nextLong()));
    }

    private <T> List<T> list(Supplier<T> item) {
        List<T> list = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            list.add(item.get());
        }
        return list;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int size = random.nextInt(12);
        for (int i = 0; i < size; i++) {
            text.appendCodePoint(
                    random.nextBoolean()
                            ? INTERESTING[random.nextInt(INTERESTING.length)]
                            : 'a' + random.nextInt(26));
        }
        return text.toString();
    }
}
