package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/// A classifier from which graphs of its gradient are made. Its scores are taken before a trailing
/// softmax.
public final class GradientGraph {
    /// Input: coefficients of the scores, `[rows, classes]`.
    public static final String SEED = "bz.seed";

    /// Input: label of each row.
    public static final String LABELS = "bz.labels";

    /// Input: target class of each row.
    public static final String TARGETS = "bz.targets";

    /// Output: scores, `[rows, classes]`.
    public static final String SCORES = "bz.scores";

    /// Output: gradient of the objective, shaped like the input.
    public static final String GRADIENT = "bz.gradient";

    /// Operators that look at the shape of their input, not at its numbers; and the scale that a
    /// quantised step chooses for itself, which counts as a constant.
    private static final Set<String> BLIND =
            Set.of(
                    "Shape",
                    "Size",
                    "RandomNormalLike",
                    "RandomUniformLike",
                    "EyeLike",
                    "DynamicQuantizeLinear");

    private static final double SAME = 1e-4;
    private static final double SIGMOID_THRESHOLD = 0.5;
    private static final double HALF = 0.5;

    private final OnnxModel model;
    private final Map<String, ValueShape> shapes;
    private final String input;
    private final String scores;
    private final Batches batches;
    private final ScoreOutput output;

    /// What a model does with several examples at once.
    private enum Batches {
        /// Each is scored as if it were alone.
        APART,
        /// They change one another's scores.
        MIXED,
        /// It takes only one.
        REFUSED
    }

    private GradientGraph(
            OnnxModel model,
            Map<String, ValueShape> shapes,
            String input,
            String scores,
            Batches batches,
            ScoreOutput output) {
        this.output = output;
        this.model = model;
        this.shapes = Map.copyOf(shapes);
        this.input = input;
        this.scores = scores;
        this.batches = batches;
    }

    /// Prepares a model.
    ///
    /// @param original the model, all weights inside
    /// @param rowDims sizes of one example, without the first one; used where the model leaves them
    ///   open
    /// @throws GradientException when it is no classifier of one floating-point input
    /// @throws InferenceException when ONNX Runtime does not run it
    /// @throws InterruptedException when cancelled
    public static GradientGraph of(OnnxModel original, List<Long> rowDims)
            throws GradientException, InferenceException, InterruptedException {
        return of(original, rowDims, Preprocessing.NONE);
    }

    /// Prepares a model whose inputs are made from examples by steps that become part of the graph.
    ///
    /// @param original the model, all weights inside
    /// @param rowDims sizes of one example, without the first one
    /// @param preprocessing what happens to an example before the model sees it
    /// @throws GradientException when it is no classifier of one floating-point input
    /// @throws InferenceException when ONNX Runtime does not run it
    /// @throws InterruptedException when cancelled
    public static GradientGraph of(
            OnnxModel original, List<Long> rowDims, Preprocessing preprocessing)
            throws GradientException, InferenceException, InterruptedException {
        return of(original, rowDims, preprocessing, ScoreOutput.FOUND);
    }

    /// As above, with scores where the user says they are.
    ///
    /// @param original the model, all weights inside
    /// @param rowDims sizes of one example, without the first one
    /// @param preprocessing what happens to an example before the model sees it
    /// @param wanted which output tells the scores, and how
    /// @throws GradientException when it is no classifier of one input of numbers
    /// @throws InferenceException when ONNX Runtime does not run it
    /// @throws InterruptedException when cancelled
    public static GradientGraph of(
            OnnxModel original, List<Long> rowDims, Preprocessing preprocessing, ScoreOutput wanted)
            throws GradientException, InferenceException, InterruptedException {
        requireKind(original);
        OnnxModel bare = GraphNormalizer.normalize(Branches.taken(original, rowDims));
        if (bare.graph().inputs().size() != 1 || bare.graph().outputs().isEmpty()) {
            throw new GradientException(
                    "The model has " + bare.graph().inputs().size() + " inputs, not exactly one");
        }
        ValueShape seen = row(bare.graph().inputs().getFirst(), rowDims);
        OnnxModel before = preprocessing.before(bare, seen);
        ValueShape row = new ValueShape(OnnxElementType.FLOAT, seen.dims());
        String input = before.graph().inputs().getFirst().name();
        OnnxModel plain = RecurrentUnrolling.unrolled(before, row, input);
        String output = Outputs.scores(plain.graph(), wanted);
        ScoreOutput named = new ScoreOutput(Optional.of(output), wanted.threshold());
        GradientGraph graph =
                batched(plain, row, input, named)
                        .at(Outputs.beforeLast(plain.graph(), output))
                        .flat();
        ValueShape shape = graph.shapes.get(graph.scores);
        if (shape != null && shape.isFloating() && graph.isSingle(shape)) {
            return graph.twoClasses(
                    wanted.threshold(), Outputs.isSigmoid(plain.graph(), output), shape);
        }
        if (shape == null || shape.rank() != 2 || shape.dims().get(1) < 2 || !shape.isFloating()) {
            throw GradientException.noClassifier(
                    shape == null ? "nothing" : shape.type().word() + shape.dims());
        }
        return graph;
    }

