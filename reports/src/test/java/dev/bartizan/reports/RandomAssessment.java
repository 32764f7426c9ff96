package dev.bartizan.reports;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Binomial;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Coverage;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Place;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.Threat;
import dev.bartizan.core.ThreatId;
import dev.bartizan.core.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Assessments of strangers' systems: random shapes, every text hostile.
public final class RandomAssessment {
    private static final List<String> HOSTILE =
            List.of(
                    "<script>alert(1)</script>",
                    "</style><script>x</script>",
                    "\"><img src=x onerror=alert(1)>",
                    "' onload='x",
                    "]]>",
                    "<!--",
                    "-->",
                    "&lt;b&gt;&amp;&#x3c;",
                    "\u202egpj.exe",
                    "\u2066\u200b\ufeff",
                    "\u0000\u0001\u001b[31m\u0007",
                    "\ud800",
                    "\udfff\ud83d",
                    "\u2028\u2029\u0085",
                    "Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357",
                    "漢字かな交じり文",
                    "🏰🛡️",
                    "javascript:alert(1)",
                    "data:text/html,<b>x",
                    "../../etc/passwd",
                    "//evil.example/x",
                    "a".repeat(300),
                    "word ".repeat(80),
                    "$(reboot) `id` ; rm -rf / #",
                    "it's",
                    "-rf",
                    "\ufffe\uffff",
                    "\r\n\t",
                    "");

    private final Random random;
    private final List<String> ids = new ArrayList<>();

    private RandomAssessment(long seed) {
        this.random = new Random(seed);
    }

    /// The assessment of that seed.
    public static Assessment of(long seed) {
        return new RandomAssessment(seed).assessment();
    }

    /// A hostile text.
    public static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
        }
        return text.toString();
    }

    private Assessment assessment() {
        AiSystem system = system();
        List<Evidence> evidence = list(8, this::evidence);
        List<AssessedThreat> threats = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            threats.add(assessed(evidence));
        }
        int adequate = random.nextInt(threats.size() + 1);
        return new Assessment(
                system,
                Fixture.AT,
                text(),
                list(4, this::fact),
                threats,
                evidence,
                new Coverage(threats.size(), adequate, threats.size(), adequate, Optional.empty()),
                list(4, this::text),
                text() + "\n" + text());
    }

    private AiSystem system() {
        Map<String, Zone> zones = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String id = text();
            zones.put(id, new Zone(id, pick(Zone.Trust.values())));
        }
        Map<String, Element> elements = new LinkedHashMap<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            String id = text() + i;
            ids.add(id);
            elements.put(id, element(id, List.copyOf(zones.keySet())));
        }
        return new AiSystem(
                text(),
                Path.of("x" + text().replace("\0", "").replaceAll("[\ud800-\udfff]", "")),
                Attributes.NONE,
                text(),
                zones,
                elements,
                list(40, this::flow),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    private Element element(String id, List<String> zones) {
        String zone = zones.isEmpty() ? text() : zones.get(random.nextInt(zones.size()));
        return new Element(
                id,
                pick(ElementKind.values()),
                text(),
                zone,
                random.nextBoolean()
                        ? Attributes.NONE
                        : new Attributes(Map.of("artifact", Map.of("path", "m o:d/e%l.pkl"))),
                new Place(text(), random.nextInt(9), random.nextInt(9)));
    }

    private Flow flow() {
        return new Flow(id(), id(), list(2, this::text), Place.NOWHERE);
    }

    private String id() {
        return ids.get(random.nextInt(ids.size()));
    }

    private Fact fact() {
        return new Fact(id(), text(), text(), text(), random.nextBoolean());
    }

    private AssessedThreat assessed(List<Evidence> evidence) {
        TreeMap<String, String> roles = new TreeMap<>(Map.of("at", id()));
        String rule = text();
        Threat threat =
                new Threat(
                        ThreatId.of(rule, roles),
                        rule,
                        text(),
                        pick(Severity.values()),
                        roles,
                        applicability(),
                        List.of(new Claim("code-runs-on-load")),
                        List.of(),
                        text(),
                        text(),
                        Map.of("cwe", list(3, this::text), text(), list(2, this::text)),
                        random.nextInt(4) == 0 ? list(3, this::flow) : List.of(),
                        0.5);
        return new AssessedThreat(
                threat,
                pick(Standing.values()),
                text(),
                evidence.subList(0, random.nextInt(evidence.size() + 1)),
                random.nextBoolean() ? Optional.empty() : Optional.of(decision()),
                random.nextBoolean());
    }

    private Applicability applicability() {
        return switch (random.nextInt(3)) {
            case 0 -> new Applicability.Applies(list(3, this::fact));
            case 1 -> new Applicability.Mitigated(list(3, this::fact), list(3, this::text));
            default -> new Applicability.DoesNotApply(list(3, this::fact), text());
        };
    }

    private Decision decision() {
        return new Decision(
                text(),
                pick(Decision.Action.values()),
                text(),
                text(),
                LocalDate.of(2027, 1, 1),
                Place.NOWHERE);
    }

    private Evidence evidence() {
        return new Evidence(
                text(),
                new Claim("code-runs-on-load"),
                id(),
                source(),
                outcome(),
                text(),
                Optional.of(new TargetDigest(Digest.of("x"), text(), list(2, this::text))),
                Digest.of("y"),
                random.nextLong(),
                Fixture.AT,
                Duration.ofMillis(random.nextInt(100_000_000)),
                Fixture.AT.plusSeconds(random.nextInt(1000) - 500),
                random.nextBoolean(),
                list(3, this::finding),
                list(3, () -> new Evidence.Attachment(text(), Digest.of("z"))));
    }

    private Evidence.Source source() {
        return switch (random.nextInt(4)) {
            case 0 -> new Evidence.Source.OfCheck(text(), text(), text());
            case 1 -> new Evidence.Source.Manual(text());
            case 2 -> new Evidence.Source.Document(text());
            default -> new Evidence.Source.Imported(text());
        };
    }

    private Outcome outcome() {
        int trials = 1 + random.nextInt(50);
        int successes = random.nextInt(trials) + 1;
        return switch (random.nextInt(7)) {
            case 0, 1 ->
                    new Outcome.Confirmed(
                            trials, successes, Binomial.clopperPearson(successes, trials, 0.95));
            case 2 -> new Outcome.Cleared(text(), list(3, this::text));
            case 3 -> new Outcome.Proved(text());
            case 4 -> new Outcome.NotApplicable(text());
            case 5 -> new Outcome.CouldNotTell(text());
            default -> new Outcome.Failed(text());
        };
    }

    private Finding finding() {
        return new Finding(
                text(),
                pick(Severity.values()),
                text(),
                text(),
                text(),
                list(2, this::text),
                list(2, this::text));
    }

    private String text() {
        return text(random);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> list(int most, Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(item.get());
        }
        return list;
    }
}
