package dev.bartizan.tensors.gradient;

import static java.util.Map.entry;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Operators that move numbers without changing them.
final class ShapeGradients {
    private static final int MAX_MATRIX = 1 << 22;

    private ShapeGradients() {}

    static Map<String, OperatorGradient> rules() {
        OperatorGradient reshaped =
                (node, b) -> b.give(input(node), b.shapedLike(b.adjoint(node), input(node)));
        return Map.ofEntries(
                entry("Reshape", reshaped),
                entry("Flatten", reshaped),
                entry("Squeeze", reshaped),
                entry("Unsqueeze", reshaped),
                entry("Transpose", ShapeGradients::transpose),
                entry("Concat", ShapeGradients::concat),
                entry("Split", ShapeGradients::split),
                entry("Slice", ShapeGradients::slice),
                entry("Pad", ShapeGradients::pad),
                entry("Gather", ShapeGradients::gather),
                entry("Expand", ShapeGradients::expand),
                entry("Tile", ShapeGradients::tile),
                entry("DepthToSpace", ShapeGradients::depthToSpace));
    }

    private static String input(OnnxNode node) {
        return node.inputs().getFirst();
    }

    private static void transpose(OnnxNode node, Backward b) throws GradientException {
        int rank = b.shape(input(node)).rank();
        long[] perm =
                NodeAttributes.integers(node, "perm")
                        .orElseGet(() -> {
                            long[] reversed = new long[rank];
                            for (int i = 0; i < rank; i++) {
                                reversed[i] = rank - 1L - i;
                            }
                            return reversed;
                        });
        long[] inverse = new long[rank];
        for (int i = 0; i < rank; i++) {
            inverse[(int) perm[i]] = i;
        }
        b.give(
                input(node),
                b.op("Transpose", List.of(b.adjoint(node)), OnnxAttribute.ofInts("perm", inverse)));
    }

    private static void concat(OnnxNode node, Backward b) throws GradientException {
        ValueShape shape = b.shape(node.outputs().getFirst());
        int axis = shape.axis(NodeAttributes.integer(node, "axis", 0));
        long start = 0;
        for (String part : node.inputs()) {
            long end = start + b.shape(part).fixed(axis, "Concat");
            if (b.wants(part)) {
                b.give(part, piece(b, b.adjoint(node), axis, start, end));
            }
            start = end;
        }
    }

    private static String piece(Backward b, String value, int axis, long start, long end) {
        GraphBuilder builder = b.builder();
        return b.op(
                "Slice",
                List.of(value, builder.longs(start), builder.longs(end), builder.longs(axis)));
    }

    private static void split(OnnxNode node, Backward b) throws GradientException {
        List<String> parts = new ArrayList<>();
        for (String output : node.outputs()) {
            parts.add(b.adjoint(output));
        }
        b.give(
                input(node),
                b.op(
                        "Concat",
                        parts,
                        OnnxAttribute.of("axis", NodeAttributes.integer(node, "axis", 0))));
    }

    /// Along each axis the numbers at some places are taken.
    private static void slice(OnnxNode node, Backward b) throws GradientException {
        ValueShape shape = b.shape(input(node));
        long[] starts = b.longs(node, 1);
        long[] ends = b.longs(node, 2);
        String adjoint = b.adjoint(node);
        for (int i = 0; i < starts.length; i++) {
            int axis = shape.axis(Backward.has(node, 3) ? b.longs(node, 3)[i] : i);
            long step = Backward.has(node, 4) ? b.longs(node, 4)[i] : 1;
            if (shape.dims().get(axis) == ValueShape.BATCH) {
                if (starts[i] == 0 && step == 1 && ends[i] >= Integer.MAX_VALUE) {
                    continue;
                }
            }
            long size = shape.fixed(axis, "Slice");
            List<Integer> places = places(size, starts[i], ends[i], step);
            adjoint = back(b, adjoint, shape, axis, places);
        }
        b.give(input(node), adjoint);
    }

    private static List<Integer> places(long size, long start, long end, long step) {
        long first = start < 0 ? start + size : start;
        long last = end < 0 ? Math.max(end, -size - 1) + size : end;
        List<Integer> places = new ArrayList<>();
        first = Math.clamp(first, 0, step > 0 ? size : size - 1);
        last = Math.clamp(last, step > 0 ? 0 : -1, size);
        for (long at = first; step > 0 ? at < last : at > last; at += step) {
            places.add((int) at);
        }
        return places;
    }

    /// The adjoint of an axis of which `places` were taken: padding when they are a run, otherwise
    /// a product with a matrix of ones and zeros.
    private static String back(
            Backward b, String adjoint, ValueShape shape, int axis, List<Integer> places)
            throws GradientException {
        int size = (int) shape.fixed(axis, "Slice");
        boolean isRun = true;
        for (int i = 1; i < places.size(); i++) {
            isRun &= places.get(i) == places.get(i - 1) + 1;
        }
        if (isRun && !places.isEmpty()) {
            if (places.size() == size) {
                return adjoint;
            }
            long[] pads = new long[2 * shape.rank()];
            pads[axis] = places.getFirst();
            pads[shape.rank() + axis] = size - 1L - places.getLast();
            return b.op("Pad", List.of(adjoint, b.builder().longs(pads)));
        }
        return b.alongAxis(adjoint, shape, axis, oneHot(places, size));
    }

