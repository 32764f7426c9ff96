package dev.bartizan.guard;

import dev.bartizan.guard.classify.Classifier;
import dev.bartizan.guard.classify.Classifier.Opinion;
import dev.bartizan.guard.classify.Reading;
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

/// The stages in order over one text: normaliser, rules, classifier, personal data, secrets. The
/// first three decide the verdict; the others only report. Stateless once made, safe to share.
public final class Guard {
    private static final double FLAG = 0.5;
    private static final double SURE = 0.9;
    private static final double WORTH_SAYING = 0.35;
    private static final Recogniser SIGNS = new OutputSigns();
    private final Reading.Reader reader;
    private final Classifier classifier;
    private final List<Recogniser> recognisers;

    /// Finds things in the original text that do not bear on the verdict.
    @FunctionalInterface
    public interface Recogniser {
        /// What is found, in code points of the text.
        List<Detection> find(String text);
    }

    /// A guard of the given parts.
    public Guard(RulePack pack, Classifier classifier, List<Recogniser> recognisers) {
        reader = new Reading.Reader(Lexicon.shipped(), pack);
        this.classifier = classifier;
        this.recognisers = List.copyOf(recognisers);
    }

    /// The guard with everything that ships, under the default policy: the classifier flags, and
    /// only a sure rule that the classifier agrees with blocks.
    public static Guard shipped() {
        return withSecrets(SecretFinder.shipped());
    }

    /// The guard with everything that ships but with secret rules of one's own.
    public static Guard withSecrets(SecretFinder secrets) {
        return new Guard(
                RulePack.shipped(),
                Classifier.shipped(),
                List.of(PersonalFinder.shipped(), secrets));
    }

    /// Judges a part.
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
        Opinion opinion = classifier.judge(reading);
        if (opinion.probability() >= WORTH_SAYING) {
            View.Span span = view.span(opinion.from(), opinion.to());
            findings.add(
                    new Detection(
                            opinion.type(),
                            span.start(),
                            span.end(),
                            opinion.probability(),
                            "reads like attacks the classifier learned from"));
        }
        for (Recogniser recogniser : recognisers) {
            findings.addAll(recogniser.find(part.text()));
        }
        if (part.kind() == Kind.OUTPUT) {
            findings.addAll(SIGNS.find(part.text()));
        }
        findings.sort(Comparator.comparingInt(Detection::start).thenComparingInt(Detection::end));
        double score = Math.max(opinion.probability(), byRule >= FLAG ? byRule : 0);
        return new Judgement(verdict(score, byRule, opinion), score, findings);
    }

    private static Verdict verdict(double score, double byRule, Opinion opinion) {
        if (byRule >= SURE && opinion.probability() >= FLAG) {
            return Verdict.BLOCK;
        }
        return score >= FLAG ? Verdict.FLAG : Verdict.ALLOW;
    }
}
