package dev.bartizan.artifacts.keras;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of Keras that wrote an HDF5 file, from its attribute.
final class KerasVersion {
    private static final int SEARCHED_BYTES = 8 << 20;
    private static final Pattern VERSION =
            Pattern.compile(
                    "keras_version[\\x00-\\xff]{0,8192}?(?<![0-9.])([23])\\.([0-9]{1,2})\\.([0-9]{1,2})(?![0-9])");

    private KerasVersion() {}

    /// Versions 3.0 up to 3.11.2 ignore `safe_mode` for HDF5 (CVE-2025-9905).
    static KerasConfig.Container container(ByteSource bytes) throws IOException {
        String start = new String(bytes.bytes(0, SEARCHED_BYTES), StandardCharsets.ISO_8859_1);
        Matcher matcher = VERSION.matcher(start);
        if (!matcher.find() || !matcher.group(1).equals("3")) {
            return KerasConfig.Container.HDF5;
        }
        int minor = Integer.parseInt(matcher.group(2));
        int patch = Integer.parseInt(matcher.group(3));
        boolean isRelease =
                !start.startsWith("rc", matcher.end())
                        && !start.startsWith("a", matcher.end())
                        && !start.startsWith("b", matcher.end());
        boolean isMended = minor > 11 || (minor == 11 && (patch > 3 || (patch == 3 && isRelease)));
        return isMended ? KerasConfig.Container.HDF5 : KerasConfig.Container.HDF5_UNGUARDED;
    }
}
