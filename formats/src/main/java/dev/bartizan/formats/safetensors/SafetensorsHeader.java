package dev.bartizan.formats.safetensors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a safetensors file says of itself.
///
/// @param headerBytes length of the JSON header; tensor data starts 8 bytes after it
/// @param metadata the free text under `__metadata__`, in the header's order
/// @param tensors in the header's order
/// @param problems where the file breaks the format's rules; empty for a sound one
public record SafetensorsHeader(
        long headerBytes,
        Map<String, String> metadata,
        List<Tensor> tensors,
        List<Problem> problems) {
    public SafetensorsHeader {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = List.copyOf(tensors);
        problems = List.copyOf(problems);
    }

    /// One tensor.
    ///
    /// @param dtype such as `F32`
    /// @param shape sizes of the axes
    /// @param begin first byte, counted from the start of the data
    /// @param end byte after the last
    public record Tensor(String name, String dtype, List<Long> shape, long begin, long end) {
        public Tensor {
            shape = List.copyOf(shape);
        }
    }

    /// A broken rule.
    ///
    /// @param offset byte offset in the file
    /// @param message one sentence
    public record Problem(long offset, String message) {}

    /// Where tensor data starts.
    public long dataStart() {
        return 8 + headerBytes;
    }
}
