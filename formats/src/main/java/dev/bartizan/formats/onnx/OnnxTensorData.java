package dev.bartizan.formats.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where a tensor's elements are.
public sealed interface OnnxTensorData {
    /// In the model: little-endian, row-major, whichever field of the file held them.
    record Inline(OnnxBytes bytes) implements OnnxTensorData {}

    /// In the model, as texts.
    record Texts(List<OnnxBytes> values) implements OnnxTensorData {
        public Texts {
            values = List.copyOf(values);
        }
    }

    /// In another file. Untrusted: `location` may name any path.
    ///
    /// @param entries `location`, `offset`, `length`, `checksum` and whatever else the file says
    record External(Map<String, String> entries) implements OnnxTensorData {
        public External {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /// The path it names; empty when it names none.
        public String location() {
            return entries.getOrDefault("location", "");
        }
    }
}
