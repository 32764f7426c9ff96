package dev.bartizan.tensors;

import dev.bartizan.core.Digest;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxLimits;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData.External;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Weights that a model keeps in other files. Only plain files below the model's own folder are
/// read, through no symbolic link, and only as initializers of the main graph.
///
/// @param files by the location the model gives
record ExternalData(SortedMap<String, Path> files) {
    private static final int MAX_FILES = 1000;

    ExternalData {
        files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static ExternalData of(OnnxModel model, Path path) throws ExternalDataException {
        SortedMap<String, Path> files = new TreeMap<>();
        for (OnnxTensor tensor : GraphTensors.of(model).tensors()) {
            if (tensor.data() instanceof External external) {
                String location = external.location();
                files.put(location, resolve(path, tensor.name(), location));
                if (files.size() > MAX_FILES) {
                    throw new ExternalDataException(
                            "The model keeps weights in more than " + MAX_FILES + " files");
                }
            }
        }
        return new ExternalData(files);
    }

    private static Path resolve(Path model, String tensor, String location)
            throws ExternalDataException {
        String what = "Tensor \"" + tensor + "\" keeps its weights in \"" + location + "\", ";
        Path folder = model.toAbsolutePath().normalize().getParent();
        try {
            if (folder == null || location.isEmpty() || Path.of(location).isAbsolute()) {
                throw new ExternalDataException(what + "which is no relative path");
            }
            Path file = folder.resolve(location).normalize();
            if (!file.startsWith(folder) || location.contains("\\") || location.contains(":")) {
                throw new ExternalDataException(what + "outside the model's folder; not read");
            }
            Path at = folder;
            for (Path part : folder.relativize(file)) {
                at = at.resolve(part);
                if (Files.isSymbolicLink(at)) {
                    throw new ExternalDataException(what + "through a link; not followed");
                }
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new ExternalDataException(what + "which is no file there");
            }
            return file;
        } catch (InvalidPathException e) {
            ExternalDataException broken = new ExternalDataException(what + "which is no path");
            broken.initCause(e);
            throw broken;
        }
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /// Adds the digests of the files.
    void describe(Map<String, String> parts) throws IOException {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            parts.put("external:" + file.getKey(), Digest.ofFile(file.getValue()).hex());
        }
    }

    /// The model with the weights inside.
    OnnxModel inlined(OnnxModel model) throws IOException {
        List<OnnxTensor> initializers = new ArrayList<>();
        long total = 0;
        for (OnnxTensor tensor : model.graph().initializers()) {
            OnnxTensor inline =
                    tensor.data() instanceof External external ? inline(tensor, external) : tensor;
            total += inline.elementType().bytes(inline.elements());
            if (total > OnnxLimits.DEFAULT.maxBytes()) {
                throw tooLarge();
            }
            initializers.add(inline);
        }
        OnnxGraph graph = model.graph();
        OnnxModel whole =
                model.withGraph(
                        new OnnxGraph(
                                graph.name(),
                                graph.nodes(),
                                initializers,
                                graph.sparseInitializers(),
                                graph.inputs(),
                                graph.outputs(),
                                graph.valueInfos(),
                                graph.docString()));
        if (GraphTensors.of(whole).tensors().stream()
                .anyMatch(tensor -> tensor.data() instanceof External)) {
            throw new ExternalDataException(
                    "Weights of an inner graph or attribute lie in another file; not read");
        }
        return whole;
    }

    private static ExternalDataException tooLarge() {
        return new ExternalDataException(
                "The weights in other files are larger than "
                        + OnnxLimits.DEFAULT.maxBytes()
                        + " bytes together");
    }

    private OnnxTensor inline(OnnxTensor tensor, External external) throws IOException {
        Path file = files.get(external.location());
        if (file == null) {
            throw new IllegalStateException("Not resolved: " + external.location());
        }
        long wanted = tensor.elementType().bytes(tensor.elements());
        if (wanted > OnnxLimits.DEFAULT.maxBytes()) {
            throw tooLarge();
        }
        long offset = number(tensor, external, "offset", 0);
        if (number(tensor, external, "length", wanted) != wanted) {
            throw new ExternalDataException(
                    "Tensor \""
                            + tensor.name()
                            + "\" takes "
                            + wanted
                            + " bytes, the model gives another length");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) wanted);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new ExternalDataException(
                            "\""
                                    + external.location()
                                    + "\" ends before the weights of \""
                                    + tensor.name()
                                    + "\"");
                }
            }
        }
        return OnnxTensor.inline(
                tensor.name(),
                tensor.elementType(),
                tensor.dims().stream().mapToLong(Long::longValue).toArray(),
                bytes.flip());
    }

    private static long number(OnnxTensor tensor, External external, String key, long otherwise)
            throws ExternalDataException {
        String text = external.entries().get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,15}")) {
            throw new ExternalDataException(
                    "Tensor \"" + tensor.name() + "\" has \"" + text + "\" as " + key);
        }
        return Long.parseLong(text);
    }
}
