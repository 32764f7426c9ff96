package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.robustness.AttackChoice;
import dev.bartizan.robustness.AttackWish;
import dev.bartizan.robustness.Norm;
import dev.bartizan.robustness.Tier;
import dev.bartizan.tensors.inference.Device;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say which attacks run within which budget.
final class AttackOptions {
    @Option(
            names = "--norm",
            paramLabel = "linf|l2|l1|l0",
            description =
                    "How the size of a change is counted; l0 counts changed numbers. Default: linf.")
    private String norm = "linf";

    @Option(
            names = "--eps",
            paramLabel = "E",
            description =
                    "Largest change, in units after --scale (in l0 how many numbers); needed without"
                            + " --features and --minimal.")
    private @Nullable Float eps;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description =
                    "quick: Auto-PGD, also aimed at each of the likeliest wrong classes; standard: as"
                            + " strong as AutoAttack; blackbox: scores only (square, nes), for models"
                            + " without gradient. Default: quick; for an endpoint blackbox.")
    private @Nullable String tier;

    @Option(
            names = "--attacks",
            split = ",",
            paramLabel = "NAME",
            description = {
                "Instead of a tier, these in this order. Within --eps: fgsm, pgd, mi-fgsm, pgd-mt,"
                        + " apgd-ce, apgd-t, apgd-margin, fab-t. Smallest change: fmn (any norm),"
                        + " deepfool (linf, l2, l1), cw (l2), sigma-zero (l0). Scores only: square, nes"
                        + " (linf, l2), sparse-rs (l0). Answers only: hopskipjump (linf, l2)."
            })
    private List<String> chosen = List.of();

    @Option(
            names = "--minimal",
            description =
                    "Measure how small the smallest change is that turns each right answer: their"
                            + " median, by class and as a curve. Also when --eps is left out and"
                            + " --attacks names only such attacks; with --eps both are told.")
    private boolean isMinimal;

    @Option(
            names = "--queries",
            paramLabel = "N",
            description =
                    "Most questions for each example that attacks without gradients ask. Default: 5000;"
                            + " for an endpoint 500.")
    private @Nullable Integer queries;

    @Option(
            names = "--target",
            paramLabel = "CLASS",
            description = "Only this wrong answer counts. Default: any.")
    private @Nullable Integer target;

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda",
            description = "cuda needs ONNX Runtime with CUDA. Default: cpu.")
    private String device = "cpu";

    @Option(names = "--seed", description = "Of all randomness. Default: 1.")
    private long seed = 1;

    long seed() {
        return seed;
    }

    @Nullable Integer target() {
        return target;
    }

    OptionalInt queries() {
        return queries == null ? OptionalInt.empty() : OptionalInt.of(queries);
    }

    boolean isMinimal() {
        return isMinimal || (eps == null && AttackChoice.areMinimal(chosen));
    }

    /// Whether a budget was given.
    boolean hasEps() {
        return eps != null;
    }

    Norm norm() {
        return Norm.of(norm).orElseThrow(() -> Mistakes.unknown("norm", norm, "linf, l2, l1, l0"));
    }

    /// The tier that was asked for; another one where none was.
    Tier tier(Tier usual) {
        String word = tier == null ? usual.word() : tier;
        return Tier.of(word)
                .orElseThrow(() -> Mistakes.unknown("tier", word, "quick, standard, blackbox"));
    }

    /// The tier of an attack on a table.
    ///
    /// @throws UserError when tables have no such tier
    Tier tableTier() {
        Tier wanted = tier(Tier.QUICK);
        if (wanted == Tier.BLACKBOX) {
            throw Mistakes.unknown("tier", wanted.word(), "quick, standard");
        }
        return wanted;
    }

    /// What runs.
    ///
    /// @throws UserError when the options do not go together
    AttackChoice choice(AttackWish.Tells tells, Tier usual, OptionalInt questions) {
        if (queries != null && queries < 1) {
            throw new UserError(
                    "At least one question is asked",
                    "--queries " + queries,
                    "Give how many questions an attack may ask for each example, such as 1000.");
        }
        OptionalInt most = queries == null ? questions : queries();
        return AttackChoice.of(
                new AttackWish(
                        norm(), tier(usual), chosen, isMinimal(), target != null, most, tells));
    }

    /// Settings for what is written.
    ///
    /// @param width numbers in one example
    /// @param side of the box
    /// @throws UserError when there is no such budget
    AttackOutput.Settings settings(Tier usual, int width, float side) {
        Tier level = tier(usual);
        float most = (float) norm().ofBox(width, side);
        float budget = eps == null ? most : eps;
        if (eps != null) {
            requireSense(eps, most, side);
        } else if (!isMinimal()) {
            throw new UserError(
                    "An attack needs a budget",
                    "--eps",
                    "Give the largest change, in units after --scale, such as 0.03; or measure the"
                            + " smallest changes with --minimal.");
        }
        String word = chosen.isEmpty() ? isMinimal() ? "minimal" : level.word() : "chosen";
        return new AttackOutput.Settings(norm(), budget, eps != null, word, seed);
    }

    private void requireSense(float given, float most, float side) {
        if (!(given > 0) || Float.isInfinite(given)) {
            throw new UserError(
                    "An attack needs a budget above 0",
                    "--eps " + given,
                    "Give the largest change, in units after --scale, such as 0.03.");
        }
        if (norm() == Norm.L0 && given != Math.rint(given)) {
            throw new UserError(
                    "In l0 the budget is a number of changed numbers",
                    "--eps " + given,
                    "Give a whole number, such as 10.");
        }
        if (given > most) {
            throw new UserError(
                    "The budget is larger than the box of valid inputs: any input may become any other",
                    "--eps "
                            + given
                            + " with a box that is "
                            + side
                            + " wide; no change is larger than "
                            + most
                            + " in "
                            + norm().word(),
                    "Give --eps in units after --scale (8/255 is 0.0314), or a wider --box.");
        }
    }

    /// What computes.
    ///
    /// @throws UserError when it is not there
    Device device() {
        Device wanted =
                switch (device) {
                    case "cpu" -> Device.CPU;
                    case "cuda" -> Device.CUDA;
                    default -> throw Mistakes.unknown("device", device, "cpu, cuda");
                };
        if (wanted == Device.CUDA && !Device.CUDA.isBuiltIn()) {
            throw new UserError(
                    "This ONNX Runtime has no CUDA",
                    "--device cuda",
                    "Put onnxruntime_gpu of the same version in place of onnxruntime and install the"
                            + " CUDA libraries it names, or use --device cpu.");
        }
        return wanted;
    }
}
