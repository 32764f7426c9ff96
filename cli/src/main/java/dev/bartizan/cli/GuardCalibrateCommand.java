package dev.bartizan.cli;

import dev.bartizan.core.Interval;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.HarmlessTexts;
import dev.bartizan.guard.Part;
import dev.bartizan.guard.classify.Calibration;
import dev.bartizan.guard.classify.Calibration.Realised;
import dev.bartizan.guard.classify.CalibrationFile;
import dev.bartizan.guard.classify.Classifier;
import dev.bartizan.guard.classify.StageFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan guard calibrate`: a threshold for a rate of false alarms on one's own texts.
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Sets the threshold of a classifier so that it flags at most a share of your own harmless"
                    + " texts, and says what share it flags of them, with an exact 95 %% interval.",
            "",
            "BENIGN is a file of JSON lines as \"guard check\" reads them, or of plain lines. The"
                    + " threshold is that of the classifier alone; rules count beside it. A share seen"
                    + " on the texts the threshold was set on flatters it: name other texts of the"
                    + " same kind with --held-out to see what it is worth.",
            "",
            "\"guard check --calibration FILE\" uses it, for the very classifier it was set for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard calibrate mails.jsonl --rate 0.01 --out calibration.json",
            "  bartizan guard calibrate mails.jsonl --rate 0.005 --held-out more.jsonl --out c.json",
            "  bartizan guard calibrate mails.jsonl --rate 0.01 --classifier my-model --out c.json",
            "  bartizan guard check --jsonl prompts.jsonl --classifier my-model --calibration c.json"
        })
final class GuardCalibrateCommand extends ShellCommand {
    @Parameters(paramLabel = "BENIGN", description = "Harmless texts, one a line.")
    private @Nullable Path benign;

    @Option(
            names = "--rate",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Share of harmless texts that may be flagged, 0..1 (default: 0.01).")
    private double rate = 0.01;

    @Option(
            names = "--held-out",
            paramLabel = "FILE",
            description = "Other harmless texts, to see what share of them is flagged.")
    private @Nullable Path heldOut;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the calibration goes; standard output without it.")
    private @Nullable Path target;

    @Mixin private GuardClassifierOptions own = new GuardClassifierOptions();

    @Override
    public Integer call() throws IOException {
        if (benign == null) {
            throw new IllegalStateException("picocli gives required values");
        }
        if (!(rate > 0 && rate < 1)) {
            throw new UserError(
                    "A rate is above 0 and below 1",
                    "--rate " + rate,
                    "Write 0.01 for one in 100.");
        }
        HarmlessTexts texts = texts(benign);
        int fewest = Calibration.fewest(rate);
        if (texts.parts().size() < fewest) {
            throw new UserError(
                    "A rate of " + rate + " cannot be set on " + texts.parts().size() + " texts",
                    benign.toString(),
                    "Give " + fewest + " harmless texts or more, or a higher --rate.");
        }
        Calibration calibration;
        try (LoadedClassifier loaded = own.open().orElse(null)) {
            calibration = calibration(texts, loaded);
        }
        String written = CalibrationFile.write(calibration);
        if (target == null) {
            out().print(written);
        } else {
            Files.writeString(target, written);
            say(calibration);
        }
        out().flush();
        return 0;
    }

    private Calibration calibration(HarmlessTexts texts, @Nullable LoadedClassifier loaded)
            throws IOException {
        ToDoubleFunction<Part> scorer;
        if (loaded == null) {
            Guard shipped = new Guard(Guard.Stages.shipped().withoutRecognisers());
            scorer = shipped::probability;
        } else {
            err().println("bartizan: " + loaded.description());
            scorer = part -> loaded.highest(part.text());
        }
        double[] scores = scores(texts, scorer);
        double threshold = Calibration.threshold(scores, rate, String.valueOf(benign));
        Optional<Realised> other = Optional.empty();
        if (heldOut != null) {
            HarmlessTexts more = texts(heldOut);
            other = Optional.of(Realised.of(more.digest(), scores(more, scorer), threshold));
        }
        return new Calibration(
                loaded == null ? Classifier.shippedDigest() : loaded.digest(),
                rate,
                threshold,
                Realised.of(texts.digest(), scores, threshold),
                other);
    }

    private static double[] scores(HarmlessTexts texts, ToDoubleFunction<Part> scorer) {
        try {
            return texts.parts().stream().mapToDouble(scorer).toArray();
        } catch (StageFailedException e) {
            throw new UserError(
                    "A text was not judged: " + e.getMessage(),
                    "",
                    "Run the classifier where it was exported, on the same text.",
                    e);
        }
    }

    private void say(Calibration calibration) {
        out().println(String.format(Locale.ROOT, "threshold %.6f", calibration.threshold()));
        out().println(share("set", calibration.set()));
        calibration.heldOut().ifPresent(other -> out().println(share("held out", other)));
        out().println("classifier " + calibration.classifier());
    }

    private static String share(String name, Realised realised) {
        Interval interval = realised.interval();
        return String.format(
                Locale.ROOT,
                "%s: %d of %d texts flagged, %.2f %% (95 %% interval %.2f to %.2f %%), %s",
                name,
                realised.flagged(),
                realised.texts(),
                realised.share() * 100,
                interval.low() * 100,
                interval.high() * 100,
                realised.digest());
    }

    private static HarmlessTexts texts(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    "There is no such file", file.toString(), "Name a file of harmless texts.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return HarmlessTexts.read(in.readNBytes(HarmlessTexts.MAX_BYTES + 1), file.toString());
        }
    }
}
