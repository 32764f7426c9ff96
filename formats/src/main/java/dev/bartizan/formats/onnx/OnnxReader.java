package dev.bartizan.formats.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads ONNX models from untrusted bytes.
///
/// Nothing outside the given bytes is opened: external data stays a name. Weights are views of the
/// given bytes, not copies.
public final class OnnxReader {
    private OnnxReader() {}

    /// Reads a file within the default limits.
    ///
    /// @throws OnnxFormatException when it is no model, or over a limit
    /// @throws IOException when it cannot be read
    public static OnnxModel read(Path file) throws IOException {
        return read(bytes(file, OnnxLimits.DEFAULT), OnnxLimits.DEFAULT);
    }

    /// The bytes of a file, at most as many as the limits allow.
    ///
    /// @throws OnnxFormatException when there are more
    /// @throws IOException when it cannot be read
    public static ByteBuffer bytes(Path file, OnnxLimits limits) throws IOException {
        long size = Files.size(file);
        if (size > limits.maxBytes()) {
            throw tooLarge(size, limits);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) limits.maxBytes());
            if (in.read() >= 0) {
                throw tooLarge(bytes.length + 1L, limits);
            }
            return ByteBuffer.wrap(bytes);
        }
    }

    private static OnnxFormatException tooLarge(long size, OnnxLimits limits) {
        return OnnxFormatException.limit(
                "A model of " + size + " bytes is over the limit of " + limits.maxBytes(), 0);
    }

    /// Reads the bytes between position and limit, which must not change afterwards.
    ///
    /// @throws OnnxFormatException when they are no model, or over a limit
    public static OnnxModel read(ByteBuffer bytes, OnnxLimits limits) throws OnnxFormatException {
        if (bytes.remaining() > limits.maxBytes()) {
            throw tooLarge(bytes.remaining(), limits);
        }
        ProtobufInput in = new ProtobufInput(bytes, limits);
        ModelParser parser = new ModelParser();
        while (in.next()) {
            parser.field(in);
        }
        return parser.result(in);
    }

    private static final class ModelParser {
        private long irVersion;
        private long modelVersion;
        private String producerName = "";
        private String producerVersion = "";
        private String domain = "";
        private String doc = "";
        private @Nullable OnnxGraph graph;
        private final List<OnnxOpset> opsets = new ArrayList<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final List<OnnxFunction> functions = new ArrayList<>();

        void field(ProtobufInput in) throws OnnxFormatException {
            switch (in.field()) {
                case 1 -> irVersion = in.varint();
                case 2 -> producerName = in.name();
                case 3 -> producerVersion = in.name();
                case 4 -> domain = in.name();
                case 5 -> modelVersion = in.varint();
                case 6 -> doc = in.text(OnnxLimits.MAX_TEXT_BYTES);
                case 7 -> graph(in);
                case 8 -> opsets.add(GraphParser.opset(in.message()));
                case 14 -> TensorParser.entry(in.message(), metadata);
                case 25 -> functions.add(GraphParser.function(in.message()));
                default -> in.skip();
            }
        }

        private void graph(ProtobufInput in) throws OnnxFormatException {
            if (graph != null) {
                throw in.malformed("The model has two graphs; readers disagree about such files");
            }
            graph = GraphParser.graph(in.message());
        }

        OnnxModel result(ProtobufInput in) throws OnnxFormatException {
            if (graph == null) {
                throw in.malformed("No graph in it: not an ONNX model");
            }
            return new OnnxModel(
                    irVersion,
                    producerName,
                    producerVersion,
                    domain,
                    modelVersion,
                    doc,
                    graph,
                    opsets,
                    metadata,
                    functions);
        }
    }
}
