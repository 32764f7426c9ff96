package dev.bartizan.robustness.corruption;

import dev.bartizan.core.UserError;
import dev.bartizan.robustness.ImageLayout;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Brings rows of numbers to planes of channels and back.
///
/// @param layout where the number of a channel, row and column stands
record ImagePlanes(ImageLayout layout) {
    private static final int LEAST_SIDE = 8;

    /// @throws UserError when rows of that shape are no images of one or three channels
    static ImagePlanes of(List<Long> rowDims) {
        ImageLayout layout = ImageLayout.of(rowDims);
        boolean isImage =
                (layout.channels() == 1 || layout.channels() == 3)
                        && Math.min(layout.height(), layout.width()) >= LEAST_SIDE;
        if (!isImage) {
            throw new UserError(
                    "Only images can be blurred, compressed or hidden",
                    "examples of shape " + rowDims,
                    "Give images of one or three channels and at least 8 pixels a side, or leave"
                            + " --corruptions out.");
        }
        return new ImagePlanes(layout);
    }

    int high() {
        return layout.height();
    }

    int wide() {
        return layout.width();
    }

    /// Numbers in one example.
    int width() {
        return layout.channels() * layout.height() * layout.width();
    }

    float[][] read(float[] values, int row, DoubleUnaryOperator change) {
        float[][] planes = new float[layout.channels()][high() * wide()];
        for (int channel = 0; channel < planes.length; channel++) {
            for (int i = 0; i < planes[channel].length; i++) {
                int at = row * width() + layout.at(channel, i / wide(), i % wide());
                planes[channel][i] = (float) change.applyAsDouble(values[at]);
            }
        }
        return planes;
    }

    void write(float[][] planes, float[] values, int row, DoubleUnaryOperator change) {
        for (int channel = 0; channel < planes.length; channel++) {
            for (int i = 0; i < planes[channel].length; i++) {
                int at = row * width() + layout.at(channel, i / wide(), i % wide());
                values[at] = (float) change.applyAsDouble(planes[channel][i]);
            }
        }
    }
}
