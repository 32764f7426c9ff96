package dev.bartizan.guard.policy;

import dev.bartizan.core.Digest;
import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.classify.Calibration;
import dev.bartizan.guard.classify.CalibrationFile;
import dev.bartizan.guard.classify.Classifier;
import dev.bartizan.guard.classify.OwnClassifier;
import dev.bartizan.guard.classify.OwnClassifierSource;
import dev.bartizan.guard.classify.OwnStage;
import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.RulePack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// The stages of one guard, put together from options and a policy. Closing it lets go of a
/// classifier that was loaded.
public final class AddedStages implements AutoCloseable {
    private static final double USUAL = 0.5;
    private static final int MAX_PACK_BYTES = 8 << 20;

    private final List<RulePack> packs = new ArrayList<>();
    private final List<Calibration> calibrations = new ArrayList<>();
    private Optional<OwnClassifier> own = Optional.empty();
    private OptionalDouble threshold = OptionalDouble.empty();

    /// None beside those that ship.
    public AddedStages() {}

    /// Adds what a policy file names.
    public AddedStages with(GuardPolicy policy, Path policyFile) throws IOException {
        PolicyStages stages = policy.stages();
        for (PolicyStages.Pinned pack : stages.packs()) {
            packs.add(pack(beside(policyFile, pack.file()), pack.digest()));
        }
        if (stages.calibration().isPresent()) {
            PolicyStages.Pinned pinned = stages.calibration().get();
            Path file = beside(policyFile, pinned.file());
            byte[] bytes = NamedFile.bytes(file, CalibrationFile.MAX_BYTES, "calibration");
            requireDigest(Digest.of(bytes), pinned.digest(), file);
            calibrations.add(CalibrationFile.read(bytes, file.toString()));
        }
        if (stages.classifier().isPresent()) {
            PolicyStages.OwnModel model = stages.classifier().get();
            Path folder = beside(policyFile, model.folder());
            own =
                    Optional.of(
                            OwnClassifierSource.installed()
                                    .open(folder, Set.copyOf(model.benign())));
            requireDigest(own.get().digest(), model.digest(), folder);
            model.threshold().ifPresent(value -> threshold = OptionalDouble.of(value));
        }
        return this;
    }

    private static Path beside(Path policyFile, String name) {
        return policyFile.resolveSibling(name);
    }

    /// Adds a classifier that was loaded.
    public AddedStages with(OwnClassifier classifier) {
        if (own.isPresent()) {
            throw new UserError(
                    "Both the policy and the command line name a classifier",
                    "--classifier",
                    "Leave out one of them.");
        }
        own = Optional.of(classifier);
        return this;
    }

    /// Adds the threshold of a classifier of one's own.
    public AddedStages withThreshold(double value) {
        if (own.isEmpty() || !(value > 0 && value <= 1)) {
            throw new UserError(
                    "A threshold is above 0 and at most 1, and holds for a classifier of one's own",
                    "--classifier-threshold " + value,
                    "Name the classifier with --classifier FOLDER, or calibrate the one that ships:"
                            + " bartizan guard calibrate.");
        }
        threshold = OptionalDouble.of(value);
        return this;
    }

    /// Adds a calibration.
    public AddedStages withCalibration(Path file) throws IOException {
        byte[] bytes = NamedFile.bytes(file, CalibrationFile.MAX_BYTES, "calibration");
        calibrations.add(CalibrationFile.read(bytes, file.toString()));
        return this;
    }

    /// Adds a pack of rules.
    public AddedStages withPack(RulePack pack) {
        packs.add(pack);
        return this;
    }

    /// A pack of rules in a file of that digest.
    ///
    /// @throws UserError when it has another digest, or is no pack
    public static RulePack pack(Path file, Digest digest) throws IOException {
        byte[] bytes = NamedFile.bytes(file, MAX_PACK_BYTES, "pack of rules");
        requireDigest(Digest.of(bytes), digest, file);
        return RulePack.parse(bytes, file.toString(), Lexicon.shipped()).signedOff(file.toString());
    }

    private static void requireDigest(Digest now, Digest wanted, Path file) {
        if (!now.equals(wanted)) {
            throw new UserError(
                    "It is not the one that was pinned: its digest is " + now + ", not " + wanted,
                    file.toString(),
                    "Look at what changed; when it is meant, write the new digest.");
        }
    }

    /// All of it over the stages that ship.
    ///
    /// @throws UserError when a calibration is for another classifier
    public Guard.Stages over(Guard.Stages shipped) {
        Guard.Stages stages = shipped.withPacks(packs);
        OptionalDouble calibrated = OptionalDouble.empty();
        for (Calibration calibration : calibrations) {
            Digest classifier = calibration.classifier();
            if (own.isPresent() && own.get().digest().equals(classifier)) {
                calibrated = OptionalDouble.of(calibration.threshold());
            } else if (Classifier.shippedDigest().equals(classifier)) {
                stages = stages.withThreshold(calibration.threshold());
            } else {
                throw new UserError(
                        "The calibration is for another classifier, " + classifier,
                        "--calibration",
                        "Calibrate the one that is used: bartizan guard calibrate.");
            }
        }
        if (own.isEmpty()) {
            return stages;
        }
        double from = threshold.orElse(calibrated.orElse(USUAL));
        return stages.withOwn(new OwnStage(own.get(), from));
    }

    @Override
    public void close() {
        own.ifPresent(OwnClassifier::close);
    }
}
