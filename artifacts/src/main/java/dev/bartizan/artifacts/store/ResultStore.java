package dev.bartizan.artifacts.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Results in a folder of its user. A run reads the files that earlier runs left and adds one of
/// its own under a new name, so that runs at the same time do not meet; small files are put
/// together now and then, and the folder stays below {@link #MOST_BYTES}, least lately used files
/// going first. A store that cannot be read or written is an empty one.
///
/// Several threads may use one at once.
public final class ResultStore {
    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_FRESH_BYTES = 24L << 20;
    private static final int SHARE_OF_HEAP = 16;
    private static final int MOST_SMALL_SEGMENTS = 8;
    private static final long SMALL_BYTES = 1L << 20;
    private static final String ENDING = ".results";
    private static final String UNFINISHED = ".unfinished";
    private static final Duration TOUCHED_EVERY = Duration.ofHours(6);
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;
    private final String context;
    private final List<Segment> segments;
    private final Set<Segment> used = ConcurrentHashMap.newKeySet();
    private final Map<StoreKey, byte[]> fresh = new ConcurrentHashMap<>();
    private final AtomicLong freshBytes = new AtomicLong();
    private final long mostFreshBytes =
            Math.min(MOST_FRESH_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    private ResultStore(Path folder, String context, List<Segment> segments) {
        this.folder = folder;
        this.context = context;
        this.segments = segments;
    }

    /// Opens the store, made where there is none, for its user alone.
    ///
    /// @param context what all its results hold under; a file name in itself. Results of others are
    ///   not looked at
    /// @return empty when others may write to the folder, or it is none
    public static Optional<ResultStore> open(Path folder, String context) {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            if (permissions.stream().anyMatch(OTHERS_WRITE::contains)) {
                return Optional.empty();
            }
            List<Segment> segments = new ArrayList<>();
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(folder, context + "-*" + ENDING)) {
                files.forEach(file -> Segment.open(file).ifPresent(segments::add));
            }
            return Optional.of(new ResultStore(folder, context, segments));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /// The result under a key, of this run or an earlier one.
    public Optional<byte[]> find(StoreKey key) {
        byte[] ofThisRun = fresh.get(key);
        if (ofThisRun != null) {
            return Optional.of(ofThisRun);
        }
        for (Segment segment : segments) {
            Optional<byte[]> value = segment.find(key);
            if (value.isPresent()) {
                used.add(segment);
                return value;
            }
        }
        return Optional.empty();
    }

    /// Keeps a result, unless this run has kept too much already. The array must not change.
    public void keep(StoreKey key, byte[] value) {
        long bytes = Segment.bytes(value);
        if (freshBytes.addAndGet(bytes) <= mostFreshBytes) {
            fresh.put(key, value);
        } else {
            freshBytes.addAndGet(-bytes);
        }
    }

    /// Writes what this run kept. What goes wrong loses results, no more.
    public void save() {
        try {
            touchUsed();
            if (!fresh.isEmpty()) {
                write();
                makeRoom();
            }
        } catch (IOException e) {
            // A full disk, or a folder that is gone: the next scan looks again.
        }
    }

    private void touchUsed() throws IOException {
        Instant now = Instant.now();
        for (Segment segment : used) {
            Instant last = Files.getLastModifiedTime(segment.file()).toInstant();
            if (last.isBefore(now.minus(TOUCHED_EVERY))) {
                Files.setLastModifiedTime(segment.file(), FileTime.from(now));
            }
        }
    }

    private void write() throws IOException {
        TreeMap<StoreKey, byte[]> entries = new TreeMap<>(fresh);
        List<Segment> small =
                segments.stream().filter(segment -> segment.size() < SMALL_BYTES).toList();
        boolean mergesSmall = small.size() >= MOST_SMALL_SEGMENTS;
        if (mergesSmall) {
            small.forEach(segment -> segment.copyTo(entries));
        }
        String name = context + "-" + UUID.randomUUID();
        Path unfinished = folder.resolve(name + UNFINISHED);
        Segment.write(unfinished, entries);
        Files.move(unfinished, folder.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
        if (mergesSmall) {
            for (Segment segment : small) {
                Files.deleteIfExists(segment.file());
            }
        }
    }

    private record Old(Path file, BasicFileAttributes attributes) {}

    private void makeRoom() throws IOException {
        List<Old> files = new ArrayList<>();
        Instant abandoned = Instant.now().minus(ABANDONED_AFTER);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                BasicFileAttributes attributes =
                        Files.readAttributes(
                                file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (file.toString().endsWith(ENDING)) {
                    files.add(new Old(file, attributes));
                } else if (file.toString().endsWith(UNFINISHED)
                        && attributes.lastModifiedTime().toInstant().isBefore(abandoned)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        files.sort(Comparator.comparing(old -> old.attributes().lastModifiedTime()));
        long total = files.stream().mapToLong(old -> old.attributes().size()).sum();
        for (Old old : files) {
            if (total <= MOST_BYTES) {
                return;
            }
            Files.deleteIfExists(old.file());
            total -= old.attributes().size();
        }
    }
}
