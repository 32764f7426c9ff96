package dev.bartizan.robustness.tabular;

import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.boosted.BoostedLimits;
import dev.bartizan.formats.boosted.LightgbmReader;
import dev.bartizan.formats.boosted.XgboostReader;
import dev.bartizan.formats.onnx.OnnxLimits;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxReader;
import dev.bartizan.tensors.trees.LightgbmTrees;
import dev.bartizan.tensors.trees.OnnxTrees;
import dev.bartizan.tensors.trees.TreeEnsemble;
import dev.bartizan.tensors.trees.XgboostTrees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/// A model file of any kind that answers rows of a table, read once.
///
/// @param path of the file
/// @param content what it holds
public record ModelOfTables(Path path, Content content) {
    /// What a file holds.
    public sealed interface Content {
        /// XGBoost or LightGBM.
        record Trees(TreeEnsemble ensemble) implements Content {}

        /// ONNX, as trees too when it is an ensemble.
        record Onnx(OnnxModel model, Optional<TreeEnsemble> ensemble) implements Content {}
    }

    /// Reads a file: by its content XGBoost (JSON or UBJSON), LightGBM text, else ONNX.
    ///
    /// @throws UserError when it is none of them, or broken
    /// @throws IOException when it cannot be read
    public static ModelOfTables read(Path path) throws IOException {
        byte[] bytes = NamedFile.bytes(path, BoostedLimits.USUAL.bytes(), "model");
        try {
            return new ModelOfTables(path, content(bytes));
        } catch (FormatException e) {
            throw new UserError(
                    "The model cannot be read: " + e.what(),
                    path.toString(),
                    "Save it again with the library that trained it, or export it to ONNX.",
                    e);
        }
    }

    private static Content content(byte[] bytes) throws FormatException, IOException {
        if (LightgbmReader.isModel(bytes)) {
            return new Content.Trees(
                    LightgbmTrees.of(LightgbmReader.read(bytes, BoostedLimits.USUAL)));
        }
        if (bytes.length > 0 && bytes[0] == '{') {
            return new Content.Trees(
                    XgboostTrees.of(XgboostReader.read(bytes, BoostedLimits.USUAL)));
        }
        OnnxModel model = OnnxReader.read(ByteBuffer.wrap(bytes), OnnxLimits.DEFAULT);
        return new Content.Onnx(model, OnnxTrees.of(model).map(OnnxTrees.Found::ensemble));
    }

    /// A way to ask it.
    ///
    /// @param columns numbers in one row
    /// @param threshold score above which class 1 is answered; empty for the model's own rule
    /// @throws UserError when it takes rows of another length
    /// @throws IOException when ONNX Runtime does not run it
    /// @throws InterruptedException when cancelled
    public Predictor open(int columns, OptionalDouble threshold)
            throws IOException, InterruptedException {
        return switch (content) {
            case Content.Trees(TreeEnsemble ensemble) -> {
                if (ensemble.columns() != columns) {
                    throw new UserError(
                            "The model takes rows of "
                                    + ensemble.columns()
                                    + " numbers, the description has "
                                    + columns,
                            path.toString(),
                            "Describe every column of the model's input, in order.");
                }
                yield new TreePredictor(ensemble, threshold);
            }
            case Content.Onnx(OnnxModel model, Optional<TreeEnsemble> ensemble) ->
                    OnnxPredictor.open(
                            model,
                            columns,
                            threshold,
                            ensemble.filter(trees -> trees.columns() <= columns)
                                    .map(trees ->
                                            new TreePredictor(wide(trees, columns), threshold)));
        };
    }

    /// An ensemble whose input leaves the number of columns open.
    private static TreeEnsemble wide(TreeEnsemble trees, int columns) {
        return new TreeEnsemble(
                trees.library(),
                columns,
                trees.columnNames(),
                trees.outputs(),
                trees.precision(),
                trees.trees(),
                trees.aggregation(),
                trees.readout());
    }
}
