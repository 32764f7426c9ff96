package dev.bartizan.robustness.data;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.images.CifarReader;
import dev.bartizan.formats.images.IdxReader;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyFormatException;
import dev.bartizan.formats.npy.NpyReader;
import dev.bartizan.formats.npy.NpzReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads examples or labels from a file whose format is told by its content: `.npy`, `.npz`, IDX,
/// CIFAR-10 and CIFAR-100 binary, each also packed by gzip; or from a folder of images.
public final class ExampleFile {
    /// Most bytes that are unpacked.
    static final int MAX_BYTES = 1 << 29;

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZIP = {'P', 'K'};
    private static final byte[] NPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final List<String> INPUT_NAMES =
            List.of("x", "x_test", "images", "inputs", "data", "x_adv", "arr_0");
    private static final List<String> LABEL_NAMES =
            List.of("y", "y_test", "labels", "targets", "arr_1");
    private static final String MEND =
            "Give .npy, .npz, IDX or CIFAR binary (each also .gz), or a folder of PNG or JPEG images.";

    private ExampleFile() {}

    /// Reads at most the first `count` examples.
    ///
    /// @throws UserError when there is no such file or nothing that is read here
    /// @throws IOException when the disk fails
    public static LabelledArray examples(Path path, int count) throws IOException {
        if (Files.isDirectory(path)) {
            return ImageFolder.read(path, count);
        }
        byte[] file = bytes(path);
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            if (startsWith(bytes, NPY)) {
                return LabelledArray.unlabelled(NpyReader.read(bytes));
            }
            if (startsWith(bytes, ZIP)) {
                Map<String, NpyArray> arrays = NpzReader.read(ByteSource.of(file));
                return new LabelledArray(
                        named(arrays, INPUT_NAMES, path),
                        LABEL_NAMES.stream()
                                .filter(arrays::containsKey)
                                .findFirst()
                                .map(name -> value(arrays, name)));
            }
            if (IdxReader.canRead(bytes)) {
                return LabelledArray.unlabelled(IdxReader.read(bytes, count));
            }
            if (CifarReader.canRead(bytes)) {
                return CifarReader.read(bytes, count);
            }
        } catch (FormatException | NpyFormatException e) {
            throw new UserError(String.valueOf(e.getMessage()), path.toString(), MEND, e);
        }
        throw new UserError("These bytes are no examples of a known format", path.toString(), MEND);
    }

    /// Reads labels.
    ///
    /// @throws UserError when there is no such file or nothing that is read here
    /// @throws IOException when the disk fails
    public static NpyArray labels(Path path, int count) throws IOException {
        byte[] file = bytes(path);
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            if (startsWith(bytes, NPY)) {
                return NpyReader.read(bytes);
            }
            if (startsWith(bytes, ZIP)) {
                return named(NpzReader.read(ByteSource.of(file)), LABEL_NAMES, path);
            }
            if (IdxReader.canRead(bytes)) {
                return IdxReader.read(bytes, count);
            }
            if (CifarReader.canRead(bytes)) {
                return CifarReader.read(bytes, count).labels().orElseThrow();
            }
        } catch (FormatException | NpyFormatException e) {
            throw new UserError(String.valueOf(e.getMessage()), path.toString(), MEND, e);
        }
        throw new UserError("These bytes are no labels of a known format", path.toString(), MEND);
    }

    private static NpyArray value(Map<String, NpyArray> arrays, String name) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalStateException("Not there: " + name);
        }
        return array;
    }

    /// The array of one of those names; the only one when there is only one.
    private static NpyArray named(Map<String, NpyArray> arrays, List<String> names, Path path) {
        Optional<String> known = names.stream().filter(arrays::containsKey).findFirst();
        if (known.isPresent()) {
            return value(arrays, known.get());
        }
        if (arrays.size() == 1) {
            return arrays.values().iterator().next();
        }
        throw new UserError(
                "None of the arrays " + arrays.keySet() + " is named like what is looked for",
                path.toString(),
                "Name one of them " + String.join(", ", names) + ".");
    }

    private static boolean startsWith(ByteBuffer bytes, byte[] magic) {
        return bytes.remaining() >= magic.length
                && bytes.slice(bytes.position(), magic.length).equals(ByteBuffer.wrap(magic));
    }

    private static byte[] bytes(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new UserError("There is no such file", path.toString(), "Check the path.");
        }
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path))) {
            file.mark(GZIP.length);
            byte[] first = file.readNBytes(GZIP.length);
            file.reset();
            boolean isPacked = java.util.Arrays.equals(first, GZIP);
            try (InputStream in = isPacked ? new GZIPInputStream(file) : file) {
                byte[] bytes = in.readNBytes(MAX_BYTES);
                if (in.read() >= 0) {
                    throw new UserError(
                            "The file is larger than the limit of " + MAX_BYTES + " bytes",
                            path.toString(),
                            "Give a part of it.");
                }
                return bytes;
            }
        } catch (ZipException | java.io.EOFException e) {
            throw new UserError(
                    "The gzip stream is broken: " + e.getMessage(),
                    path.toString(),
                    "Pack it again, or give it unpacked.",
                    e);
        }
    }
}
