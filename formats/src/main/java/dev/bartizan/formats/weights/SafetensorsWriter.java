package dev.bartizan.formats.weights;

import dev.bartizan.formats.safetensors.SafetensorsReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Writes safetensors (huggingface/safetensors, README "Format"): the length of the header, a JSON
/// header padded with blanks to 8 bytes, then the tensors in the header's order without gaps.
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /// Writes tensors by name, in the map's order.
    ///
    /// @param metadata free text by name
    /// @throws IllegalArgumentException when the format has no such element type, or the header
    ///   grows over the format's limit
    public static void write(
            Map<String, Tensor> tensors, Map<String, String> metadata, OutputStream out)
            throws IOException {
        byte[] header = header(tensors, metadata);
        out.write(
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .array());
        out.write(header);
        for (Tensor tensor : tensors.values()) {
            TensorBytes.write(tensor, out);
        }
    }

    private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        StringBuilder json = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            json.append("\"__metadata__\":{");
            metadata.forEach((key, value) ->
                    json.append(quoted(key)).append(':').append(quoted(value)).append(','));
            json.setCharAt(json.length() - 1, '}');
            json.append(',');
        }
        long at = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            String type =
                    tensor.type()
                            .safetensors()
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "safetensors has no " + tensor.type().word()));
            long end = at + tensor.byteCount();
            json.append(quoted(entry.getKey()))
                    .append(":{\"dtype\":\"")
                    .append(type)
                    .append("\",\"shape\":")
                    .append(tensor.shape().toString().replace(" ", ""))
                    .append(",\"data_offsets\":[")
                    .append(at)
                    .append(',')
                    .append(end)
                    .append("]},");
            at = end;
        }
        if (json.length() > 1) {
            json.setLength(json.length() - 1);
        }
        return padded(json.append('}').toString());
    }

    private static byte[] padded(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        byte[] padded =
                java.util.Arrays.copyOf(bytes, Math.ceilDiv(bytes.length, ALIGNMENT) * ALIGNMENT);
        java.util.Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
        if (padded.length > SafetensorsReader.MOST_HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "The header would be longer than " + SafetensorsReader.MOST_HEADER_BYTES);
        }
        return padded;
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars()
                .forEach(c -> {
                    switch (c) {
                        case '"', '\\' -> json.append('\\').append((char) c);
                        default -> {
                            if (c < ' ') {
                                json.append(String.format("\\u%04x", c));
                            } else {
                                json.append((char) c);
                            }
                        }
                    }
                });
        return json.append('"').toString();
    }
}
