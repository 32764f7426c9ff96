package dev.bartizan.targets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Text files that come with this module.
public final class ShippedText {
    private ShippedText() {}

    /// The text of a file, named below this package's folder.
    public static String of(String name) {
        try (InputStream in = ShippedText.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("A file of this module is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
