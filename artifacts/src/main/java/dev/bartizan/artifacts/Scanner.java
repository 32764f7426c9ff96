package dev.bartizan.artifacts;

import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.Checksum;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.OutOfTime;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.TimeLimit;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/// Says what loading model files would do, by their content alone. Nothing is executed, unpickled,
/// imported or rendered.
public final class Scanner {
    private static final int MOST_MEMBERS_LISTED = 10_000;
    private static final long READ_AGAIN_BYTES = 1 << 20;
    private static final Rule CHECKSUM =
            Rule.structure(
                    "archive-structure",
                    "Download the file again or have it saved again; do not load a broken file.",
                    "CWE-354");

    private static final Rule EXHAUSTS =
            Rule.structure(
                    "resource-limit",
                    "Do not load it; have it saved again, or scan it with a larger heap.",
                    "CWE-400");

    private static final Rule TIME =
            Rule.structure(
                    "time-limit",
                    "Do not load it; have it saved again, or unpack it and scan its parts one by one.",
                    "CWE-400");

    private final Inspection inspection;

    private final ScanSettings settings;

    private final Optional<ScanMemory> memory;

    private final LongFunction<TimeLimit> times;

    /// How many threads may help the one that looks at a file.
    private final int helpers;

    /// A scanner of every format there is, reading no more than verdicts need.
    public Scanner() {
        this(ScanSettings.USUAL);
    }

    /// A scanner of every format there is.
    public Scanner(ScanSettings settings) {
        this(settings, Optional.empty());
    }

    /// The same, which does not look again at files that it knows.
    ///
    /// @param memory opened for these settings; not asked where every byte is to be read
    public Scanner(ScanSettings settings, Optional<ScanMemory> memory) {
        this(settings, memory, TimeLimit::forFile);
    }

    /// @param times how long a file of a size may be looked at
    Scanner(ScanSettings settings, Optional<ScanMemory> memory, LongFunction<TimeLimit> times) {
        this(settings, memory, times, Runtime.getRuntime().availableProcessors() - 1);
    }

    /// @param helpers how many threads may help the one that looks at a file
    Scanner(
            ScanSettings settings,
            Optional<ScanMemory> memory,
            LongFunction<TimeLimit> times,
            int helpers) {
        this.helpers = helpers;
        this.settings = settings;
        this.times = times;
        this.memory = memory.filter(_ -> settings.reading() == ScanSettings.Reading.HEADERS);
        this.inspection = new Inspection(Formats.ALL, settings.watchers());
    }

    /// Every format there is, in the order in which they look.
    public static List<FormatAnalyser> formats() {
        return Formats.ALL;
    }

    /// Scans a file, or every file of a folder; hidden ones too, links to folders are not followed.
    ///
    /// @param path as the user typed it; reports repeat it
    /// @throws UserError when there is no such file or folder
    /// @throws IOException when it cannot be read
    public ScanReport scan(Path path) throws IOException {
        return scan(path, path.toString());
    }

    /// The same under another name.
    ///
    /// @param shown what reports call it
    public ScanReport scan(Path path, String shown) throws IOException {
        if (Files.isDirectory(path)) {
            return new ScanReport(scanAll(path, shown));
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserError("No such file or folder", shown, "Check the path.");
        }
        return new ScanReport(List.of(scanFile(FoundFile.at(path), shown)));
    }

