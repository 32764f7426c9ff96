package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Walks a graph from its result to its inputs and writes the vector-Jacobian products. The
/// *adjoint* of a value is the gradient of the seeded result with respect to it.
final class Backward {
    private final GraphBuilder builder;
    private final Map<String, ValueShape> shapes;
    private final Map<String, OnnxTensor> constants;
    private final Set<String> dependent;
    private final Map<String, String> adjoints = new HashMap<>();
    private final Map<String, OnnxNode> replaced = new HashMap<>();

    /// @param dependent values whose adjoint is wanted, because they depend on what is
    ///   differentiated
    Backward(
            GraphBuilder builder,
            Map<String, ValueShape> shapes,
            Map<String, OnnxTensor> constants,
            Set<String> dependent) {
        this.builder = builder;
        this.shapes = shapes;
        this.constants = constants;
        this.dependent = dependent;
    }

    /// Writes the products of all steps.
    ///
    /// @param nodes in the order in which they are computed
    /// @throws GradientException when a step on the way has no rule
    void walk(List<OnnxNode> nodes) throws GradientException {
        for (OnnxNode node : nodes.reversed()) {
            boolean isOnTheWay =
                    node.outputs().stream().anyMatch(adjoints::containsKey)
                            && Subgraphs.read(node).stream().anyMatch(this::wants);
            if (isOnTheWay) {
                OperatorGradients.of(node).emit(node, this);
            }
        }
    }

    GraphBuilder builder() {
        return builder;
    }

    String op(String opType, List<String> inputs, OnnxAttribute... attributes) {
        return builder.op(opType, inputs, attributes);
    }

    boolean wants(String value) {
        return dependent.contains(value);
    }

    ValueShape shape(String value) throws GradientException {
        ValueShape shape = shapes.get(value);
        if (shape == null) {
            throw new GradientException("The shape of value \"" + value + "\" is not known");
        }
        return shape;
    }

    String scalar(String like, double value) throws GradientException {
        return builder.scalar(shape(like).type(), value);
    }

    Optional<OnnxTensor> constant(String value) {
        return Optional.ofNullable(constants.get(value));
    }

    /// A constant list of whole numbers.
    ///
    /// @throws GradientException when it is computed
    long[] longs(OnnxNode node, int input) throws GradientException {
        OnnxTensor tensor = constants.get(node.inputs().get(input));
        if (tensor == null || tensor.elementType() != OnnxElementType.INT64) {
            throw GradientException.operator(
                    node.opType(), "its input " + input + " is not constant");
        }
        return tensor.toLongs();
    }

    static boolean has(OnnxNode node, int input) {
        return node.inputs().size() > input && !node.inputs().get(input).isEmpty();
    }

    /// The adjoint of a node's first output.
    String adjoint(OnnxNode node) throws GradientException {
        return adjoint(node.outputs().getFirst());
    }

    /// The adjoint of a value; zeros where it has none.
    String adjoint(String value) throws GradientException {
        String adjoint = adjoints.get(value);
        if (adjoint != null) {
            return adjoint;
        }
        String zero = builder.tensor(shape(value).type(), new long[] {1}, 0);
        return op("Expand", List.of(zero, op("Shape", List.of(value))));
    }

    Optional<String> adjointIfAny(String value) {
        return Optional.ofNullable(adjoints.get(value));
    }

    /// Adds to the adjoint of a value, when it is wanted.
    void give(String value, String adjoint) {
        if (wants(value)) {
            adjoints.merge(value, adjoint, (old, more) -> op("Add", List.of(old, more)));
        }
    }

    /// Adds the adjoint of a value that was stretched to the shape of `output`.
    void giveUnbroadcast(String value, String adjoint, String output) throws GradientException {
        if (wants(value)) {
            give(value, unbroadcast(adjoint, shape(output), shape(value)));
        }
    }

    private String unbroadcast(String adjoint, ValueShape from, ValueShape to) {
        int extra = from.rank() - to.rank();
        List<Long> leading = new ArrayList<>();
        List<Long> stretched = new ArrayList<>();
        for (int axis = 0; axis < from.rank(); axis++) {
            if (axis < extra) {
                leading.add((long) axis);
            } else if (to.dims().get(axis - extra) == 1 && from.dims().get(axis) != 1) {
                stretched.add((long) axis);
            }
        }
        String result = sum(adjoint, stretched, true);
        return sum(result, leading, false);
    }

    private String sum(String value, List<Long> axes, boolean keepsDims) {
        if (axes.isEmpty()) {
            return value;
        }
        return op(
                "ReduceSum",
                List.of(value, builder.longs(axes.stream().mapToLong(Long::longValue).toArray())),
                OnnxAttribute.of("keepdims", keepsDims ? 1L : 0L));
    }

    /// Reshapes an adjoint to the shape of a value.
    String shapedLike(String adjoint, String value) {
        return op("Reshape", List.of(adjoint, op("Shape", List.of(value))));
    }

    /// 1 or 0 as numbers of the type of a value.
    String mask(String truth, String like) throws GradientException {
        return op(
                "Cast", List.of(truth), OnnxAttribute.of("to", (long) shape(like).type().number()));
    }

    /// Multiplies along one axis with a constant matrix `[rows, columns]`: the axis shrinks or
    /// grows from `rows` to `columns`.
    String alongAxis(String value, ValueShape shape, int axis, double[][] matrix) {
        int last = shape.rank() - 1;
        long[] swap = new long[shape.rank()];
        for (int i = 0; i <= last; i++) {
            swap[i] = i == axis ? last : i == last ? axis : i;
        }
        int rows = matrix.length;
        int columns = matrix[0].length;
        double[] flat = new double[rows * columns];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = matrix[i / columns][i % columns];
        }
        String constant = builder.tensor(shape.type(), new long[] {rows, columns}, flat);
        if (axis == last) {
            return op("MatMul", List.of(value, constant));
        }
        OnnxAttribute perm = OnnxAttribute.ofInts("perm", swap);
        String turned = op("Transpose", List.of(value), perm);
        return op("Transpose", List.of(op("MatMul", List.of(turned, constant))), perm);
    }

    /// Lets a step of the forward graph give more outputs.
    void replace(OnnxNode node, OnnxNode other) {
        replaced.put(node.outputs().getFirst(), other);
    }

    /// The step as it is now.
    OnnxNode current(OnnxNode node) {
        return node.outputs().isEmpty()
                ? node
                : replaced.getOrDefault(node.outputs().getFirst(), node);
    }
}