    private static void requireKind(OnnxModel original) throws GradientException {
        for (OnnxValueInfo input : original.graph().requiredInputs()) {
            if (!(input.type() instanceof OnnxType.TensorType tensor)
                    || !SinglePrecision.canReplace(tensor.elementType())) {
                throw new GradientException(
                        "The input \""
                                + input.name()
                                + "\" is "
                                + input.type()
                                + ", which has no gradient");
            }
        }
    }

    private boolean isSingle(ValueShape shape) {
        boolean isColumn = shape.rank() == 2 && shape.dims().get(1) == 1;
        boolean isRow = shape.rank() == 1 && (takesBatches() || shape.dims().getFirst() == 1);
        return isColumn || isRow;
    }

    /// Scores of two classes, half the distance from the threshold down and up.
    private GradientGraph twoClasses(OptionalDouble given, boolean isSigmoid, ValueShape shape)
            throws GradientException {
        if (given.isEmpty() && !isSigmoid) {
            throw GradientException.single();
        }
        double threshold = given.orElse(SIGMOID_THRESHOLD);
        double before = isSigmoid ? Math.log(threshold / (1 - threshold)) : threshold;
        if (isSigmoid && !Double.isFinite(before)) {
            throw new GradientException("A probability has a threshold between 0 and 1");
        }
        GraphBuilder builder = new GraphBuilder("two");
        String column = builder.op("Reshape", List.of(scores, builder.longs(-1, 1)));
        String moved =
                builder.op("Sub", List.of(column, builder.scalar(OnnxElementType.FLOAT, before)));
        String sides = builder.tensor(OnnxElementType.FLOAT, new long[] {1, 2}, -HALF, HALF);
        String two = builder.op("MatMul", List.of(moved, sides));
        Map<String, ValueShape> more = new HashMap<>(shapes);
        long rows = takesBatches() ? ValueShape.BATCH : 1;
        more.put(column, new ValueShape(shape.type(), List.of(rows, 1L)));
        more.put(moved, new ValueShape(shape.type(), List.of(rows, 1L)));
        more.put(sides, new ValueShape(shape.type(), List.of(1L, 2L)));
        more.put(two, new ValueShape(shape.type(), List.of(rows, 2L)));
        return new GradientGraph(
                longer(builder),
                more,
                input,
                two,
                batches,
                new ScoreOutput(output.name(), OptionalDouble.of(threshold)));
    }

    private OnnxModel longer(GraphBuilder builder) {
        OnnxGraph graph = model.graph();
        List<OnnxNode> nodes = new ArrayList<>(graph.nodes());
        nodes.addAll(builder.nodes());
        List<OnnxTensor> constants = new ArrayList<>(graph.initializers());
        constants.addAll(builder.constants());
        return model.withGraph(
                new OnnxGraph(
                        graph.name(),
                        nodes,
                        constants,
                        graph.sparseInitializers(),
                        graph.inputs(),
                        graph.outputs(),
                        List.of(),
                        ""));
    }

