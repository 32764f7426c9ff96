package dev.bartizan.robustness.data;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.onnx.OnnxDimension;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How examples of one shape become what a model takes: as they are, with channels first or last
/// exchanged, or in the same order under another shape.
final class InputFit {
    private final List<Long> rowDims;
    private final int[] places;

    private InputFit(List<Long> rowDims, int[] places) {
        this.rowDims = List.copyOf(rowDims);
        this.places = places;
    }

    /// Sizes of one example, as the model takes it.
    List<Long> rowDims() {
        return rowDims;
    }

    /// Where the number at a place of a given example goes.
    int to(int place) {
        return places[place];
    }

    /// Examples as they are, or in the same order under another shape.
    ///
    /// @throws UserError when that shape has another number of places
    static InputFit asGiven(List<Long> given, List<Long> wanted) {
        if (product(given) != product(wanted)) {
            throw new UserError(
                    "An example has shape " + given + ", and " + wanted + " is wanted",
                    "--shape",
                    "Give sizes that multiply to as many numbers.");
        }
        int[] places = new int[Math.toIntExact(product(given))];
        Arrays.setAll(places, place -> place);
        return new InputFit(wanted, places);
    }

    /// Fits examples to a model.
    ///
    /// @param given sizes of one example
    /// @throws UserError when they do not fit
    static InputFit of(OnnxModel model, List<Long> given) {
        long width = product(given);
        Optional<List<Long>> wanted = rowDims(model);
        if (wanted.isEmpty()) {
            return turned(given, likely(model, given).orElse(given));
        }
        List<Long> open = wanted.get();
        if (open.stream().noneMatch(dim -> dim < 0)) {
            if (product(open) != width) {
                throw unfit(given, open);
            }
            return turned(given, open);
        }
        for (List<Long> candidate : candidates(model, given, open.size())) {
            if (fits(candidate, open)) {
                return turned(given, candidate);
            }
        }
        throw unfit(given, open);
    }

    private static UserError unfit(List<Long> given, List<Long> wanted) {
        return new UserError(
                "An example has shape " + given + ", the model takes " + text(wanted),
                "inputs",
                "Give examples of that size; the first dimension of the file counts examples.");
    }

    private static String text(List<Long> dims) {
        return dims.stream().map(dim -> dim < 0 ? "?" : dim.toString()).toList().toString();
    }

    private static boolean fits(List<Long> dims, List<Long> open) {
        if (dims.size() != open.size()) {
            return false;
        }
        for (int i = 0; i < dims.size(); i++) {
            if (open.get(i) >= 0 && !open.get(i).equals(dims.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Shapes that the given numbers can be read as, the likeliest first.
    private static List<List<Long>> candidates(OnnxModel model, List<Long> given, int rank) {
        List<List<Long>> candidates = new ArrayList<>();
        likely(model, given).ifPresent(candidates::add);
        candidates.add(given);
        if (given.size() == 3) {
            candidates.add(List.of(given.get(2), given.get(0), given.get(1)));
            candidates.add(List.of(given.get(1), given.get(2), given.get(0)));
        }
        if (given.size() == 2 && rank == 3) {
            candidates.add(List.of(1L, given.get(0), given.get(1)));
            candidates.add(List.of(given.get(0), given.get(1), 1L));
        }
        candidates.add(List.of(product(given)));
        return candidates;
    }

    /// The shape whose channels the first convolution takes, where the model says no sizes.
    private static Optional<List<Long>> likely(OnnxModel model, List<Long> given) {
        Optional<Long> channels =
                model.graph().nodes().stream()
                        .filter(node -> node.opType().equals("Conv"))
                        .findFirst()
                        .flatMap(node -> inChannels(model.graph(), node));
        if (channels.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() == 2 && channels.get() == 1) {
            return Optional.of(List.of(1L, given.get(0), given.get(1)));
        }
        boolean isLast =
                given.size() == 3
                        && !given.getFirst().equals(channels.get())
                        && given.getLast().equals(channels.get());
        return isLast
                ? Optional.of(List.of(given.get(2), given.get(0), given.get(1)))
                : Optional.empty();
    }

    private static Optional<Long> inChannels(OnnxGraph graph, OnnxNode convolution) {
        boolean isGrouped =
                convolution.attributes().stream().anyMatch(one -> one.name().equals("group"));
        return convolution.inputs().size() < 2 || isGrouped
                ? Optional.empty()
                : graph.initializer(convolution.inputs().get(1))
                        .map(OnnxTensor::dims)
                        .filter(dims -> dims.size() == 4)
                        .map(dims -> dims.get(1));
    }

    /// What the model says of one example, -1 where it leaves a size open; empty when it says
    /// nothing.
    private static Optional<List<Long>> rowDims(OnnxModel model) {
        List<OnnxValueInfo> inputs = model.graph().requiredInputs();
        if (inputs.size() != 1) {
            throw new UserError(
                    "The model takes " + inputs.size() + " inputs; an attack needs one",
                    inputs.stream().map(OnnxValueInfo::name).toList().toString(),
                    "Export it with one input, the others as constants.");
        }
        if (!(inputs.getFirst().type() instanceof OnnxType.TensorType tensor)
                || tensor.shape().isEmpty()) {
            return Optional.empty();
        }
        List<Long> sizes =
                tensor.shape().get().stream()
                        .skip(1)
                        .map(dim -> dim instanceof OnnxDimension.Fixed(long size) ? size : -1L)
                        .toList();
        return sizes.isEmpty() ? Optional.empty() : Optional.of(sizes);
    }

    /// Images change between channels first and last, everything else keeps its order.
    private static InputFit turned(List<Long> given, List<Long> wanted) {
        int width = Math.toIntExact(product(given));
        int[] to = new int[width];
        Arrays.setAll(to, place -> place);
        if (given.size() != 3 || wanted.size() != 3 || given.equals(wanted)) {
            return new InputFit(wanted, to);
        }
        boolean isLastToFirst = wanted.equals(List.of(given.get(2), given.get(0), given.get(1)));
        boolean isFirstToLast = wanted.equals(List.of(given.get(1), given.get(2), given.get(0)));
        if (!isLastToFirst && !isFirstToLast) {
            throw unfit(given, wanted);
        }
        int channels = Math.toIntExact(isLastToFirst ? given.get(2) : given.get(0));
        int plane = width / channels;
        Arrays.setAll(
                to,
                place ->
                        isLastToFirst
                                ? place % channels * plane + place / channels
                                : place % plane * channels + place / plane);
        return new InputFit(wanted, to);
    }

    static long product(List<Long> dims) {
        long product = 1;
        for (long dim : dims) {
            product = Math.multiplyExact(product, dim);
        }
        return product;
    }
}
