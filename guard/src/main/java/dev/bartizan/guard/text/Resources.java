package dev.bartizan.guard.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads the data files that ship beside the classes.
public final class Resources {
    private Resources() {}

    /// The lines of a data file beside `owner`, without comments (`#` first) and empty lines.
    public static List<String> lines(Class<?> owner, String name) {
        return new String(bytes(owner, name), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                .toList();
    }

    /// The bytes of a data file beside `owner`.
    public static byte[] bytes(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("data file " + name + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
