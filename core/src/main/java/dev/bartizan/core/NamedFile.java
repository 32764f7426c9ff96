package dev.bartizan.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small files that users name: whole, or not at all.
public final class NamedFile {
    private NamedFile() {}

    /// The bytes of a file.
    ///
    /// @param most more bytes are refused
    /// @param what what it should be, such as `pack of rules`, for messages
    /// @throws UserError when there is no such file, or it is larger
    public static byte[] bytes(Path file, int most, String what) throws IOException {
        return bytes(file, most, what, "Name another file.");
    }

    /// The bytes of a file.
    ///
    /// @param most more bytes are refused
    /// @param what what it should be, such as `pack of rules`, for messages
    /// @param mend what to do about one that is larger
    /// @throws UserError when there is no such file, or it is larger
    public static byte[] bytes(Path file, int most, String what, String mend) throws IOException {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw new UserError(
                    "There is no such " + what, file.toString(), "Check the name of the file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new UserError(
                        "The " + what + " is larger than " + most + " bytes",
                        file.toString(),
                        mend);
            }
            return bytes;
        }
    }
}