    /// The same with scores at another value, when that has one row per example.
    private GradientGraph at(String value) {
        ValueShape shape = shapes.get(value);
        return shape != null && shape.rank() == 2
                ? new GradientGraph(model, shapes, input, value, batches, output)
                : this;
    }

    /// The same with scores as rows, where they have further sizes of 1 or stand without a row.
    private GradientGraph flat() {
        ValueShape shape = shapes.get(scores);
        if (shape == null || shape.rank() == 2 || shape.rank() == 0) {
            return this;
        }
        List<Long> rest = shape.rank() == 1 ? List.of() : shape.dims().subList(2, shape.rank());
        boolean isFixedRow = shape.rank() == 1 && !takesBatches();
        if (!isFixedRow && (rest.isEmpty() || rest.stream().anyMatch(dim -> dim != 1))) {
            return this;
        }
        String flat = "bz.flat";
        Map<String, ValueShape> more = new HashMap<>(shapes);
        List<Long> dims = isFixedRow ? List.of(1L, shape.dims().getFirst()) : shape.dims();
        more.put(flat, new ValueShape(shape.type(), dims.subList(0, 2)));
        GraphBuilder builder = new GraphBuilder("flat");
        builder.add(
                OnnxNode.of(
                        "Flatten",
                        List.of(scores),
                        List.of(flat),
                        OnnxAttribute.of("axis", isFixedRow ? 0L : 1L)));
        return new GradientGraph(longer(builder), more, input, flat, batches, output);
    }

    private static ValueShape row(OnnxValueInfo input, List<Long> rowDims)
            throws GradientException {
        if (!(input.type() instanceof OnnxType.TensorType tensor)
                || !ShapeProbe.canFeed(tensor.elementType())) {
            throw new GradientException(
                    "The input \""
                            + input.name()
                            + "\" is "
                            + input.type()
                            + ", which has no gradient");
        }
        List<Long> dims = new ArrayList<>();
        dims.add(1L);
        dims.addAll(rowDims);
        boolean fits = tensor.shape().isEmpty() || tensor.shape().get().size() == dims.size();
        if (!fits || rowDims.stream().anyMatch(dim -> dim < 1)) {
            throw new GradientException(
                    "Examples of shape " + rowDims + " do not fit the input " + input.type());
        }
        return new ValueShape(tensor.elementType(), dims);
    }

    private static GradientGraph batched(
            OnnxModel plain, ValueShape row, String input, ScoreOutput output)
            throws InferenceException, InterruptedException {
        String scores = output.name().orElseThrow();
        OnnxModel relaxed = BatchRelaxer.relaxed(plain, row);
        List<DenseTensor> given =
                List.of(
                        ShapeProbe.input(row, 2),
                        ShapeProbe.input(row, 3),
                        ShapeProbe.input(row, 1));
        Batches batches = Batches.REFUSED;
        try {
            List<ShapeProbe.Run> runs = ShapeProbe.run(relaxed, input, given);
            if (isSame(runs, scores)) {
                Map<String, ValueShape> shapes =
                        ShapeProbe.shapes(
                                relaxed.graph(), input, given.subList(0, 2), runs.subList(0, 2));
                return new GradientGraph(relaxed, shapes, input, scores, Batches.APART, output);
            }
            batches = Batches.MIXED;
        } catch (InferenceException e) {
            if (e.kind() == InferenceException.Kind.TIME_OUT) {
                throw e;
            }
        }
        OnnxModel fixed = BatchRelaxer.fixed(plain, row);
        List<DenseTensor> single = given.subList(2, 3);
        List<ShapeProbe.Run> runs = ShapeProbe.run(fixed, input, single);
        return new GradientGraph(
                fixed,
                ShapeProbe.shapes(fixed.graph(), input, single, runs),
                input,
                scores,
                batches,
                output);
    }

    /// Whether the first example scores the same alone and in company.
    private static boolean isSame(List<ShapeProbe.Run> runs, String scores) {
        DenseTensor alone = runs.get(2).values().get(scores);
        DenseTensor together = runs.get(1).values().get(scores);
        if (alone == null || together == null || together.size() != 3 * alone.size()) {
            return false;
        }
        for (int i = 0; i < alone.size(); i++) {
            double size = Math.max(1, Math.abs(alone.number(i)));
            if (!(Math.abs(alone.number(i) - together.number(i)) <= SAME * size)) {
                return false;
            }
        }
        return true;
    }

