package dev.bartizan.robustness.data;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Reads a folder of PNG or JPEG images of one size. Folders inside it are classes: numbered ones
/// by their numbers, others in the order of their names. Without such folders there are no labels.
///
/// Only the decoders of the JDK for these two formats run, after the size was read and found within
/// limits.
final class ImageFolder {
    private static final int MAX_FILES = 100_000;
    private static final int MAX_SIDE = 4096;
    private static final long MAX_NUMBERS = 1L << 27;
    private static final int RGB = 3;

    private ImageFolder() {}

    /// An image file and its class; -1 when it has none.
    private record Labelled(Path file, int label) {}

    /// Reads at most the first `count` images, `[rows, channels, height, width]` in 0..255; gray
    /// ones have one channel when all are gray.
    static LabelledArray read(Path folder, int count) throws IOException {
        List<Labelled> files = files(folder);
        if (files.isEmpty()) {
            throw new UserError(
                    "There is no PNG or JPEG image in the folder",
                    folder.toString(),
                    "Put images there, or into a folder for each class.");
        }
        List<Labelled> chosen = files.subList(0, Math.min(count, files.size()));
        List<BufferedImage> images = new ArrayList<>();
        long numbers = 0;
        boolean isGray = true;
        for (Labelled one : chosen) {
            BufferedImage image = image(one.file());
            BufferedImage first = images.isEmpty() ? image : images.getFirst();
            if (image.getWidth() != first.getWidth() || image.getHeight() != first.getHeight()) {
                throw new UserError(
                        "Images differ in size: "
                                + image.getWidth()
                                + "x"
                                + image.getHeight()
                                + " after "
                                + first.getWidth()
                                + "x"
                                + first.getHeight(),
                        one.file().toString(),
                        "Bring them to the size that the model takes.");
            }
            isGray &= image.getRaster().getNumBands() <= 2;
            numbers += (long) RGB * image.getWidth() * image.getHeight();
            if (numbers > MAX_NUMBERS) {
                throw new UserError(
                        "The images have more than " + MAX_NUMBERS + " numbers together",
                        folder.toString(),
                        "Take fewer with --count.");
            }
            images.add(image);
        }
        return array(chosen, images, isGray ? 1 : RGB);
    }

    private static LabelledArray array(
            List<Labelled> files, List<BufferedImage> images, int channels) {
        int wide = images.getFirst().getWidth();
        int high = images.getFirst().getHeight();
        int plane = wide * high;
        float[] values = new float[images.size() * channels * plane];
        for (int row = 0; row < images.size(); row++) {
            BufferedImage image = images.get(row);
            for (int i = 0; i < plane; i++) {
                int rgb = image.getRGB(i % wide, i / wide);
                for (int channel = 0; channel < channels; channel++) {
                    int level =
                            channels == 1
                                    ? image.getRaster().getSample(i % wide, i / wide, 0)
                                    : (rgb >> (8 * (RGB - 1 - channel))) & 0xff;
                    values[(row * channels + channel) * plane + i] = level;
                }
            }
        }
        NpyArray inputs = NpyArray.of(List.of(images.size(), channels, high, wide), values);
        if (files.getFirst().label() < 0) {
            return LabelledArray.unlabelled(inputs);
        }
        long[] labels = files.stream().mapToLong(Labelled::label).toArray();
        return new LabelledArray(inputs, Optional.of(NpyArray.of(List.of(labels.length), labels)));
    }

    private static List<Labelled> files(Path folder) throws IOException {
        List<Path> classes = sorted(folder, true);
        if (classes.isEmpty()) {
            return sorted(folder, false).stream().map(file -> new Labelled(file, -1)).toList();
        }
        boolean isNumbered = classes.stream().allMatch(one -> name(one).matches("[0-9]{1,6}"));
        List<Labelled> files = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            int label = isNumbered ? Integer.parseInt(name(classes.get(i))) : i;
            sorted(classes.get(i), false).forEach(file -> files.add(new Labelled(file, label)));
        }
        return files;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static List<Path> sorted(Path folder, boolean areFolders) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.limit(MAX_FILES)
                    .filter(path ->
                            areFolders
                                    ? Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                                    : Files.isRegularFile(path) && isImage(path))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isImage(Path path) {
        String name = name(path).toLowerCase(Locale.ROOT);
        return Stream.of(".png", ".jpg", ".jpeg").anyMatch(name::endsWith);
    }

    private static BufferedImage image(Path file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers =
                    in == null
                            ? java.util.Collections.emptyIterator()
                            : ImageIO.getImageReaders(in);
            while (readers.hasNext()) {
                ImageReader reader = readers.next();
                String format = reader.getFormatName().toLowerCase(Locale.ROOT);
                if (format.equals("png") || format.equals("jpeg")) {
                    return decoded(reader, in, file);
                }
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw broken(file, String.valueOf(e.getMessage()), e);
        }
        throw broken(file, "neither PNG nor JPEG", new IOException("no reader"));
    }

    private static BufferedImage decoded(ImageReader reader, ImageInputStream in, Path file)
            throws IOException {
        try {
            reader.setInput(in, true, true);
            int wide = reader.getWidth(0);
            int high = reader.getHeight(0);
            if (wide > MAX_SIDE || high > MAX_SIDE) {
                throw broken(
                        file,
                        wide + "x" + high + " pixels, at most " + MAX_SIDE + " a side are taken",
                        new IOException("too large"));
            }
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static UserError broken(Path file, String why, Exception cause) {
        return new UserError(
                "The image cannot be read: " + why,
                file.toString(),
                "Give 8-bit PNG or JPEG images.",
                cause);
    }
}
