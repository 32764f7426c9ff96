package dev.bartizan.guard;

import dev.bartizan.guard.classify.Classifier;
import dev.bartizan.guard.classify.Classifier.Opinion;
import dev.bartizan.guard.classify.Head;
import dev.bartizan.guard.classify.Heads;
import dev.bartizan.guard.classify.OwnStage;
import dev.bartizan.guard.classify.Reading;
import dev.bartizan.guard.classify.StageFailedException;
import dev.bartizan.guard.classify.Thresholds;
import dev.bartizan.guard.output.OutputSigns;
import dev.bartizan.guard.personal.PersonalFinder;
import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.guard.rules.RuleScanner.Fired;
import dev.bartizan.guard.secrets.SecretFinder;
import dev.bartizan.guard.text.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The stages in order over one text: normaliser, rules, classifier, personal data, secrets. The
/// first three decide the verdict; the others only report. Stateless once made, safe to share.
public final class Guard {
    private static final double FLAG = 0.5;
    private static final double SURE = 0.9;
    private static final double WORTH_SAYING = 0.35;
    private static final Recogniser SIGNS = new OutputSigns();
    private final Stages stages;
    private final Reading.Reader reader;

    /// Finds things in the original text that do not bear on the verdict.
    @FunctionalInterface
    public interface Recogniser {
        /// What is found, in code points of the text.
        List<Detection> find(String text);
    }

    /// What a guard is made of.
    ///
    /// @param packs rules beside those that ship
    /// @param classifier the classifier
    /// @param threshold probability of that classifier from which on a text is flagged; 0.5 is the
    ///   one it ships with
    /// @param own a classifier of one's own beside it
    /// @param recognisers what only reports
    public record Stages(
            List<RulePack> packs,
            Classifier classifier,
            double threshold,
            Optional<OwnStage> own,
            List<Recogniser> recognisers) {
        /// Checks the range and copies the list.
        public Stages {
            Thresholds.require(threshold);
            packs = List.copyOf(packs);
            recognisers = List.copyOf(recognisers);
        }

        /// Everything that ships.
        public static Stages shipped() {
            return new Stages(List.of(), Classifier.shipped(), FLAG, Optional.empty(), List.of())
                    .withSecrets(SecretFinder.shipped());
        }

        /// The same with rules beside those that ship.
        public Stages withPacks(List<RulePack> more) {
            return new Stages(more, classifier, threshold, own, recognisers);
        }

        /// The same with another threshold.
        public Stages withThreshold(double other) {
            return new Stages(packs, classifier, other, own, recognisers);
        }

        /// The same with a classifier of one's own.
        public Stages withOwn(OwnStage other) {
            return new Stages(packs, classifier, threshold, Optional.of(other), recognisers);
        }

        /// The same without what only reports.
        public Stages withoutRecognisers() {
            return new Stages(packs, classifier, threshold, own, List.of());
        }

        /// The same with what finds personal data, and these secrets.
        public Stages withSecrets(SecretFinder secrets) {
            return new Stages(
                    packs, classifier, threshold, own, List.of(PersonalFinder.shipped(), secrets));
        }
    }

    /// A guard of the given parts.
    public Guard(Stages stages) {
        this.stages = stages;
        reader = new Reading.Reader(Lexicon.shipped(), RulePack.shipped(), stages.packs());
    }

    /// The guard with everything that ships, under the default policy: the classifier flags, and
    /// only a sure rule that the classifier agrees with blocks.
    public static Guard shipped() {
        return new Guard(Stages.shipped());
    }

    /// The probability that the classifier that ships gives an attack, 0..1, before any threshold.
    public double probability(Part part) {
        return stages.classifier().judge(reader.read(part.text(), part.kind())).probability();
    }

    /// Judges a part.
    ///
    /// @throws StageFailedException when a classifier of one's own gives no answer
    public Judgement judge(Part part) {
        Reading reading = reader.read(part.text(), part.kind());
        List<Detection> findings = new ArrayList<>(reading.text().findings());
        View view = reading.text().plain();
        double byRule = 0;
        for (Fired fired : reading.fired()) {
            View.Span span = view.span(fired.start(), fired.end());
            findings.add(
                    new Detection(
                            fired.rule().type(),
                            span.start(),
                            span.end(),
                            fired.rule().score(),
                            fired.rule().reason() + " (rule " + fired.rule().id() + ")"));
            byRule = Math.max(byRule, fired.rule().score());
        }
        Opinion opinion = stages.classifier().judge(reading);
        double learned = Thresholds.toHalf(opinion.probability(), stages.threshold());
        if (learned >= WORTH_SAYING) {
            View.Span span = view.span(opinion.from(), opinion.to());
            findings.add(
                    new Detection(
                            opinion.heads().getFirst().head().type(),
                            span.start(),
                            span.end(),
                            learned,
                            "reads like attacks the classifier learned from; heads: "
                                    + heads(opinion)));
        }
        Heads.Place harmful = stages.classifier().harmful(reading);
        if (harmful.probability() >= FLAG) {
            View.Span span = view.span(harmful.from(), harmful.to());
            findings.add(
                    new Detection(
                            Head.HARMFUL.type(),
                            span.start(),
                            span.end(),
                            harmful.probability(),
                            "reads like requests for help with harm; no attack on the model"));
        }
        if (stages.own().isPresent()) {
            OwnStage.Outcome own = stages.own().get().judge(part.text());
            findings.addAll(own.findings());
            learned = Math.max(learned, own.score());
        }
        for (Recogniser recogniser : stages.recognisers()) {
            findings.addAll(recogniser.find(part.text()));
        }
        if (part.kind() == Kind.OUTPUT) {
            findings.addAll(SIGNS.find(part.text()));
        }
        findings.sort(Comparator.comparingInt(Detection::start).thenComparingInt(Detection::end));
        double score = Math.max(learned, byRule >= FLAG ? byRule : 0);
        return new Judgement(verdict(score, byRule, learned), score, findings);
    }

    /// The heads and their scores, such as `override 0.91, prompt-extraction 0.62`.
    private static String heads(Opinion opinion) {
        return opinion.heads().stream()
                .map(score ->
                        String.format(
                                Locale.ROOT, "%s %.2f", score.head().type(), score.probability()))
                .collect(Collectors.joining(", "));
    }

    private static Verdict verdict(double score, double byRule, double learned) {
        if (byRule >= SURE && learned >= FLAG) {
            return Verdict.BLOCK;
        }
        return score >= FLAG ? Verdict.FLAG : Verdict.ALLOW;
    }
}
