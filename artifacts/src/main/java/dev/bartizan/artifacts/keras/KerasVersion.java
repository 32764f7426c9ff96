package dev.bartizan.artifacts.keras;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.hdf5.Hdf5Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of Keras that wrote an HDF5 file, from its attribute.
final class KerasVersion {
    private static final int SEARCHED_BYTES = 8 << 20;
    private static final String ATTRIBUTE = "keras_version";
    private static final Pattern VERSION =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})(?:\\.([0-9]{1,3}))?(.*)", Pattern.DOTALL);
    private static final Pattern IN_BYTES =
            Pattern.compile(
                    "keras_version(?:(?!keras_version)[\\x00-\\xff]){0,8192}?(?<![0-9.])([23]\\.[0-9]{1,2}\\.[0-9]{1,2}[0-9a-z.]{0,12})");

    private KerasVersion() {}

    /// What the attribute of the root says; searched for in the bytes when the tree has none.
    static KerasConfig.Container container(Hdf5Tree tree, ByteSource bytes) throws IOException {
        Optional<String> written =
                tree.attributes().stream()
                        .filter(attribute -> attribute.name().equals(ATTRIBUTE))
                        .flatMap(attribute -> attribute.values().stream())
                        .map(value -> new String(value, StandardCharsets.UTF_8))
                        .findFirst();
        return written.isPresent() ? of(written.get()) : search(bytes);
    }

    /// What stands behind the attribute's name somewhere in the first megabytes.
    static KerasConfig.Container search(ByteSource bytes) throws IOException {
        String start = new String(bytes.bytes(0, SEARCHED_BYTES), StandardCharsets.ISO_8859_1);
        Matcher matcher = IN_BYTES.matcher(start);
        return matcher.find() ? of(matcher.group(1)) : KerasConfig.Container.HDF5;
    }

    /// Versions 3.0 up to 3.11.2 ignore `safe_mode` for HDF5 (CVE-2025-9905).
    private static KerasConfig.Container of(String version) {
        Matcher matcher = VERSION.matcher(version.strip());
        if (!matcher.matches() || !matcher.group(1).equals("3")) {
            return KerasConfig.Container.HDF5;
        }
        int minor = Integer.parseInt(matcher.group(2));
        int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        boolean isRelease = !matcher.group(4).matches("(?s)[.-]?(rc|a|b|dev).*");
        boolean isMended = minor > 11 || (minor == 11 && (patch > 3 || (patch == 3 && isRelease)));
        return isMended ? KerasConfig.Container.HDF5 : KerasConfig.Container.HDF5_UNGUARDED;
    }
}
