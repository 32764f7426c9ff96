package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Products of matrices.
final class MatrixGradients {
    private MatrixGradients() {}

    static Map<String, OperatorGradient> rules() {
        return Map.of("Gemm", MatrixGradients::gemm, "MatMul", MatrixGradients::matMul);
    }

    private record Factor(String name, boolean isTransposed) {
        Factor turned() {
            return new Factor(name, !isTransposed);
        }
    }

    /// Y = alpha A' B' + beta C, where A' and B' may be transposed.
    private static void gemm(OnnxNode node, Backward b) throws GradientException {
        Factor left =
                new Factor(node.inputs().get(0), NodeAttributes.integer(node, "transA", 0) != 0);
        Factor right =
                new Factor(node.inputs().get(1), NodeAttributes.integer(node, "transB", 0) != 0);
        double alpha = NodeAttributes.number(node, "alpha", 1);
        Factor adjoint = new Factor(b.adjoint(node), false);
        if (b.wants(left.name())) {
            b.give(
                    left.name(),
                    left.isTransposed()
                            ? product(b, right, adjoint.turned(), alpha)
                            : product(b, adjoint, right.turned(), alpha));
        }
        if (b.wants(right.name())) {
            b.give(
                    right.name(),
                    right.isTransposed()
                            ? product(b, adjoint.turned(), left, alpha)
                            : product(b, left.turned(), adjoint, alpha));
        }
        if (Backward.has(node, 2) && b.wants(node.inputs().get(2))) {
            double beta = NodeAttributes.number(node, "beta", 1);
            String scaled =
                    b.op("Mul", List.of(adjoint.name(), b.scalar(node.outputs().getFirst(), beta)));
            b.giveUnbroadcast(node.inputs().get(2), scaled, node.outputs().getFirst());
        }
    }

    private static String product(Backward b, Factor left, Factor right, double alpha) {
        return b.op(
                "Gemm",
                List.of(left.name(), right.name()),
                OnnxAttribute.of("alpha", (float) alpha),
                OnnxAttribute.of("transA", left.isTransposed() ? 1L : 0L),
                OnnxAttribute.of("transB", right.isTransposed() ? 1L : 0L));
    }

    /// A vector counts as a matrix of one row (left) or one column (right).
    private static void matMul(OnnxNode node, Backward b) throws GradientException {
        String left = node.inputs().get(0);
        String right = node.inputs().get(1);
        boolean isLeftVector = b.shape(left).rank() == 1;
        boolean isRightVector = b.shape(right).rank() == 1;
        String adjoint = b.adjoint(node);
        if (isRightVector) {
            adjoint = b.op("Unsqueeze", List.of(adjoint, b.builder().longs(-1)));
        }
        if (isLeftVector) {
            adjoint = b.op("Unsqueeze", List.of(adjoint, b.builder().longs(-2)));
        }
        ValueShape leftMatrix = matrix(b.shape(left), isLeftVector, true);
        ValueShape rightMatrix = matrix(b.shape(right), isRightVector, false);
        if (b.wants(left)) {
            String turned = turned(b, asMatrix(b, right, isRightVector, 1), rightMatrix);
            give(b, left, b.op("MatMul", List.of(adjoint, turned)), leftMatrix, rightMatrix);
        }
        if (b.wants(right)) {
            String turned = turned(b, asMatrix(b, left, isLeftVector, 0), leftMatrix);
            give(b, right, b.op("MatMul", List.of(turned, adjoint)), rightMatrix, leftMatrix);
        }
    }

    private static ValueShape matrix(ValueShape shape, boolean isVector, boolean isLeft) {
        if (!isVector) {
            return shape;
        }
        long size = shape.dims().getFirst();
        return new ValueShape(shape.type(), isLeft ? List.of(1L, size) : List.of(size, 1L));
    }

    private static String asMatrix(Backward b, String value, boolean isVector, long axis) {
        return isVector ? b.op("Unsqueeze", List.of(value, b.builder().longs(axis))) : value;
    }

    private static String turned(Backward b, String value, ValueShape shape) {
        long[] perm = new long[shape.rank()];
        for (int i = 0; i < perm.length; i++) {
            perm[i] = i;
        }
        perm[perm.length - 1] = perm.length - 2L;
        perm[perm.length - 2] = perm.length - 1L;
        return b.op("Transpose", List.of(value), OnnxAttribute.ofInts("perm", perm));
    }

    /// Sums over the leading axes that the value was stretched along.
    private static void give(
            Backward b, String value, String adjoint, ValueShape own, ValueShape other) {
        int rank = Math.max(own.rank(), other.rank());
        List<Long> axes = new ArrayList<>();
        for (int axis = 0; axis < rank - 2; axis++) {
            int mine = axis - (rank - own.rank());
            int theirs = axis - (rank - other.rank());
            long theirSize = theirs < 0 ? 1 : other.dims().get(theirs);
            if (mine < 0 || (own.dims().get(mine) == 1 && theirSize != 1)) {
                axes.add((long) axis);
            }
        }
        String summed = adjoint;
        if (!axes.isEmpty()) {
            summed =
                    b.op(
                            "ReduceSum",
                            List.of(
                                    adjoint,
                                    b.builder()
                                            .longs(
                                                    axes.stream()
                                                            .mapToLong(Long::longValue)
                                                            .toArray())));
        }
        b.give(value, b.shapedLike(summed, value));
    }
}
