package dev.bartizan.provenance;

import dev.bartizan.core.Digest;
import dev.bartizan.provenance.ArtifactReading.Read;
import dev.bartizan.provenance.ArtifactReading.Shape;
import dev.bartizan.provenance.ArtifactReading.Unreadable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/// Digests an artifact that may be hostile: a file from start to end, or a folder.
///
/// The digest of a folder is {@link Digest#composite} over relative path (with `/`) and digest of
/// every file in it, hidden ones too; empty folders do not count. A link is followed when it leads
/// to a file inside the folder, and refused otherwise. Nothing but regular files is opened. A file
/// that changes while it is read has no digest.
final class ArtifactReader {
    static final int MAX_FILES = 100_000;
    static final int MAX_DEPTH = 64;
    static final long MAX_BYTES = 1L << 42;
    private static final int BUFFER_BYTES = 1 << 16;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Map<String, String> digests = new HashMap<>();
    private long bytes;

    /// What stops reading, with what to do about it.
    private static final class Obstacle extends Exception {
        private final String mend;

        Obstacle(String what, String mend) {
            super(what);
            this.mend = mend;
        }
    }

    private ArtifactReader() {}

    /// Reads a file or folder; a link to it is followed.
    ///
    /// @throws InterruptedException when the thread is interrupted
    static ArtifactReading read(Path path) throws InterruptedException {
        try {
            return new ArtifactReader().readAny(path);
        } catch (Obstacle e) {
            return new Unreadable(String.valueOf(e.getMessage()), e.mend);
        } catch (NoSuchFileException e) {
            return new Unreadable(
                    "\"" + e.getFile() + "\" is missing",
                    "Put the file there, or correct artifact.path.");
        } catch (AccessDeniedException e) {
            return new Unreadable(
                    "\"" + e.getFile() + "\" may not be read",
                    "Give this user the right to read it.");
        } catch (FileSystemException e) {
            String reason = e.getReason();
            return new Unreadable(
                    "\""
                            + e.getFile()
                            + "\" cannot be read"
                            + (reason == null ? "" : ": " + reason),
                    "Check the disk and the path.");
        } catch (IOException e) {
            return new Unreadable("It cannot be read: " + e.getMessage(), "Check the disk.");
        }
    }

    private ArtifactReading readAny(Path path) throws IOException, InterruptedException, Obstacle {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            Path root = path.toRealPath();
            readFolder(root, root, 0);
            return new Read(Digest.composite(digests), bytes, digests.size(), Shape.FOLDER);
        }
        Digest digest = digest(path, path.toString());
        return new Read(digest, bytes, 1, Shape.FILE);
    }

    private void readFolder(Path root, Path folder, int depth)
            throws IOException, InterruptedException, Obstacle {
        if (depth > MAX_DEPTH) {
            throw new Obstacle(
                    "Folders are nested deeper than " + MAX_DEPTH,
                    "Name the folder that holds the files themselves.");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                readEntry(root, entry, depth);
            }
        }
    }

    private void readEntry(Path root, Path entry, int depth)
            throws IOException, InterruptedException, Obstacle {
        String name = root.relativize(entry).toString().replace('\\', '/');
        BasicFileAttributes attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            readFolder(root, entry, depth + 1);
            return;
        }
        Path file = attributes.isSymbolicLink() ? follow(root, entry, name) : entry;
        if (digests.size() >= MAX_FILES) {
            throw new Obstacle(
                    "The folder holds more than " + MAX_FILES + " files",
                    "Name the folder that holds the artifact alone.");
        }
        if (digests.put(name, digest(file, name).hex()) != null) {
            throw new Obstacle(
                    "Two files read as \"" + name + "\": their names are not valid text",
                    "Rename the files.");
        }
    }

    private static Path follow(Path root, Path link, String name) throws IOException, Obstacle {
        Path target = link.toRealPath();
        if (!target.startsWith(root)) {
            throw new Obstacle(
                    "\"" + name + "\" is a link that leaves the folder",
                    "Put the file itself there (cp -RL copies what links lead to).");
        }
        if (Files.isDirectory(target)) {
            throw new Obstacle(
                    "\"" + name + "\" is a link to a folder", "Put the folder itself there.");
        }
        return target;
    }

    private Digest digest(Path file, String name)
            throws IOException, InterruptedException, Obstacle {
        BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
        if (!before.isRegularFile()) {
            throw new Obstacle(
                    "\"" + name + "\" is neither a file nor a folder (a pipe, socket or device)",
                    "Name a regular file.");
        }
        MessageDigest sha = Digest.sha256();
        long length = 0;
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
                length += n;
                bytes += n;
                requireWithinLimits();
            }
        }
        BasicFileAttributes after = Files.readAttributes(file, BasicFileAttributes.class);
        if (length != before.size() || !isSame(before, after)) {
            throw new Obstacle(
                    "\"" + name + "\" changed while it was read",
                    "Wait until nothing writes to it, then run again.");
        }
        return new Digest(HexFormat.of().formatHex(sha.digest()));
    }

    private void requireWithinLimits() throws InterruptedException, Obstacle {
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted while reading an artifact");
        }
        if (bytes > MAX_BYTES) {
            throw new Obstacle(
                    "The artifact is larger than " + MAX_BYTES + " bytes",
                    "Name the files one by one as elements of their own.");
        }
    }

    private static boolean isSame(BasicFileAttributes before, BasicFileAttributes after) {
        return before.size() == after.size()
                && before.lastModifiedTime().equals(after.lastModifiedTime())
                && Objects.equals(before.fileKey(), after.fileKey());
    }
}
