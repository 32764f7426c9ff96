package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reference interpreter's operators that move numbers or slide windows, by their definitions.
final class SpatialReference {
    private SpatialReference() {}

    static Doubles matMul(Doubles left, Doubles right) {
        Doubles a = left.rank() == 1 ? left.reshaped(1, left.shape[0]) : left;
        Doubles b = right.rank() == 1 ? right.reshaped(right.shape[0], 1) : right;
        int[] stack =
                Doubles.broadcast(
                        Arrays.copyOf(a.shape, a.rank() - 2), Arrays.copyOf(b.shape, b.rank() - 2));
        int rows = a.shape[a.rank() - 2];
        int inner = a.shape[a.rank() - 1];
        int columns = b.shape[b.rank() - 1];
        int[] shape = Arrays.copyOf(stack, stack.length + 2);
        shape[stack.length] = rows;
        shape[stack.length + 1] = columns;
        Doubles result = Doubles.zeros(shape);
        for (int at = 0; at < result.values.length; at++) {
            int[] index = Doubles.index(shape, at);
            int[] l = index.clone();
            int[] r = index.clone();
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                l[l.length - 1] = k;
                r[r.length - 2] = k;
                sum += a.stretched(l) * b.stretched(r);
            }
            result.values[at] = sum;
        }
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < shape.length; i++) {
            boolean isDropped =
                    (i == shape.length - 2 && left.rank() == 1)
                            || (i == shape.length - 1 && right.rank() == 1);
            if (!isDropped) {
                dims.add(shape[i]);
            }
        }
        return result.reshaped(dims.stream().mapToInt(Integer::intValue).toArray());
    }

    static Doubles reshape(Doubles x, long[] target) {
        int[] shape = new int[target.length];
        int known = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = target[i] == 0 ? x.shape[i] : (int) target[i];
            known *= target[i] == -1 ? 1 : shape[i];
        }
        for (int i = 0; i < shape.length; i++) {
            shape[i] = target[i] == -1 ? x.values.length / known : shape[i];
        }
        return x.reshaped(shape);
    }

    static Doubles squeeze(Doubles x, long[] axes) {
        List<Integer> shape = new ArrayList<>();
        for (int i = 0; i < x.rank(); i++) {
            int axis = i;
            if (Arrays.stream(axes).noneMatch(a -> Math.floorMod(a, x.rank()) == axis)) {
                shape.add(x.shape[i]);
            }
        }
        return x.reshaped(shape.stream().mapToInt(Integer::intValue).toArray());
    }

    static Doubles unsqueeze(Doubles x, long[] axes) {
        int rank = x.rank() + axes.length;
        int[] shape = new int[rank];
        for (long axis : axes) {
            shape[Math.floorMod((int) axis, rank)] = 1;
        }
        int next = 0;
        for (int i = 0; i < rank; i++) {
            shape[i] = shape[i] == 1 ? 1 : x.shape[next++];
        }
        return x.reshaped(shape);
    }

    /// Takes places of one axis; -1 is a zero.
    static Doubles take(Doubles x, int axis, int[] places) {
        int[] shape = x.shape.clone();
        shape[axis] = places.length;
        Doubles result = Doubles.zeros(shape);
        for (int at = 0; at < result.values.length; at++) {
            int[] index = Doubles.index(shape, at);
            index[axis] = places[index[axis]];
            result.values[at] = index[axis] < 0 ? 0 : x.at(index);
        }
        return result;
    }

    static List<Doubles> split(Doubles x, long axis, long[] sizes, int parts) {
        int at = Math.floorMod((int) axis, x.rank());
        List<Doubles> result = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < parts; i++) {
            int size = sizes.length > 0 ? (int) sizes[i] : x.shape[at] / parts;
            int first = start;
            int[] places = new int[size];
            Arrays.setAll(places, k -> first + k);
            result.add(take(x, at, places));
            start += size;
        }
        return result;
    }

    static Doubles concat(Doubles a, Doubles b, int givenAxis) {
        int axis = Math.floorMod(givenAxis, a.rank());
        int[] shape = a.shape.clone();
        shape[axis] += b.shape[axis];
        Doubles result = Doubles.zeros(shape);
        for (int at = 0; at < result.values.length; at++) {
            int[] index = Doubles.index(shape, at);
            boolean isFirst = index[axis] < a.shape[axis];
            index[axis] -= isFirst ? 0 : a.shape[axis];
            result.values[at] = isFirst ? a.at(index) : b.at(index);
        }
        return result;
    }

    static Doubles slice(Doubles x, long[] starts, long[] ends, long[] axes, long[] steps) {
        Doubles result = x;
        for (int i = 0; i < starts.length; i++) {
            int axis = axes.length > 0 ? Math.floorMod((int) axes[i], x.rank()) : i;
            long step = steps.length > 0 ? steps[i] : 1;
            long size = x.shape[axis];
            long start = starts[i] < 0 ? starts[i] + size : starts[i];
            long end = ends[i] < 0 ? ends[i] + size : ends[i];
            List<Integer> places = new ArrayList<>();
            for (long at = Math.min(start, size - 1);
                    step > 0 ? at < Math.min(end, size) : at > end;
                    at += step) {
                places.add((int) at);
            }
            result = take(result, axis, places.stream().mapToInt(Integer::intValue).toArray());
        }
        return result;
    }

    static Doubles pad(Doubles x, long[] pads, String mode) {
        Doubles result = x;
        int rank = x.rank();
        for (int axis = 0; axis < rank; axis++) {
            int size = x.shape[axis];
            int before = (int) pads[axis];
            int[] places = new int[size + before + (int) pads[rank + axis]];
            for (int i = 0; i < places.length; i++) {
                int at = i - before;
                boolean isInside = at >= 0 && at < size;
                int other =
                        switch (mode) {
                            case "edge" -> at < 0 ? 0 : size - 1;
                            case "reflect" -> at < 0 ? -at : 2 * size - 2 - at;
                            default -> -1;
                        };
                places[i] = isInside ? at : other;
            }
            result = take(result, axis, places);
        }
        return result;
    }

    static Doubles gather(Doubles x, Doubles indices, int givenAxis) {
        int axis = Math.floorMod(givenAxis, x.rank());
        int[] places =
                Arrays.stream(indices.values)
                        .mapToInt(v -> Math.floorMod((int) v, x.shape[axis]))
                        .toArray();
        Doubles flat = take(x, axis, places);
        List<Integer> shape = new ArrayList<>();
        for (int i = 0; i < x.rank(); i++) {
            if (i == axis) {
                Arrays.stream(indices.shape).forEach(shape::add);
            } else {
                shape.add(x.shape[i]);
            }
        }
        return flat.reshaped(shape.stream().mapToInt(Integer::intValue).toArray());
    }

    static Doubles tile(Doubles x, long[] repeats) {
        Doubles result = x;
        for (int axis = 0; axis < x.rank(); axis++) {
            int size = x.shape[axis];
            int[] places = new int[size * (int) repeats[axis]];
            Arrays.setAll(places, i -> i % size);
            result = take(result, axis, places);
        }
        return result;
    }

    static Doubles depthToSpace(OnnxNode node, Doubles x) {
        int block = (int) NodeAttributes.integer(node, "blocksize", 1);
        int depth = x.shape[1] / (block * block);
        boolean isDepthFirst = NodeAttributes.text(node, "mode", "DCR").equals("DCR");
        int[] shape = {x.shape[0], depth, x.shape[2] * block, x.shape[3] * block};
        Doubles result = Doubles.zeros(shape);
        for (int at = 0; at < result.values.length; at++) {
            int[] i = Doubles.index(shape, at);
            int corner = i[2] % block * block + i[3] % block;
            int channel = isDepthFirst ? corner * depth + i[1] : i[1] * block * block + corner;
            result.values[at] = x.at(i[0], channel, i[2] / block, i[3] / block);
        }
        return result;
    }

    /// Strides, dilations, pads and kernel of two spatial axes.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Slide(int[] kernel, int[] strides, int[] dilations, int[] pads, int[] places) {
        static Slide of(OnnxNode node, int[] kernel, int[] large) {
            int[] strides = ints(node, "strides", 1, 1);
            int[] dilations = ints(node, "dilations", 1, 1);
            int[] pads = ints(node, "pads", 0, 0, 0, 0);
            int[] places = new int[2];
            String automatic = NodeAttributes.text(node, "auto_pad", "NOTSET");
            boolean isCeil = NodeAttributes.integer(node, "ceil_mode", 0) != 0;
            for (int i = 0; i < 2; i++) {
                int span = (kernel[i] - 1) * dilations[i] + 1;
                if (automatic.startsWith("SAME")) {
                    places[i] = Math.ceilDiv(large[i], strides[i]);
                    int total = Math.max(0, (places[i] - 1) * strides[i] + span - large[i]);
                    pads[i] = automatic.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                    continue;
                }
                int room = large[i] + pads[i] + pads[i + 2] - span;
                places[i] = 1 + (isCeil ? Math.ceilDiv(room, strides[i]) : room / strides[i]);
            }
            return new Slide(kernel, strides, dilations, pads, places);
        }

        private static int[] ints(OnnxNode node, String name, int... otherwise) {
            return NodeAttributes.integers(node, name)
                    .map(v -> Arrays.stream(v).mapToInt(Math::toIntExact).toArray())
                    .orElse(otherwise);
        }

        int at(int axis, int place, int k) {
            return place * strides[axis] + k * dilations[axis] - pads[axis];
        }
    }

    static Doubles conv(OnnxNode node, Doubles x, Doubles w, @Nullable Doubles bias) {
        int group = (int) NodeAttributes.integer(node, "group", 1);
        int[] kernel = {w.shape[2], w.shape[3]};
        Slide slide = Slide.of(node, kernel, new int[] {x.shape[2], x.shape[3]});
        int[] shape = {x.shape[0], w.shape[0], slide.places()[0], slide.places()[1]};
        Doubles result = Doubles.zeros(shape);
        int perGroup = w.shape[0] / group;
        for (int at = 0; at < result.values.length; at++) {
            int[] i = Doubles.index(shape, at);
            double sum = bias == null ? 0 : bias.values[i[1]];
            for (int in = 0; in < w.shape[1]; in++) {
                int channel = i[1] / perGroup * w.shape[1] + in;
                for (int k = 0; k < kernel[0] * kernel[1]; k++) {
                    int row = slide.at(0, i[2], k / kernel[1]);
                    int column = slide.at(1, i[3], k % kernel[1]);
                    if (isInside(x, row, column)) {
                        sum +=
                                x.at(i[0], channel, row, column)
                                        * w.at(i[1], in, k / kernel[1], k % kernel[1]);
                    }
                }
            }
            result.values[at] = sum;
        }
        return result;
    }

    private static boolean isInside(Doubles x, int row, int column) {
        return row >= 0 && row < x.shape[2] && column >= 0 && column < x.shape[3];
    }

    static Doubles convTranspose(OnnxNode node, Doubles x, Doubles w) {
        int group = (int) NodeAttributes.integer(node, "group", 1);
        int[] strides = Slide.ints(node, "strides", 1, 1);
        int[] dilations = Slide.ints(node, "dilations", 1, 1);
        int[] pads = Slide.ints(node, "pads", 0, 0, 0, 0);
        int[] more = Slide.ints(node, "output_padding", 0, 0);
        int[] shape = {x.shape[0], w.shape[1] * group, 0, 0};
        for (int a = 0; a < 2; a++) {
            shape[a + 2] =
                    strides[a] * (x.shape[a + 2] - 1)
                            + more[a]
                            + (w.shape[a + 2] - 1) * dilations[a]
                            + 1
                            - pads[a]
                            - pads[a + 2];
        }
        Doubles result = Doubles.zeros(shape);
        int inPerGroup = x.shape[1] / group;
        for (int at = 0; at < x.values.length; at++) {
            int[] i = Doubles.index(x.shape, at);
            for (int k = 0; k < w.values.length / w.shape[0]; k++) {
                int[] j = Doubles.index(new int[] {w.shape[1], w.shape[2], w.shape[3]}, k);
                int row = i[2] * strides[0] + j[1] * dilations[0] - pads[0];
                int column = i[3] * strides[1] + j[2] * dilations[1] - pads[1];
                if (isInside(result, row, column)) {
                    int channel = i[1] / inPerGroup * w.shape[1] + j[0];
                    int[] to = {i[0], channel, row, column};
                    result.values[Doubles.place(shape, to)] +=
                            x.values[at] * w.at(i[1], j[0], j[1], j[2]);
                }
            }
        }
        return result;
    }

    static Doubles pool(OnnxNode node, Doubles x, boolean isMax) {
        int[] kernel = Slide.ints(node, "kernel_shape", 0, 0);
        Slide slide = Slide.of(node, kernel, new int[] {x.shape[2], x.shape[3]});
        boolean countsPads = NodeAttributes.integer(node, "count_include_pad", 0) != 0;
        int[] shape = {x.shape[0], x.shape[1], slide.places()[0], slide.places()[1]};
        Doubles result = Doubles.zeros(shape);
        for (int at = 0; at < result.values.length; at++) {
            int[] i = Doubles.index(shape, at);
            double sum = 0;
            double max = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (int k = 0; k < kernel[0] * kernel[1]; k++) {
                int row = slide.at(0, i[2], k / kernel[1]);
                int column = slide.at(1, i[3], k % kernel[1]);
                if (isInside(x, row, column)) {
                    sum += x.at(i[0], i[1], row, column);
                    max = Math.max(max, x.at(i[0], i[1], row, column));
                    count++;
                }
            }
            double divisor = countsPads ? kernel[0] * kernel[1] : count;
            result.values[at] = isMax ? max : sum / divisor;
        }
        return result;
    }
}
