package dev.bartizan.artifacts.archive;

import dev.bartizan.artifacts.spi.Rule;
import java.util.List;

/// What findings in archives mean.
final class ArchiveRules {
    static final Rule BROKEN =
            Rule.structure("archive-structure", "Download the archive again.", "CWE-20");
    static final Rule AMBIGUOUS =
            Rule.structure(
                    "archive-readers-disagree",
                    "Have the archive packed again by an ordinary tool; readers see different contents"
                            + " in this one.",
                    "CWE-436");
    static final Rule ESCAPES =
            new Rule(
                    "archive-escapes-its-folder",
                    "Do not unpack it.",
                    List.of("CWE-22"),
                    List.of(Rule.UNSAFE_ARTIFACT));
    static final Rule BOMB =
            Rule.structure(
                    "archive-bomb",
                    "Do not unpack it; it is made to exhaust memory or disk.",
                    "CWE-409");
    static final Rule HIDDEN =
            Rule.structure(
                    "archive-hidden-member",
                    "Have the archive packed again; it holds a member that its directory hides.",
                    "CWE-436");

    private ArchiveRules() {}
}
