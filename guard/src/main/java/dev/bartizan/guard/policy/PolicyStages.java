package dev.bartizan.guard.policy;

import dev.bartizan.core.Digest;
import java.util.List;
import java.util.Optional;

/// Stages that a policy adds to those that ship. Files are named beside the policy file and pinned
/// by digest, so the policy's own digest covers what they hold.
///
/// @param classifier a classifier of one's own
/// @param calibration file of a calibration: the threshold of that classifier, or of the one that
///   ships
/// @param packs packs of rules
public record PolicyStages(
        Optional<OwnModel> classifier, Optional<Pinned> calibration, List<Pinned> packs) {
    /// Nothing beside what ships.
    public static final PolicyStages NONE =
            new PolicyStages(Optional.empty(), Optional.empty(), List.of());

    /// Copies the list.
    public PolicyStages {
        packs = List.copyOf(packs);
    }

    /// Whether the guard is the one that ships.
    public boolean isEmpty() {
        return classifier.isEmpty() && calibration.isEmpty() && packs.isEmpty();
    }

    /// A file that must have a digest.
    ///
    /// @param file beside the policy file
    /// @param digest of its bytes
    public record Pinned(String file, Digest digest) {}

    /// A classifier of one's own.
    ///
    /// @param folder beside the policy file
    /// @param digest as `guard calibrate` and `guard check` name it
    /// @param threshold probability from which on it flags; empty for that of the calibration, or
    ///   0.5
    /// @param benign its labels of harmless texts; empty for the usual names
    public record OwnModel(
            String folder, Digest digest, Optional<Double> threshold, List<String> benign) {
        /// Copies the list.
        public OwnModel {
            benign = List.copyOf(benign);
        }
    }
}
