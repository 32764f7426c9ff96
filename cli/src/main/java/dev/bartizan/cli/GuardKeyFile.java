package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A file with a secret key: 64 hexadecimal digits on one line, for its owner's eyes alone.
final class GuardKeyFile {
    private static final int BYTES = 32;
    private static final int LONGEST = 256;

    private GuardKeyFile() {}

    /// Makes a file with a new key.
    static void make(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        try {
            Files.createFile(file, ownerOnly(file));
        } catch (FileAlreadyExistsException e) {
            throw new UserError(
                    "There is a file of that name, and a key is never written over",
                    file.toString(),
                    "Name another file, or remove that one if nothing needs its key.",
                    e);
        }
        Files.writeString(file, HexFormat.of().formatHex(key) + System.lineSeparator());
    }

    /// Attributes for a file that only its owner reads, where the file system knows owners.
    static FileAttribute<?>[] ownerOnly(Path file) {
        boolean knowsOwners = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return knowsOwners
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /// The key of a file.
    static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
            throw mistake(file, null);
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).strip();
        try {
            byte[] key = HexFormat.of().parseHex(text);
            if (key.length == BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw mistake(file, e);
        }
        throw mistake(file, null);
    }

    private static UserError mistake(
            Path file, @org.jspecify.annotations.Nullable Throwable cause) {
        UserError error =
                new UserError(
                        "There is no key of 64 hexadecimal digits there",
                        file.toString(),
                        "Make one with: bartizan guard key FILE");
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }
}
