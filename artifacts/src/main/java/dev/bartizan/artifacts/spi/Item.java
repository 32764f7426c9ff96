package dev.bartizan.artifacts.spi;

import dev.bartizan.formats.ByteSource;
import java.nio.file.Path;
import java.util.Optional;

/// One thing to look at: a file, or a member of one.
///
/// @param path as shown to people: the argument as typed, `/`, the rest; `outer.zip!inner` inside
///   archives
/// @param bytes its bytes
/// @param file where it lies, when it is a file of its own
/// @param depth how many containers it lies in
/// @param role what it is used for by the container around it
public record Item(String path, ByteSource bytes, Optional<Path> file, int depth, Role role) {
    /// What a container uses a member for.
    public enum Role {
        /// Anything.
        ANY,
        /// Plain numbers that no loader interprets.
        NUMBERS
    }

    /// The last part of the path, lower case; never decides what a file is.
    public String name() {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1);
        return name.toLowerCase(java.util.Locale.ROOT);
    }

    /// The first bytes, at most `length`.
    public byte[] head(int length) throws java.io.IOException {
        return bytes.bytes(0, length);
    }
}
