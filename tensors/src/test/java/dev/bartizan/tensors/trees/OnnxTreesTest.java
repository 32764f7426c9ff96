package dev.bartizan.tensors.trees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Ensembles answer what ONNX Runtime answers, to the last bit where no exponential is taken and
/// within a few units of the last place where one is. Sets are asked whole numbers only.
class OnnxTreesTest {
    private static final int ENSEMBLES = 500;
    private static final int ROWS = 24;
    private static final int ULPS = 4;

    private enum Operator {
        CLASSIFIER,
        REGRESSOR,
        ENSEMBLE
    }

    @Test
    void classifiersAnswerAsOnnxRuntimeDoes() throws Exception {
        compare(Operator.CLASSIFIER);
    }

    @Test
    void regressorsAnswerAsOnnxRuntimeDoes() throws Exception {
        compare(Operator.REGRESSOR);
    }

    @Test
    void ensemblesOfVersion5AnswerAsOnnxRuntimeDoes() throws Exception {
        compare(Operator.ENSEMBLE);
    }

    private static void compare(Operator operator)
            throws FormatException, InferenceException, InterruptedException {
        for (int seed = 0; seed < ENSEMBLES; seed++) {
            RandomOnnxTrees random = new RandomOnnxTrees(31L * seed + operator.name().length());
            OnnxModel model =
                    switch (operator) {
                        case CLASSIFIER -> random.classifier();
                        case REGRESSOR -> random.regressor();
                        case ENSEMBLE -> random.ensemble();
                    };
            float[] rows = random.rows(ROWS);
            try (InferenceSession session =
                    InferenceSession.open(OnnxWriter.bytes(model), InferenceLimits.DEFAULT)) {
                DenseTensor input =
                        DenseTensor.ofFloats(
                                List.of((long) ROWS, (long) RandomOnnxTrees.COLUMNS), rows);
                Map<String, DenseTensor> out = session.run(Map.of("x", input));
                compare(operator + " " + seed, model, rows, out);
            }
        }
    }

    private static void compare(
            String name, OnnxModel model, float[] rows, Map<String, DenseTensor> out)
            throws FormatException {
        TreeEnsemble ensemble = OnnxTrees.of(model).orElseThrow().ensemble();
        float[] scores = Objects.requireNonNull(out.get("scores")).toFloats();
        int width = scores.length / ROWS;
        for (int row = 0; row < ROWS; row++) {
            double[] values = new double[RandomOnnxTrees.COLUMNS];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows[row * values.length + i];
            }
            double[] mine = ensemble.scores(values);
            String at =
                    name
                            + " row "
                            + row
                            + " "
                            + ensemble.readout()
                            + Arrays.toString(mine)
                            + Arrays.toString(
                                    Arrays.copyOfRange(scores, row * width, row * width + width));
            assertThat(mine).as(at).hasSize(width);
            for (int i = 0; i < width; i++) {
                float theirs = scores[row * width + i];
                boolean isSame =
                        Float.compare((float) mine[i] + 0f, theirs + 0f) == 0
                                || Math.abs(mine[i] - theirs) <= tolerance(ensemble, theirs);
                assertThat(isSame).as(at).isTrue();
            }
            DenseTensor label = out.get("label");
            if (label != null) {
                assertThat(ensemble.answer(values)).as(at).isEqualTo((int) label.number(row));
            }
        }
    }

    /// Nothing where only additions are made.
    private static double tolerance(TreeEnsemble ensemble, float value) {
        OnnxTransform transform =
                switch (ensemble.readout()) {
                    case Readout.OnnxNumbers numbers -> numbers.transform();
                    case Readout.OnnxClasses classes -> classes.transform();
                    case Readout.OnnxTwoClasses two -> two.transform();
                    case Readout.OnnxSecondAboveZero two -> two.transform();
                    case Readout.Linked _ -> throw new AssertionError("not from ONNX");
                };
        return transform == OnnxTransform.NONE ? 0 : ULPS * Math.ulp(value);
    }
}
