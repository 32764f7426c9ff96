package dev.bartizan.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of an attack on a model of tables.
final class TabularOptions {
    @Option(
            names = "--features",
            paramLabel = "FEATURES.yaml",
            description =
                    "The model answers rows of a table: this file says of every column its type, range,"
                            + " who can change it and at what cost. Then MODEL may also be XGBoost (.json,"
                            + " .ubj) or LightGBM (.txt), X may be .csv, and --eps is not used.")
    private @Nullable Path features;

    @Option(
            names = "--max-cost",
            paramLabel = "C",
            description = "With --features: most that an evasion may cost. Default: any.")
    private double maxCost = Double.POSITIVE_INFINITY;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description =
                    "Class 1 is answered when its score, or the only score, is above T. Default: with"
                            + " --features the model's own rule; otherwise 0.5 behind a sigmoid.")
    private @Nullable Double threshold;

    @Option(
            names = "--from",
            paramLabel = "CLASS",
            description = "With --features: only rows of this class are attacked. Default: all.")
    private @Nullable Integer from;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "Column of a .csv with the classes. Default: label.")
    private String labelColumn = "";

    @Option(
            names = "--loss-column",
            paramLabel = "NAME",
            description =
                    "With --features: column with what is lost when a row of class 1 slips through."
                            + " Default: each counts 1.")
    private String lossColumn = "";

    @Option(
            names = "--challenger",
            paramLabel = "MODEL",
            description =
                    "With --features: a second model for the same rows. Both are attacked, and each is"
                            + " asked for what evades the other.")
    private @Nullable Path challenger;

    Optional<Path> features() {
        return Optional.ofNullable(features);
    }

    Optional<Path> challenger() {
        return Optional.ofNullable(challenger);
    }

    double maxCost() {
        return maxCost;
    }

    OptionalDouble threshold() {
        return threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold);
    }

    OptionalInt from() {
        return from == null ? OptionalInt.empty() : OptionalInt.of(from);
    }

    String labelColumn() {
        return labelColumn;
    }

    String lossColumn() {
        return lossColumn;
    }
}
