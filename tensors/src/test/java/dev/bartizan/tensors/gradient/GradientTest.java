package dev.bartizan.tensors.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.gradient.GradientCases.Case;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientTest {
    private static final int ROWS = 2;
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 2e-5;

    static List<Case> cases() {
        return GradientCases.all();
    }

    private static double[] random(SplittableRandom random, int count, double low, double high) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(low, high);
        }
        return values;
    }

    private static List<Long> withRows(List<Long> rowDims) {
        List<Long> dims = new ArrayList<>(rowDims);
        dims.addFirst((long) ROWS);
        return dims;
    }

    private static int[] ints(List<Long> dims) {
        return dims.stream().mapToInt(Math::toIntExact).toArray();
    }

    private static Map<String, DenseTensor> run(OnnxModel model, Map<String, DenseTensor> given)
            throws InferenceException, InterruptedException {
        try (InferenceSession session =
                InferenceSession.open(OnnxWriter.bytes(model), InferenceLimits.DEFAULT)) {
            return session.run(given);
        }
    }

    private static DenseTensor get(Map<String, DenseTensor> values, String name) {
        DenseTensor value = values.get(name);
        if (value == null) {
            throw new AssertionError("No output " + name);
        }
        return value;
    }

    private static double objective(DoubleInterpreter reference, Doubles x, double[] seed) {
        Doubles scores = reference.run(x);
        double sum = 0;
        for (int i = 0; i < seed.length; i++) {
            sum += seed[i] * scores.values[i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientIsThatOfDifferencesInDoublePrecision(Case one)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(one.name().hashCode());
        List<Long> dims = withRows(one.rowDims());
        int size = Doubles.size(ints(dims));
        Doubles x = new Doubles(ints(dims), random(random, size, one.low(), one.high()));
        DoubleInterpreter reference = new DoubleInterpreter(one.model().graph());
        Doubles scores = reference.run(x);
        double[] seed = random(random, scores.values.length, -1, 1);

        GradientGraph graph = GradientGraph.of(one.model(), one.rowDims());
        assertThat(graph.takesBatches()).isTrue();
        Map<String, DenseTensor> result =
                run(
                        graph.gradient(Objective.SEED),
                        Map.of(
                                "x",
                                DenseTensor.of(OnnxElementType.FLOAT, dims, x.values),
                                GradientGraph.SEED,
                                DenseTensor.of(
                                        OnnxElementType.FLOAT,
                                        List.of((long) ROWS, (long) graph.classes()),
                                        seed)));
        assertClose("scores", get(result, GradientGraph.SCORES), scores.values);
        assertClose(
                "gradient", get(result, GradientGraph.GRADIENT), differences(reference, x, seed));
    }

    private static double[] differences(DoubleInterpreter reference, Doubles x, double[] seed) {
        double[] differences = new double[x.values.length];
        for (int i = 0; i < differences.length; i++) {
            double before = x.values[i];
            x.values[i] = before + STEP;
            double above = objective(reference, x, seed);
            x.values[i] = before - STEP;
            double below = objective(reference, x, seed);
            x.values[i] = before;
            differences[i] = (above - below) / (2 * STEP);
        }
        return differences;
    }

    private static void assertClose(String what, DenseTensor actual, double[] expected) {
        assertThat(actual.size()).as(what).isEqualTo(expected.length);
        double largest = 1e-3;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual.number(i))
                    .as(what + " " + i)
                    .isCloseTo(expected[i], within(TOLERANCE * largest));
        }
    }

    private static OnnxModel linear(int inputs, int classes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] weights = new float[inputs * classes];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble(-1, 1);
        }
        OnnxGraph graph =
                OnnxGraph.of(
                        "g",
                        List.of(
                                OnnxNode.of("MatMul", List.of("x", "w"), List.of("z")),
                                OnnxNode.of("Softmax", List.of("z"), List.of("p"))),
                        List.of(OnnxTensor.floats("w", new long[] {inputs, classes}, weights)),
                        List.of(
                                OnnxValueInfo.tensor(
                                        "x", OnnxElementType.FLOAT, "n", Integer.toString(inputs))),
                        List.of(
                                OnnxValueInfo.tensor(
                                        "p",
                                        OnnxElementType.FLOAT,
                                        "n",
                                        Integer.toString(classes))));
        return OnnxModel.of(10, 21, "test", graph);
    }

    private static double value(Objective objective, double[] z, int y, int t) {
        double[] sorted = Arrays.stream(z).sorted().toArray();
        int n = z.length;
        double others = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            others = i == y ? others : Math.max(others, z[i]);
            sum += Math.exp(z[i]);
        }
        return switch (objective) {
            case CROSS_ENTROPY -> Math.log(sum) - z[y];
            case MARGIN -> others - z[y];
            case DIFFERENCE -> z[t] - z[y];
            case TARGET_MARGIN -> z[t] - bestBut(z, t);
            case TARGETED_DLR ->
                    -(z[y] - z[t]) / (sorted[n - 1] - (sorted[n - 3] + sorted[n - 4]) / 2);
            case SEED -> throw new AssertionError();
        };
    }

    private static double bestBut(double[] z, int left) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < z.length; i++) {
            best = i == left ? best : Math.max(best, z[i]);
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CROSS_ENTROPY", "MARGIN", "DIFFERENCE", "TARGET_MARGIN", "TARGETED_DLR"})
    void objectiveHasTheGradientOfItsFormula(String name) throws IOException, InterruptedException {
        Objective objective = Objective.valueOf(name);
        OnnxModel model = linear(5, 6, 3);
        Doubles w = DoubleInterpreter.doubles(model.graph().initializers().getFirst());
        double[] x = random(new SplittableRandom(8), 10, -2, 2);
        long[] labels = {1, 4};
        long[] targets = {0, 2};
        Map<String, DenseTensor> given = new LinkedHashMap<>();
        given.put("x", DenseTensor.of(OnnxElementType.FLOAT, List.of(2L, 5L), x));
        if (objective != Objective.TARGET_MARGIN) {
            given.put(GradientGraph.LABELS, DenseTensor.ofLongs(List.of(2L), labels));
        }
        if (objective != Objective.CROSS_ENTROPY && objective != Objective.MARGIN) {
            given.put(GradientGraph.TARGETS, DenseTensor.ofLongs(List.of(2L), targets));
        }
        GradientGraph graph = GradientGraph.of(model, List.of(5L));
        Map<String, DenseTensor> result = run(graph.gradient(objective), given);
        double[] expected = new double[10];
        for (int i = 0; i < 10; i++) {
            int row = i / 5;
            double[] above = x.clone();
            double[] below = x.clone();
            above[i] += STEP;
            below[i] -= STEP;
            expected[i] =
                    (value(objective, scores(above, w, row), (int) labels[row], (int) targets[row])
                                    - value(
                                            objective,
                                            scores(below, w, row),
                                            (int) labels[row],
                                            (int) targets[row]))
                            / (2 * STEP);
        }
        assertClose(name, get(result, GradientGraph.GRADIENT), expected);
    }

    private static double[] scores(double[] x, Doubles w, int row) {
        Doubles one = new Doubles(new int[] {1, 5}, Arrays.copyOfRange(x, 5 * row, 5 * row + 5));
        return SpatialReference.matMul(one, w).values;
    }

    @Test
    void crossEntropyOfASureAnswerStillHasAGradient() throws IOException, InterruptedException {
        OnnxGraph graph =
                OnnxGraph.of(
                        "g",
                        List.of(OnnxNode.of("MatMul", List.of("x", "w"), List.of("z"))),
                        List.of(OnnxTensor.floats("w", new long[] {2, 2}, 40, 0, 0, 40)),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "2")),
                        List.of(OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "n", "2")));
        GradientGraph prepared = GradientGraph.of(OnnxModel.of(10, 21, "t", graph), List.of(2L));
        Map<String, DenseTensor> result =
                run(
                        prepared.gradient(Objective.CROSS_ENTROPY),
                        Map.of(
                                "x",
                                DenseTensor.of(OnnxElementType.FLOAT, List.of(1L, 2L), 1, 0),
                                GradientGraph.LABELS,
                                DenseTensor.ofLongs(List.of(1L), new long[] {0})));
        double p = Math.exp(-40);
        assertThat(get(result, GradientGraph.GRADIENT).number(0))
                .isCloseTo(-40 * p, within(40 * p * 1e-4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hardmax", "Asinh", "Acosh"})
    void operatorWithoutRuleIsRefusedByName(String opType) {
        OnnxGraph graph =
                OnnxGraph.of(
                        "g",
                        List.of(OnnxNode.of(opType, List.of("x"), List.of("z"))),
                        List.of(),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "3")),
                        List.of(OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "n", "3")));
        OnnxModel model = OnnxModel.of(10, 21, "t", graph);
        assertThatExceptionOfType(GradientException.class)
                .isThrownBy(() -> GradientGraph.of(model, List.of(3L)).gradient(Objective.SEED))
                .withMessageContaining(opType);
    }

    @Test
    void gradientThroughWholeNumbersIsRefusedNotZero() {
        OnnxGraph graph =
                OnnxGraph.of(
                        "g",
                        List.of(
                                OnnxNode.of(
                                        "Cast",
                                        List.of("x"),
                                        List.of("i"),
                                        OnnxAttribute.of("to", 7L)),
                                OnnxNode.of(
                                        "Cast",
                                        List.of("i"),
                                        List.of("z"),
                                        OnnxAttribute.of("to", 1L))),
                        List.of(),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "3")),
                        List.of(OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "n", "3")));
        OnnxModel model = OnnxModel.of(10, 21, "t", graph);
        assertThatExceptionOfType(GradientException.class)
                .isThrownBy(() -> GradientGraph.of(model, List.of(3L)).gradient(Objective.SEED))
                .withMessageContaining("masked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gemm",
                "Gemm transB",
                "MatMul constant",
                "MatMul stacked",
                "Conv",
                "Conv padded",
                "Conv strided",
                "Conv dilated",
                "Add stretched",
                "Mul",
                "PRelu"
            })
    void gradientOfWeightsIsThatOfDifferences(String name)
            throws IOException, InterruptedException {
        Case one =
                GradientCases.all().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        SplittableRandom random = new SplittableRandom(name.hashCode());
        List<Long> dims = withRows(one.rowDims());
        Doubles x = new Doubles(ints(dims), random(random, Doubles.size(ints(dims)), -2, 2));
        GradientGraph graph = GradientGraph.of(one.model(), one.rowDims());
        double[] seed = random(random, ROWS * graph.classes(), -1, 1);
        OnnxTensor weights = one.model().graph().initializers().getFirst();
        Map<String, DenseTensor> result =
                run(
                        graph.weightGradients(Set.of(weights.name())),
                        Map.of(
                                "x",
                                DenseTensor.of(OnnxElementType.FLOAT, dims, x.values),
                                GradientGraph.SEED,
                                DenseTensor.of(
                                        OnnxElementType.FLOAT,
                                        List.of((long) ROWS, (long) graph.classes()),
                                        seed)));
        double[] expected = new double[Math.toIntExact(weights.elements())];
        for (int i = 0; i < expected.length; i++) {
            float[] above = weights.toFloats();
            float[] below = weights.toFloats();
            above[i] += 0x1p-10f;
            below[i] -= 0x1p-10f;
            double distance = (double) above[i] - below[i];
            expected[i] =
                    (objective(with(one, weights, above), x, seed)
                                    - objective(with(one, weights, below), x, seed))
                            / distance;
        }
        assertClose(name, get(result, GradientGraph.GRADIENT + "." + weights.name()), expected);
    }

    /// The reference with other weights: every case is linear in them, so that any step is exact.
    private static DoubleInterpreter with(Case one, OnnxTensor weights, float[] values) {
        long[] dims = weights.dims().stream().mapToLong(Long::longValue).toArray();
        List<OnnxTensor> constants =
                one.model().graph().initializers().stream()
                        .map(tensor ->
                                tensor.name().equals(weights.name())
                                        ? OnnxTensor.floats(tensor.name(), dims, values)
                                        : tensor)
                        .toList();
        OnnxGraph graph = one.model().graph();
        return new DoubleInterpreter(
                OnnxGraph.of(
                        graph.name(), graph.nodes(), constants, graph.inputs(), graph.outputs()));
    }
}
