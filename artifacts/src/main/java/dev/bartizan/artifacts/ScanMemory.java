package dev.bartizan.artifacts;

import dev.bartizan.artifacts.store.ResultStore;
import dev.bartizan.artifacts.store.StoreKey;
import dev.bartizan.core.Digest;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What earlier scans said, so that a file that has not changed is not looked at again
/// (docs/adr/0006). A result holds for the build of the scanner, the options, the size of the heap
/// (readers' limits depend on it), the name of the file, and
///
/// - inode, size, time of change of the bytes and time of change of the inode (`ctime`, which no
///   program can set), where the file lies on the file system of this memory, that is one known to
///   move `ctime` even for writes through a mapping, and was left alone for {@link #SETTLED_AFTER}
///   before it is scanned;
/// - elsewhere, and until then, the SHA-256 of the bytes, for files up to {@link
///   #MOST_DIGESTED_BYTES}.
///
/// What depends on more than a file's bytes and name is never kept: see {@link
/// dev.bartizan.artifacts.spi.Item#file}. Several threads may use one at once.
public final class ScanMemory {
    /// Longer files are not known by digest: hashing them costs more than looking at them.
    static final int MOST_DIGESTED_BYTES = 1 << 16;

    /// A page mapped for writing can change without a change of `ctime` until it is written back,
    /// 35 seconds by default (Linux, vm.dirty_expire_centisecs and dirty_writeback_centisecs).
    static final Duration SETTLED_AFTER = Duration.ofSeconds(60);

    /// ext4 was measured (docs/adr/0006); the others do the same by their source. tmpfs does not.
    private static final Set<String> KEEPING_TIMES =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "overlay");

    private static final String STATE = "unix:dev,ino,size,lastModifiedTime,ctime";

    private final ResultStore store;
    private final Optional<Long> device;
    private final InstantSource clock;
    private final AtomicInteger recalled = new AtomicInteger();

    /// What a scan of a file gave.
    ///
    /// @param dependsOnBytesAlone whether the same bytes under the same name get the same report
    record Looked(FileReport report, boolean dependsOnBytesAlone) {}

    /// Looks at the bytes of a file.
    @FunctionalInterface
    interface Looking {
        Looked look(ByteSource bytes) throws IOException;
    }

    /// What tells whether a file changed.
    private record State(long inode, long size, FileTime modified, FileTime changed) {
        StoreKey key() {
            return new StoreKey(
                    inode,
                    changed.to(TimeUnit.NANOSECONDS),
                    modified.to(TimeUnit.NANOSECONDS),
                    size);
        }

        /// Whether the file was left alone for a while. A change after this was asked has another
        /// `ctime`, so that nothing finds a report kept under this one.
        boolean isSettledAt(Instant now) {
            return changed.toInstant().isBefore(now.minus(SETTLED_AFTER));
        }
    }

    /// What a report is kept under.
    ///
    /// @param label kind of key, and name of the file; kept with the report, to be the same
    private record Entry(StoreKey key, String label, String shown) {}

    private ScanMemory(ResultStore store, Optional<Long> device, InstantSource clock) {
        this.store = store;
        this.device = device;
        this.clock = clock;
    }

    /// The memory in a folder, which is made where its parent is there.
    ///
    /// @param build tells one build of the scanner, rules and catalogues with it, from every other
    /// @param options every option that changes what a scan says of a file
    /// @return empty when the folder cannot be used, or others may write to it
    public static Optional<ScanMemory> open(Path folder, String build, List<String> options) {
        return open(folder, build, options, InstantSource.system());
    }

    static Optional<ScanMemory> open(
            Path folder, String build, List<String> options, InstantSource clock) {
        String heap = Long.toString(Runtime.getRuntime().maxMemory());
        String context = Digest.of(build + "\n" + heap + "\n" + String.join("\n", options)).hex();
        return ResultStore.open(folder, context)
                .map(store -> new ScanMemory(store, deviceOf(folder), clock));
    }

    /// The device on which times are believed.
    private static Optional<Long> deviceOf(Path folder) {
        try {
            boolean isKnown = KEEPING_TIMES.contains(Files.getFileStore(folder).type());
            return isKnown
                    ? Optional.of((Long) Files.getAttribute(folder, "unix:dev"))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // no such attribute here: files are known by digest alone
        }
    }

    /// The report on a file: an earlier one where it holds, else a new one, which is kept.
    ///
    /// @param shown what reports call it
    FileReport scan(Path file, String shown, Looking looking) throws IOException {
        String name = shown.substring(shown.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        Instant now = clock.instant();
        Optional<State> settled = state(file).filter(state -> state.isSettledAt(now));
        if (settled.isPresent()) {
            Entry entry = new Entry(settled.get().key(), "state of " + name, shown);
            Optional<FileReport> known = recall(entry);
            if (known.isPresent()) {
                return known.get();
            }
            try (ByteSource bytes = ByteSource.open(file)) {
                return anew(entry, bytes, looking);
            }
        }
        try (ByteSource bytes = ByteSource.open(file)) {
            if (bytes.size() > MOST_DIGESTED_BYTES) {
                return looking.look(bytes).report();
            }
            Entry entry = new Entry(digest(name, bytes), "bytes of " + name, shown);
            Optional<FileReport> known = recall(entry);
            return known.isPresent() ? known.get() : anew(entry, bytes, looking);
        }
    }

    private Optional<State> state(Path file) throws IOException {
        if (device.isEmpty() || !file.getFileSystem().equals(FileSystems.getDefault())) {
            return Optional.empty();
        }
        Map<String, Object> read = Files.readAttributes(file, STATE);
        boolean isHere = device.get().equals(read.get("dev"));
        return isHere
                        && read.get("ino") instanceof Number inode
                        && read.get("size") instanceof Number size
                        && read.get("lastModifiedTime") instanceof FileTime modified
                        && read.get("ctime") instanceof FileTime changed
                ? Optional.of(new State(inode.longValue(), size.longValue(), modified, changed))
                : Optional.empty();
    }

    private static StoreKey digest(String name, ByteSource bytes) throws IOException {
        MessageDigest digest = Digest.sha256();
        digest.update((name + "/").getBytes(StandardCharsets.UTF_8)); // no name holds a slash
        digest.update(bytes.bytes(0, MOST_DIGESTED_BYTES));
        return StoreKey.of(digest.digest());
    }

    private Optional<FileReport> recall(Entry entry) {
        Optional<byte[]> bytes = store.find(entry.key());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileReport report = ReportBytes.read(bytes.get(), entry.label(), entry.shown());
            recalled.incrementAndGet();
            return Optional.of(report);
        } catch (IOException e) {
            return Optional.empty(); // of another name, or damaged: looked at again
        }
    }

    private FileReport anew(Entry entry, ByteSource bytes, Looking looking) throws IOException {
        Looked looked = looking.look(bytes);
        if (looked.dependsOnBytesAlone()) {
            ReportBytes.write(looked.report(), entry.label(), entry.shown())
                    .ifPresent(kept -> store.keep(entry.key(), kept));
        }
        return looked.report();
    }

    /// How many files were not looked at, because an earlier report on them holds.
    public int recalled() {
        return recalled.get();
    }

    /// Writes down what this scan learnt. What goes wrong loses results, no more.
    public void save() {
        store.save();
    }
}
