package dev.bartizan.robustness.corruption;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// One image of numbers from 0 to 1, changed as {@link Corruption} says.
final class CorruptedImage {
    private static final int LEVELS = 255;
    private static final double GREY = 0.5;
    private static final int WINDOW_DEVIATIONS = 4;

    /// Above this mean a Poisson count is drawn from the normal distribution of its mean and
    /// variance.
    private static final double MANY = 50;

    private final float[][] planes;
    private final int high;
    private final int wide;
    private final SplittableRandom random;

    /// @param planes a row-major plane for each channel; changed in place
    CorruptedImage(float[][] planes, int high, int wide, SplittableRandom random) {
        this.planes = planes;
        this.high = high;
        this.wide = wide;
        this.random = random;
    }

    /// Changes the image.
    ///
    /// @throws IOException when it cannot be compressed
    void corrupt(Corruption corruption, int severity) throws IOException {
        double c = corruption.strength(severity, Math.min(high, wide));
        switch (corruption) {
            case GAUSSIAN_NOISE -> each(value -> value + c * random.nextGaussian());
            case SHOT_NOISE -> each(value -> poisson(value * c) / c);
            case IMPULSE_NOISE ->
                    each(value -> random.nextDouble() < c ? random.nextInt(2) : value);
            case BLUR -> blur(c);
            case CONTRAST -> contrast(c);
            case BRIGHTNESS -> brighten(c);
            case JPEG -> compress(c / 100);
            case OCCLUSION -> occlude(c);
        }
        each(value -> Math.clamp(value, 0, 1));
    }

    private interface Change {
        double of(double value);
    }

    private void each(Change change) {
        for (float[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = (float) change.of(plane[i]);
            }
        }
    }

    private double poisson(double mean) {
        if (mean > MANY) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /// A separable window, the edge repeated beyond it.
    private void blur(double deviation) {
        int reach = (int) Math.ceil(WINDOW_DEVIATIONS * deviation);
        double[] window = new double[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            window[i + reach] = Math.exp(-i * i / (2 * deviation * deviation));
            sum += window[i + reach];
        }
        for (int channel = 0; channel < planes.length; channel++) {
            float[] across = smoothed(planes[channel], window, sum, 0, 1);
            planes[channel] = smoothed(across, window, sum, 1, 0);
        }
    }

    private float[] smoothed(float[] plane, double[] window, double sum, int down, int right) {
        int reach = window.length / 2;
        float[] smoothed = new float[plane.length];
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                double value = 0;
                for (int i = -reach; i <= reach; i++) {
                    int row = Math.clamp(y + (long) i * down, 0, high - 1);
                    int column = Math.clamp(x + (long) i * right, 0, wide - 1);
                    value += window[i + reach] * plane[row * wide + column];
                }
                smoothed[y * wide + x] = (float) (value / sum);
            }
        }
        return smoothed;
    }

    private void contrast(double left) {
        for (float[] plane : planes) {
            double sum = 0;
            for (float value : plane) {
                sum += value;
            }
            double mean = sum / plane.length;
            for (int i = 0; i < plane.length; i++) {
                plane[i] = (float) (mean + left * (plane[i] - mean));
            }
        }
    }

    /// Adds to the value of hue, saturation and value: all channels grow in proportion.
    private void brighten(double added) {
        for (int i = 0; i < high * wide; i++) {
            float value = 0;
            for (float[] plane : planes) {
                value = Math.max(value, plane[i]);
            }
            double brighter = Math.min(1, value + added);
            for (float[] plane : planes) {
                plane[i] = (float) (value == 0 ? brighter : plane[i] * brighter / value);
            }
        }
    }

    private void occlude(double share) {
        int side = Math.max(1, (int) Math.round(share * Math.min(high, wide)));
        int top = random.nextInt(high - side + 1);
        int left = random.nextInt(wide - side + 1);
        for (float[] plane : planes) {
            for (int i = 0; i < side * side; i++) {
                plane[(top + i / side) * wide + left + i % side] = (float) GREY;
            }
        }
    }

    private void compress(double quality) throws IOException {
        boolean isGrey = planes.length == 1;
        BufferedImage image =
                new BufferedImage(
                        wide,
                        high,
                        isGrey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        for (int channel = 0; channel < planes.length; channel++) {
            for (int i = 0; i < high * wide; i++) {
                int level = (int) Math.rint(LEVELS * Math.clamp(planes[channel][i], 0, 1));
                image.getRaster().setSample(i % wide, i / wide, channel, level);
            }
        }
        BufferedImage back = ImageIO.read(new ByteArrayInputStream(jpeg(image, (float) quality)));
        for (int channel = 0; channel < planes.length; channel++) {
            for (int i = 0; i < high * wide; i++) {
                int level =
                        isGrey
                                ? back.getRaster().getSample(i % wide, i / wide, 0)
                                : (back.getRGB(i % wide, i / wide) >> (16 - 8 * channel)) & LEVELS;
                planes[channel][i] = level / (float) LEVELS;
            }
        }
    }

    private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        if (!writers.hasNext()) {
            throw new IllegalStateException("No writer of JPEG");
        }
        ImageWriter writer = writers.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
