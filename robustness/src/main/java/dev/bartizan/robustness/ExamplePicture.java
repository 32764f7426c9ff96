package dev.bartizan.robustness;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Draws an example that is an image: of one or three channels, first or last, or a flat square.
public final class ExamplePicture {
    private static final int WANTED_SIDE = 112;
    private static final int LEAST_SIDE = 8;
    private static final int LARGEST_SIDE = 1024;
    private static final int LEVELS = 255;

    private final ImageLayout layout;

    private ExamplePicture(ImageLayout layout) {
        this.layout = layout;
    }

    /// A drawer of examples of that shape; empty when they are no images.
    public static Optional<ExamplePicture> of(List<Long> rowDims) {
        ImageLayout layout = ImageLayout.of(rowDims);
        boolean isImage =
                (layout.channels() == 1 || layout.channels() == 3)
                        && Math.min(layout.height(), layout.width()) >= LEAST_SIDE
                        && Math.max(layout.height(), layout.width()) <= LARGEST_SIDE;
        return isImage ? Optional.of(new ExamplePicture(layout)) : Optional.empty();
    }

    /// A PNG of numbers from black at `low` to white at `high`.
    ///
    /// @param row one example
    public byte[] png(float[] row, double low, double high) throws IOException {
        int longer = Math.max(layout.height(), layout.width());
        int zoom = Math.max(1, WANTED_SIDE / longer);
        BufferedImage image =
                new BufferedImage(
                        zoom * layout.width(), zoom * layout.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    int from = layout.channels() == 1 ? 0 : channel;
                    double value = row[layout.at(from, y / zoom, x / zoom)];
                    double share = Math.clamp((value - low) / (high - low), 0, 1);
                    rgb = rgb << 8 | (int) Math.rint(share * LEVELS);
                }
                image.setRGB(x, y, rgb);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IllegalStateException("No writer of PNG");
        }
        return bytes.toByteArray();
    }

    /// A PNG of a change, grey where nothing changed, stretched so that the largest change is black
    /// or white.
    public byte[] change(float[] before, float[] after) throws IOException {
        float[] change = new float[before.length];
        double largest = Double.MIN_NORMAL;
        for (int i = 0; i < change.length; i++) {
            change[i] = after[i] - before[i];
            largest = Math.max(largest, Math.abs(change[i]));
        }
        return png(change, -largest, largest);
    }
}
