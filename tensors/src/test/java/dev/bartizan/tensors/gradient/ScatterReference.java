package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxNode;
import java.util.Arrays;

/// Definitions of operators that write into places or read from there.
final class ScatterReference {
    private ScatterReference() {}

    static Doubles scatterNd(OnnxNode node, Doubles data, Doubles places, Doubles updates) {
        Doubles result = new Doubles(data.shape, data.values.clone());
        boolean isAdded = NodeAttributes.text(node, "reduction", "none").equals("add");
        int each = updates.values.length * depth(places) / places.values.length;
        for (int i = 0; i < updates.values.length; i++) {
            int at = offset(data, places, i / each) + i % each;
            result.values[at] = isAdded ? result.values[at] + updates.values[i] : updates.values[i];
        }
        return result;
    }

    static Doubles gatherNd(Doubles data, Doubles places) {
        int depth = depth(places);
        int[] rest = Arrays.copyOfRange(data.shape, depth, data.rank());
        int[] shape = Arrays.copyOf(places.shape, places.rank() - 1 + rest.length);
        System.arraycopy(rest, 0, shape, places.rank() - 1, rest.length);
        Doubles result = Doubles.zeros(shape);
        int each = Doubles.size(rest);
        for (int i = 0; i < result.values.length; i++) {
            result.values[i] = data.values[offset(data, places, i / each) + i % each];
        }
        return result;
    }

    /// Along the last axis.
    static Doubles scatterElements(OnnxNode node, Doubles data, Doubles places, Doubles updates) {
        Doubles result = new Doubles(data.shape, data.values.clone());
        boolean isAdded = NodeAttributes.text(node, "reduction", "none").equals("add");
        int width = data.shape[data.rank() - 1];
        int wide = places.shape[places.rank() - 1];
        for (int i = 0; i < places.values.length; i++) {
            int at = i / wide * width + (int) places.values[i];
            result.values[at] = isAdded ? result.values[at] + updates.values[i] : updates.values[i];
        }
        return result;
    }

    private static int depth(Doubles places) {
        return places.shape[places.rank() - 1];
    }

    private static int offset(Doubles data, Doubles places, int tuple) {
        int depth = depth(places);
        int at = 0;
        for (int axis = 0; axis < data.rank(); axis++) {
            int index = axis < depth ? (int) places.values[tuple * depth + axis] : 0;
            at = at * data.shape[axis] + index;
        }
        return at;
    }
}