    private List<FileReport> scanAll(Path folder, String shown) throws IOException {
        List<FoundFile> files = FoundFile.below(folder);
        String prefix = shown.endsWith("/") ? shown : shown + "/";
        AtomicInteger done = new AtomicInteger();
        try {
            List<FileReport> reports =
                    files.parallelStream()
                            .map(file -> {
                                FileReport report =
                                        uncheckedScan(file, prefix + file.name(), folder);
                                settings.progress().scanned(done.incrementAndGet(), files.size());
                                return report;
                            })
                            .toList();
            return NeighbourFiles.look(files, LoadedCode.look(files, reports));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private FileReport uncheckedScan(FoundFile file, String shown, Path folder) {
        try {
            FileReport report = scanFile(file, shown);
            return file.kind() == FoundFile.Kind.LINKED_FILE
                            || file.kind() == FoundFile.Kind.FOLDER_LINK
                    ? LinkedFiles.look(file.path(), folder, shown).map(report::with).orElse(report)
                    : report;
        } catch (IOException e) {
            return unreadable(shown, "It cannot be read: " + e);
        }
    }

    private FileReport scanFile(FoundFile found, String shown) throws IOException {
        return switch (found.kind()) {
            case BROKEN_LINK -> unreadable(shown, "The link points nowhere");
            case OTHER -> unreadable(shown, "It is no regular file");
            case FOLDER_LINK -> linkedFolder(shown);
            case FILE, LINKED_FILE -> scanRegular(found.path(), shown);
        };
    }

    private FileReport scanRegular(Path file, String shown) throws IOException {
        Optional<Path> place = Optional.of(file);
        if (memory.isPresent() && shown.indexOf('!') < 0) { // members of archives have one
            return memory.get().scan(file, shown, bytes -> look(place, shown, bytes));
        }
        try (ByteSource bytes = ByteSource.open(file)) {
            return look(place, shown, bytes).report();
        }
    }

    /// Scans bytes that lie in no file.
    ///
    /// @param name shown in the report
    public FileReport scan(String name, ByteSource bytes) throws IOException {
        return look(Optional.empty(), name, bytes).report();
    }

    private ScanMemory.Looked look(Optional<Path> file, String shown, ByteSource bytes)
            throws IOException {
        TimeLimit time = times.apply(bytes.size());
        Item item = new Item(shown, time.around(bytes), file, 0, Item.Role.ANY);
        Notes notes = new Notes(item, inspection, Budget.forFile(bytes.size(), time, helpers));
        boolean isFinished = inspect(item, notes);
        FileReport report =
                switch (settings.reading()) {
                    case HEADERS -> report(notes, Optional.empty());
                    case EVERY_BYTE -> report(notes, Optional.of(readWhole(file, bytes, notes)));
                };
        return new ScanMemory.Looked(report, isFinished && !item.isPlaceAsked());
    }

    /// Looks as long as there are memory and time; false when one of them ran out. Limits keep
    /// readers far from this. Should a file find a way all the same, it is told of like any other
    /// that no reader could finish, and the scan goes on.
    private boolean inspect(Item item, Notes notes) throws IOException {
        try {
            inspection.inspect(item, notes);
            return true;
        } catch (OutOfMemoryError | StackOverflowError e) {
            notes.broken(
                    EXHAUSTS, Severity.MEDIUM, 0, "Reading it exhausts what the scanner may use");
            notes.notCovered("what was not read when memory ran out (" + e + ")");
        } catch (OutOfTime e) {
            notes.broken(TIME, Severity.MEDIUM, 0, e.what());
            notes.notCovered("what was not looked at when the time was up");
        }
        return false;
    }

    private static Digest readWhole(Optional<Path> file, ByteSource bytes, Notes notes)
            throws IOException {
        boolean isLarge = bytes.size() > READ_AGAIN_BYTES && file.isPresent();
        WholeRead.Result result =
                isLarge
                        ? WholeRead.of(file.get(), notes.checksums())
                        : WholeRead.of(bytes, notes.checksums());
        for (Checksum part : result.wrong()) {
            notes.broken(
                    CHECKSUM,
                    Severity.MEDIUM,
                    part.from(),
                    "\"" + part.name() + "\": The checksum is not the promised one");
        }
        return result.digest();
    }

    private static FileReport report(Notes notes, Optional<Digest> sha256) {
        long total = notes.item().bytes().size();
        List<FileReport> members = new ArrayList<>();
        for (Notes member : notes.members()) {
            if (members.size() < MOST_MEMBERS_LISTED) {
                members.add(report(member, Optional.empty()));
            }
        }
        return new FileReport(
                notes.item().path(),
                verdict(notes, total),
                notes.formats(),
                notes.canHoldCode(),
                notes.findings(),
                notes.coveredBytes(),
                total,
                notes.uncovered(),
                notes.explanation(),
                members,
                notes.reaches(),
                sha256);
    }

    private static Verdict verdict(Notes notes, long total) {
        if (has(notes.findings(), Severity.HIGH)) {
            return Verdict.MALICIOUS;
        }
        if (notes.isSuspicious()) {
            return Verdict.SUSPICIOUS;
        }
        if (notes.isBroken()) {
            return Verdict.UNREADABLE;
        }
        boolean isWhole = notes.uncovered().isEmpty() && notes.coveredBytes() >= total;
        return isWhole ? Verdict.CLEAN : Verdict.NOT_COVERED;
    }

    private static boolean has(List<Finding> findings, Severity atLeast) {
        return findings.stream().anyMatch(finding -> finding.severity().isAtLeast(atLeast));
    }

    /// A folder reached by a link may lie anywhere, so it is not entered; nothing is said about
    /// what lies there.
    private static FileReport linkedFolder(String shown) {
        return unread(
                shown,
                Verdict.NOT_COVERED,
                "It is a link to a folder and was not followed: scan that folder by its own path");
    }

    private static FileReport unreadable(String shown, String reason) {
        return unread(shown, Verdict.UNREADABLE, reason);
    }

    private static FileReport unread(String shown, Verdict verdict, String reason) {
        return new FileReport(
                shown,
                verdict,
                List.of(),
                false,
                List.of(),
                0,
                0,
                List.of(reason),
                "",
                List.of(),
                List.of(),
                Optional.empty());
    }
}