    private static double[][] oneHot(List<Integer> places, int size) throws GradientException {
        if (places.isEmpty() || (long) places.size() * size > MAX_MATRIX) {
            throw GradientException.operator("Gather", "its axis is empty or too long");
        }
        double[][] matrix = new double[places.size()][size];
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i) >= 0) {
                matrix[i][places.get(i)] = 1;
            }
        }
        return matrix;
    }

    private static void pad(OnnxNode node, Backward b) throws GradientException {
        ValueShape shape = b.shape(input(node));
        ValueShape out = b.shape(node.outputs().getFirst());
        String mode = NodeAttributes.text(node, "mode", "constant");
        long[] pads = b.longs(node, 1);
        int count = pads.length / 2;
        String adjoint = b.adjoint(node);
        for (int i = 0; i < count; i++) {
            int axis = shape.axis(Backward.has(node, 3) ? b.longs(node, 3)[i] : i);
            if (pads[i] == 0 && pads[count + i] == 0) {
                continue;
            }
            int size = (int) shape.fixed(axis, "Pad");
            List<Integer> places = new ArrayList<>();
            for (int at = 0; at < out.fixed(axis, "Pad"); at++) {
                places.add(source(mode, at - (int) pads[i], size));
            }
            if (mode.equals("constant") && pads[i] >= 0 && pads[count + i] >= 0) {
                adjoint = piece(b, adjoint, axis, pads[i], pads[i] + size);
            } else {
                adjoint = b.alongAxis(adjoint, shape, axis, oneHot(places, size));
            }
        }
        b.give(input(node), adjoint);
    }

    /// The place in the input that a padded place repeats; -1 for none.
    private static int source(String mode, int at, int size) throws GradientException {
        if (at >= 0 && at < size) {
            return at;
        }
        return switch (mode) {
            case "constant" -> -1;
            case "edge" -> Math.clamp(at, 0, size - 1);
            case "wrap" -> Math.floorMod(at, size);
            case "reflect" -> at < 0 ? -at : 2 * (size - 1) - at;
            default -> throw GradientException.operator("Pad", "its mode is \"" + mode + "\"");
        };
    }

    private static void gather(OnnxNode node, Backward b) throws GradientException {
        ValueShape shape = b.shape(input(node));
        int axis = shape.axis(NodeAttributes.integer(node, "axis", 0));
        int size = (int) shape.fixed(axis, "Gather");
        List<Integer> places = new ArrayList<>();
        for (long place : b.longs(node, 1)) {
            places.add((int) (place < 0 ? place + size : place));
        }
        List<Long> flat = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
            flat.add(i == axis ? (long) places.size() : shape.dims().get(i));
        }
        if (Collections.frequency(flat, ValueShape.BATCH) > 1) {
            throw GradientException.operator("Gather", "several of its sizes are not fixed");
        }
        long[] dims = flat.stream().mapToLong(Long::longValue).toArray();
        String adjoint = b.op("Reshape", List.of(b.adjoint(node), b.builder().longs(dims)));
        b.give(input(node), b.alongAxis(adjoint, shape, axis, oneHot(places, size)));
    }

    private static void expand(OnnxNode node, Backward b) throws GradientException {
        b.giveUnbroadcast(input(node), b.adjoint(node), node.outputs().getFirst());
    }

    private static void tile(OnnxNode node, Backward b) throws GradientException {
        ValueShape shape = b.shape(input(node));
        long[] repeats = b.longs(node, 1);
        String adjoint = b.adjoint(node);
        for (int axis = 0; axis < repeats.length; axis++) {
            if (repeats[axis] == 1) {
                continue;
            }
            int size = (int) shape.fixed(axis, "Tile");
            List<Integer> places = new ArrayList<>();
            for (int at = 0; at < size * repeats[axis]; at++) {
                places.add(at % size);
            }
            adjoint = b.alongAxis(adjoint, shape, axis, oneHot(places, size));
        }
        b.give(input(node), adjoint);
    }

    /// Written as its definition: reshape, transpose, reshape, each undone.
    private static void depthToSpace(OnnxNode node, Backward b) throws GradientException {
        ValueShape shape = b.shape(input(node));
        long block = NodeAttributes.integer(node, "blocksize", 1);
        long depth = shape.fixed(1, "DepthToSpace") / (block * block);
        long height = shape.fixed(2, "DepthToSpace");
        long width = shape.fixed(3, "DepthToSpace");
        String apart =
                b.op(
                        "Reshape",
                        List.of(
                                b.adjoint(node),
                                b.builder().longs(-1, depth, height, block, width, block)));
        boolean isDepthFirst = NodeAttributes.text(node, "mode", "DCR").equals("DCR");
        long[] perm = isDepthFirst ? new long[] {0, 3, 5, 1, 2, 4} : new long[] {0, 1, 3, 5, 2, 4};
        String turned = b.op("Transpose", List.of(apart), OnnxAttribute.ofInts("perm", perm));
        b.give(input(node), b.shapedLike(turned, input(node)));
    }
}