    /// Which output of the file tells the scores, and how.
    public ScoreOutput output() {
        return output;
    }

    /// Name of the input.
    public String input() {
        return input;
    }

    /// Type of the input's numbers.
    public OnnxElementType inputType() {
        return shapeOf(input).type();
    }

    /// Sizes of one example, without the first one.
    public List<Long> rowDims() {
        List<Long> dims = shapeOf(input).dims();
        return dims.subList(1, dims.size());
    }

    /// How many classes there are.
    public int classes() {
        return Math.toIntExact(shapeOf(scores).dims().get(1));
    }

    /// Numbers of the largest value that is computed of one example.
    public long largestValue() {
        return shapes.values().stream()
                .filter(shape -> shape.dims().contains(ValueShape.BATCH))
                .mapToLong(shape ->
                        shape.dims().stream()
                                .mapToLong(dim -> Math.max(1, dim))
                                .reduce(1, Math::multiplyExact))
                .max()
                .orElse(1);
    }

    /// Whether one run takes several examples.
    public boolean takesBatches() {
        return batches == Batches.APART;
    }

    /// Whether the scores of an example change with the examples beside it.
    public boolean dependsOnBatch() {
        return batches == Batches.MIXED;
    }

    /// Operators that gradients pass as if they changed nothing, because their own derivative is
    /// zero nearly everywhere.
    public List<String> straightThrough() {
        Set<String> dependent = dependent(Set.of(input));
        return model.graph().nodes().stream()
                .filter(node -> node.inputs().stream().anyMatch(dependent::contains))
                .map(OnnxNode::opType)
                .filter(StraightThrough.OPERATORS::contains)
                .distinct()
                .toList();
    }

