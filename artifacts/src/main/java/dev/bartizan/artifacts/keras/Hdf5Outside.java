package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.hdf5.Hdf5Tree.Dataset;
import dev.bartizan.formats.hdf5.Hdf5Tree.Link;
import java.util.List;

/// What makes an HDF5 library open other files: external links, raw data kept elsewhere, virtual
/// datasets; and links that only code of a program can follow. A model keeps all of itself in one
/// file.
final class Hdf5Outside {
    static final Rule OTHER_FILE =
            new Rule(
                    "hdf5-reads-other-files",
                    "Do not load it; loading reads a file that is not part of the model.",
                    List.of("CWE-73", "CWE-22"),
                    List.of(Rule.UNSAFE_ARTIFACT));
    static final Rule USER_LINK =
            Rule.code(
                    "hdf5-user-defined-link",
                    "Find out which program registers this kind of link.",
                    "CWE-829");

    private final long start;
    private final Notes notes;

    Hdf5Outside(long start, Notes notes) {
        this.start = start;
        this.notes = notes;
    }

    void link(Link link) {
        switch (link.type()) {
            case SOFT -> {}
            case EXTERNAL ->
                    notes.finding(
                            OTHER_FILE,
                            NamedPaths.isOutside(link.file()) ? Severity.HIGH : Severity.MEDIUM,
                            start + link.offset(),
                            "The link \""
                                    + Shown.text(link.path())
                                    + "\" opens the file \""
                                    + Shown.text(link.file())
                                    + "\"");
            case USER_DEFINED ->
                    notes.finding(
                            USER_LINK,
                            Severity.MEDIUM,
                            start + link.offset(),
                            "The link \""
                                    + Shown.text(link.path())
                                    + "\" is of a kind that a program must register ("
                                    + link.target()
                                    + ")");
        }
    }

    /// Keras read such files whatever they were until CVE-2026-1669 was mended.
    void dataset(Dataset dataset) {
        for (String file : dataset.otherFiles()) {
            if (!file.equals(".")) {
                notes.findingAt(
                        OTHER_FILE,
                        Severity.HIGH,
                        notes.item().path() + "#" + Shown.text(dataset.path()),
                        "The data of \""
                                + Shown.text(dataset.path())
                                + "\" are read from the file \""
                                + Shown.text(file)
                                + "\" (CVE-2026-1669)");
            }
        }
    }
}
