package dev.bartizan.artifacts.rdata;

import dev.bartizan.artifacts.plain.BinaryStrings;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Objects that R saved (`saveRDS`, `save`): promises, which run when a value is touched, and
/// functions that run commands. Usually packed by gzip, which is opened before.
public final class RdsAnalyser implements FormatAnalyser {
    private static final Set<String> RUNS =
            Set.of(
                    "system",
                    "system2",
                    "shell",
                    "shell.exec",
                    "pipe",
                    "dyn.load",
                    "library.dynam",
                    "Sys.setenv",
                    "download.file",
                    "source",
                    "unlink",
                    "file.remove",
                    "socketConnection",
                    "url",
                    "browseURL");
    private static final Set<String> RUNS_COMMANDS =
            Set.of("system", "system2", "shell", "shell.exec", "pipe", "dyn.load");
    private static final Rule PROMISE =
            Rule.code(
                    "r-promise",
                    "Do not load it; values in it run code when they are touched.",
                    "CWE-502");
    private static final Rule FUNCTION =
            Rule.code(
                    "r-function-reaches-out",
                    "Read the function before anything calls it.",
                    "CWE-502");
    private static final Rule BROKEN =
            Rule.structure("r-structure", "Have the object saved again.", "CWE-20");

    /// Made for the list of formats.
    public RdsAnalyser() {}

    @Override
    public String format() {
        return "r-data";
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return start(item.bytes()) >= 0;
    }

    /// Where the format's letter stands: at 0, or behind the line that `save` writes.
    private static long start(ByteSource bytes) throws IOException {
        boolean isWorkspace =
                bytes.has(0, "RDX2\n")
                        || bytes.has(0, "RDX3\n")
                        || bytes.has(0, "RDA2\n")
                        || bytes.has(0, "RDA3\n")
                        || bytes.has(0, "RDB3\n")
                        || bytes.has(0, "RDB2\n");
        long at = isWorkspace ? 5 : 0;
        if (bytes.has(at, "X\n\0\0\0") || (isWorkspace && isForm(bytes, at))) {
            return at;
        }
        return bytes.has(at, "A\n2\n") || bytes.has(at, "A\n3\n") ? at : -1;
    }

    private static boolean isForm(ByteSource bytes, long at) throws IOException {
        return bytes.has(at, "X\n") || bytes.has(at, "A\n") || bytes.has(at, "B\n");
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        long at = start(item.bytes());
        BinaryStrings.look(item, notes);
        if (!item.bytes().has(at, "X\n")) {
            notes.notCovered("R data in text or in the byte order of a machine");
            return;
        }
        ByteReader in = new ByteReader(item.bytes(), at + 2);
        long version = in.u32BigEndian();
        if (version == 2 || version == 3) {
            in.skip(8);
        }
        if (version == 3) {
            in.skip(in.u32BigEndian());
        } else if (version != 2) {
            notes.notCovered("R data of a version that cannot be read");
            return;
        }
        Set<String> seen = new HashSet<>();
        RdsWalk walk =
                new RdsWalk(
                        in,
                        use -> {
                            if (seen.add(use.place() + use.name())) {
                                report(use, notes);
                            }
                        });
        walk.item(RdsWalk.Place.DATA, 0);
        notes.cover(0, in.position());
        if (in.remaining() > 0) {
            notes.broken(
                    BROKEN,
                    Severity.LOW,
                    in.position(),
                    in.remaining() + " bytes stand behind the object");
            notes.member(
                    "behind-the-object",
                    item.bytes().slice(in.position(), in.remaining()),
                    in.position(),
                    item.bytes().size());
        }
    }

    private static void report(RdsWalk.Use use, Notes notes) {
        boolean runs = RUNS.contains(use.name());
        switch (use.place()) {
            case PROMISE -> {
                if (runs || use.name().isEmpty()) {
                    notes.finding(
                            PROMISE,
                            runs ? Severity.CRITICAL : Severity.MEDIUM,
                            use.offset(),
                            runs
                                    ? "A value runs "
                                            + use.name()
                                            + " when it is touched (CVE-2024-27322)"
                                    : "A value is a promise, which is evaluated when it is touched");
                }
            }
            case FUNCTION, DATA -> {
                if (runs) {
                    boolean isCommand = RUNS_COMMANDS.contains(use.name());
                    boolean isKept = use.place() == RdsWalk.Place.DATA;
                    notes.finding(
                            FUNCTION,
                            isCommand ? isKept ? Severity.MEDIUM : Severity.HIGH : Severity.LOW,
                            use.offset(),
                            (isKept ? "A kept call" : "A function in the data")
                                    + " runs "
                                    + use.name());
                }
            }
        }
    }
}
