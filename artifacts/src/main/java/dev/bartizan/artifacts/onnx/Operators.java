package dev.bartizan.artifacts.onnx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Operators that the standard defines, in the domains that are its own. An operator that stands in
/// such a domain and is none of them needs code from elsewhere, like one of any other domain.
final class Operators {
    private static final String DEFAULT = "ai.onnx";

    /// Domains of operators that come with ONNX Runtime or with the tools that export models.
    private static final Set<String> VENDORS =
            Set.of(
                    "com.microsoft",
                    "com.microsoft.dml",
                    "com.microsoft.experimental",
                    "com.microsoft.extensions",
                    "com.microsoft.mlfeaturizers",
                    "com.microsoft.nchwc",
                    "com.microsoft.nhwc",
                    "com.ms.internal.nhwc",
                    "org.pytorch.aten",
                    "org.pytorch.prim",
                    "ai.onnx.contrib",
                    "trt.plugins",
                    "pkg.onnxscript.torch_lib",
                    "pkg.onnxscript.torch_lib.common");

    private Operators() {}

    /// The table, read when a model is first looked at.
    private static final class Table {
        static final Map<String, Set<String>> NAMES = read();

        private static Map<String, Set<String>> read() {
            Map<String, Set<String>> names = new HashMap<>();
            try (InputStream in = Operators.class.getResourceAsStream("operators.txt")) {
                if (in == null) {
                    throw new IllegalStateException("operators.txt is missing from the jar");
                }
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (!line.startsWith("#")) {
                        String[] words = line.split(" ");
                        names.computeIfAbsent(words[0], _ -> new HashSet<>())
                                .addAll(Arrays.asList(words).subList(1, words.length));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return names;
        }
    }

    /// The domain under its full name; the standard's own may be left out.
    static String domain(String written) {
        return written.isEmpty() ? DEFAULT : written;
    }

    /// Whether the standard defines an operator.
    ///
    /// @param domain under its full name
    static boolean isStandard(String domain, String type) {
        return Table.NAMES.getOrDefault(domain, Set.of()).contains(type);
    }

    /// Whether operators of a domain come with well-known tools; the name must be the very one.
    static boolean isOfVendor(String domain) {
        return VENDORS.contains(domain);
    }
}
