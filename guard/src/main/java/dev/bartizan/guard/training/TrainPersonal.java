package dev.bartizan.guard.training;

import dev.bartizan.guard.personal.Gazetteer;
import dev.bartizan.guard.personal.PersonalFinder;
import dev.bartizan.guard.personal.Tagger;
import dev.bartizan.guard.personal.TaggerTraining;
import dev.bartizan.guard.personal.TaggerTraining.Sample;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Trains the tagger on templates filled with invented names, prints its error on the texts of
/// `pii_dev.jsonl`, and writes tagger and gazetteer.
///
/// No name or number of `pii_dev.jsonl` is trained on. Its texts are measured twice: with their
/// templates in training, and with templates held out in folds.
public final class TrainPersonal {
    private static final int FOLDS = 4;
    private static final int PASSES = 8;
    private static final int PER_TEMPLATE = 30;
    private static final int PLAIN = 4_000;
    private static final long SEED = 7;

    private TrainPersonal() {}

    /// Trains, measures, writes.
    ///
    /// @param args folder of the corpus, folder for tagger and gazetteer, and optionally `folds`,
    ///   or `misses` to list what went wrong besides
    public static void main(String[] args) throws IOException {
        Path corpus = Path.of(args[0]);
        Random random = new Random(SEED);
        FakeNames names = new FakeNames(random);
        Gazetteer gazetteer = Gazetteer.of(names.gazetteer());
        Gazetteer whole = Gazetteer.of(names.wholeGazetteer());
        PersonalTemplates templates = new PersonalTemplates(names, random);
        List<List<Sample>> filled = new ArrayList<>();
        for (String template : PersonalTemplates.corpus(corpus)) {
            filled.add(fill(templates, template));
        }
        List<Sample> own = new ArrayList<>();
        PersonalTemplates.own().forEach(template -> own.addAll(fill(templates, template)));
        own.addAll(NamelessSentences.of(Row.read(corpus), PLAIN));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        MeasurePersonal measure = new MeasurePersonal(corpus, out);
        Tagger tagger = train(filled, own, gazetteer, -1).with(whole);
        if (args.length > 1) {
            Files.write(Path.of(args[1]).resolve("tagger.bin"), tagger.toBytes());
            Files.write(
                    Path.of(args[1]).resolve("gazetteer.bin"),
                    Gazetteer.toBytes(names.wholeGazetteer()));
        }
        measure.report("templates seen, names not", _ -> new PersonalFinder(tagger));
        if (args.length > 2) {
            List<PersonalFinder> finders = new ArrayList<>();
            for (int fold = 0; fold < FOLDS; fold++) {
                finders.add(new PersonalFinder(train(filled, own, gazetteer, fold).with(whole)));
            }
            measure.report(
                    "neither templates nor names seen", template -> finders.get(template % FOLDS));
            if (args[2].equals("misses")) {
                measure.misses(template -> finders.get(template % FOLDS));
            }
        }
    }

    private static List<Sample> fill(PersonalTemplates templates, String template) {
        List<Sample> samples = new ArrayList<>();
        int count = template.contains("{{") ? PER_TEMPLATE : PER_TEMPLATE / 6;
        for (int i = 0; i < count; i++) {
            samples.add(templates.fill(template));
        }
        return samples;
    }

    private static Tagger train(
            List<List<Sample>> filled, List<Sample> own, Gazetteer gazetteer, int leftOut) {
        List<Sample> samples = new ArrayList<>(own);
        for (int template = 0; template < filled.size(); template++) {
            if (template % FOLDS != leftOut) {
                samples.addAll(filled.get(template));
            }
        }
        return TaggerTraining.train(samples, gazetteer, PASSES, SEED);
    }
}
