package dev.bartizan.robustness.tabular;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.robustness.data.ExampleFile;
import dev.bartizan.tensors.features.FeatureDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Rows of a table that a system file names as samples.
///
/// @param rows one number per column
/// @param labels their classes, when they are known
record SampleTable(List<double[]> rows, Optional<List<Integer>> labels) {
    private static final int MAX_ROWS = 100_000;

    public SampleTable {
        rows = List.copyOf(rows);
    }

    /// Reads files.
    ///
    /// @param inputs `.csv` with the columns by name, or an array of a row each
    /// @param labels array of classes
    /// @throws UserError when they do not fit the description or each other
    /// @throws IOException when they cannot be read
    static SampleTable read(Path inputs, Optional<Path> labels, FeatureDescription described)
            throws IOException {
        if (inputs.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            TableFile table = TableFile.read(inputs, described, "", MAX_ROWS);
            return new SampleTable(table.rows(), table.labels());
        }
        NpyArray array = ExampleFile.examples(inputs, MAX_ROWS).inputs();
        int width = described.features().size();
        if (array.rowSize() != width) {
            throw new UserError(
                    "A row has "
                            + array.rowSize()
                            + " numbers, the description has "
                            + width
                            + " columns",
                    inputs.toString(),
                    "Describe every column of the model's input, in order.");
        }
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < array.rows(); row++) {
            double[] values = new double[width];
            for (int i = 0; i < width; i++) {
                values[i] = array.number(row * width + i);
            }
            rows.add(values);
        }
        return new SampleTable(
                rows, labels.isEmpty() ? Optional.empty() : classes(labels.get(), rows.size()));
    }

    private static Optional<List<Integer>> classes(Path file, int rows) throws IOException {
        NpyArray given = ExampleFile.labels(file, MAX_ROWS);
        if (given.size() < rows) {
            throw new UserError(
                    given.size() + " labels for " + rows + " rows",
                    file.toString(),
                    "Give one for each row.");
        }
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            labels.add(Math.toIntExact(given.integer(i)));
        }
        return Optional.of(labels);
    }

    /// The classes of the rows, or what a model answers for them.
    ///
    /// @throws IOException when it cannot be asked
    /// @throws InterruptedException when cancelled
    List<Integer> labels(Predictor predictor) throws IOException, InterruptedException {
        if (labels.isPresent()) {
            return labels.get();
        }
        return predictor.ask(rows).stream().map(Answer::label).toList();
    }

    /// The first rows, up to the last of so many of a class.
    ///
    /// @param all classes of the rows
    /// @param from the class; empty for any
    /// @param most rows of that class
    SampleTable of(List<Integer> all, OptionalInt from, int most) {
        int end = 0;
        for (int found = 0; end < rows.size() && found < most; end++) {
            found += from.isEmpty() || all.get(end) == from.getAsInt() ? 1 : 0;
        }
        return new SampleTable(rows.subList(0, end), Optional.of(all.subList(0, end)));
    }
}