    private ValueShape shapeOf(String value) {
        ValueShape shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalStateException("No shape of " + value);
        }
        return shape;
    }

    /// A model that gives the scores only.
    public OnnxModel forward() {
        GraphBuilder builder = new GraphBuilder("f");
        builder.add(OnnxNode.of("Identity", List.of(scores), List.of(SCORES)));
        return model(model.graph().nodes(), builder, List.of(), List.of(SCORES));
    }

    /// A model that gives scores and the gradient of an objective with respect to the input.
    ///
    /// @throws GradientException when a step has no derivative that is known
    public OnnxModel gradient(Objective objective) throws GradientException {
        GraphBuilder builder = new GraphBuilder("g");
        String seed =
                new ObjectiveSeeds(builder, scores, shapeOf(scores)).of(objective, LABELS, TARGETS);
        Map<String, String> gradients = new HashMap<>();
        gradients.put(input, GRADIENT);
        List<OnnxNode> nodes = backward(builder, seed, gradients, Set.of());
        return model(nodes, builder, extraInputs(objective), List.of(SCORES, GRADIENT));
    }

    /// A model that gives scores, and the gradient of a linear combination of them with respect to
    /// constants of the graph, each named `bz.gradient.` and the constant's name.
    ///
    /// @param weights names of constants
    /// @throws GradientException when a step has no derivative that is known
    public OnnxModel weightGradients(Set<String> weights) throws GradientException {
        GraphBuilder builder = new GraphBuilder("w");
        Map<String, String> gradients = new HashMap<>();
        List<String> outputs = new ArrayList<>();
        outputs.add(SCORES);
        for (String weight : weights.stream().sorted().toList()) {
            gradients.put(weight, GRADIENT + "." + weight);
            outputs.add(GRADIENT + "." + weight);
        }
        List<OnnxNode> nodes = backward(builder, SEED, gradients, Set.of());
        return model(nodes, builder, extraInputs(Objective.SEED), outputs);
    }

    /// Writes gradients of the seeded scores, by the value they belong to.
    ///
    /// @param variable constants that become inputs, so that nothing may be computed from them now
    List<OnnxNode> backward(
            GraphBuilder builder, String seed, Map<String, String> gradients, Set<String> variable)
            throws GradientException {
        Map<String, OnnxTensor> constants = new HashMap<>();
        model.graph().initializers().stream()
                .filter(tensor -> !variable.contains(tensor.name()))
                .forEach(tensor -> constants.put(tensor.name(), tensor));
        Set<String> dependent = dependent(gradients.keySet());
        Backward backward = new Backward(builder, shapes, constants, dependent);
        if (!dependent.contains(scores)) {
            throw new GradientException("The scores do not depend on " + gradients.keySet());
        }
        backward.give(scores, seed);
        backward.walk(model.graph().nodes());
        for (Map.Entry<String, String> entry : gradients.entrySet()) {
            String adjoint =
                    backward.adjointIfAny(entry.getKey())
                            .orElseThrow(() ->
                                    new GradientException("No gradient reaches " + entry.getKey()));
            builder.add(OnnxNode.of("Identity", List.of(adjoint), List.of(entry.getValue())));
        }
        builder.add(OnnxNode.of("Identity", List.of(scores), List.of(SCORES)));
        return model.graph().nodes().stream().map(backward::current).toList();
    }

    /// Values whose numbers depend on those of the sources. Shapes and truth values do not count:
    /// between the points where they jump, nothing changes with them.
    private Set<String> dependent(Set<String> sources) {
        Set<String> dependent = new HashSet<>(sources);
        for (OnnxNode node : model.graph().nodes()) {
            if (BLIND.contains(node.opType())
                    || Subgraphs.read(node).stream().noneMatch(dependent::contains)) {
                continue;
            }
            for (String output : node.outputs()) {
                ValueShape shape = shapes.get(output);
                if (shape == null || shape.type() != OnnxElementType.BOOL) {
                    dependent.add(output);
                }
            }
        }
        return dependent;
    }

    List<OnnxValueInfo> extraInputs(Objective objective) {
        String rows = takesBatches() ? "bz_batch" : "1";
        OnnxValueInfo labels = OnnxValueInfo.tensor(LABELS, OnnxElementType.INT64, rows);
        OnnxValueInfo targets = OnnxValueInfo.tensor(TARGETS, OnnxElementType.INT64, rows);
        return switch (objective) {
            case SEED ->
                    List.of(
                            OnnxValueInfo.tensor(
                                    SEED,
                                    shapeOf(scores).type(),
                                    rows,
                                    Integer.toString(classes())));
            case CROSS_ENTROPY, MARGIN -> List.of(labels);
            case TARGET_MARGIN -> List.of(targets);
            case DIFFERENCE, TARGETED_DLR -> List.of(labels, targets);
        };
    }

    /// The prepared model.
    OnnxModel prepared() {
        return model;
    }

    /// The writer of objectives for these scores.
    ObjectiveSeeds seeds(GraphBuilder builder) {
        return new ObjectiveSeeds(builder, scores, shapeOf(scores));
    }

    /// A graph that begins with the given steps.
    OnnxModel model(
            List<OnnxNode> forward,
            GraphBuilder builder,
            List<OnnxValueInfo> extra,
            List<String> outputs) {
        List<OnnxNode> nodes = new ArrayList<>(forward);
        nodes.addAll(builder.nodes());
        List<OnnxValueInfo> inputs = new ArrayList<>(model.graph().inputs());
        inputs.addAll(extra);
        Set<String> given =
                inputs.stream().map(OnnxValueInfo::name).collect(Collectors.toUnmodifiableSet());
        List<OnnxTensor> constants = new ArrayList<>(model.graph().initializers());
        constants.removeIf(constant -> given.contains(constant.name()));
        constants.addAll(builder.constants());
        return model.withGraph(
                new OnnxGraph(
                        "gradient",
                        nodes,
                        constants,
                        model.graph().sparseInitializers(),
                        inputs,
                        outputs.stream()
                                .map(name -> new OnnxValueInfo(name, new OnnxType.NoType(), ""))
                                .toList(),
                        List.of(),
                        ""));
    }
}
