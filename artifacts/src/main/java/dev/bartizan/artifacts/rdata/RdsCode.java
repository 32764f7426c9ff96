package dev.bartizan.artifacts.rdata;

import dev.bartizan.artifacts.rdata.RdsWalk.Place;
import dev.bartizan.artifacts.rdata.RdsWalk.Use;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges what code in an object of R calls: promises run when a value is touched, functions when
/// somebody calls them. Texts are data until code of the file works out texts.
final class RdsCode {
    private static final int MOST_KEPT = 10_000;
    private static final Set<String> RUNS_COMMANDS =
            Set.of("system", "system2", "shell", "shell.exec", "pipe", "dyn.load");
    private static final Set<String> RUNS =
            Set.of(
                    "library.dynam",
                    "Sys.setenv",
                    "download.file",
                    "source",
                    "unlink",
                    "file.remove",
                    "socketConnection",
                    "url",
                    "browseURL");

    /// Names that stand for nothing else: what runs commands, named to be called by another.
    private static final Set<String> TELLING_NAMES =
            Set.of("system", "system2", "shell.exec", "dyn.load");

    /// What calls, fetches or reads what it works out.
    private static final Set<String> DYNAMIC =
            Set.of(
                    "eval",
                    "evalq",
                    "eval.parent",
                    "parse",
                    "str2lang",
                    "str2expression",
                    "do.call",
                    "get",
                    "get0",
                    "mget",
                    "match.fun",
                    "getExportedValue",
                    "getFromNamespace",
                    "getAnywhere",
                    "sys.source",
                    "load",
                    "readRDS",
                    "unserialize",
                    "loadNamespace",
                    "attachNamespace",
                    "requireNamespace",
                    "library",
                    "require",
                    ".Call",
                    ".External",
                    ".External2",
                    ".C",
                    ".Fortran",
                    ".Internal",
                    "assign",
                    "delayedAssign",
                    "makeActiveBinding",
                    "reg.finalizer",
                    "baseenv",
                    "asNamespace",
                    "getNamespace",
                    "globalenv",
                    "as.environment",
                    "topenv",
                    "parent.env",
                    "writeLines",
                    "writeBin",
                    "file",
                    "fifo",
                    "file.copy",
                    "file.rename",
                    "file.create",
                    "file.append",
                    "sink",
                    "install.packages",
                    "serverSocket",
                    "curlGetHeaders",
                    "py_run_string",
                    "source_python",
                    "quit",
                    "q");

    private static final Set<String> APPLIES =
            Set.of(
                    "lapply",
                    "sapply",
                    "vapply",
                    "mapply",
                    "rapply",
                    "tapply",
                    "eapply",
                    "apply",
                    "Map",
                    "Filter",
                    "Reduce",
                    "Find",
                    "Position",
                    "outer",
                    "Vectorize",
                    "by");
    private static final Set<String> MAKES_TEXT =
            Set.of(
                    "paste",
                    "paste0",
                    "sprintf",
                    "rawToChar",
                    "intToUtf8",
                    "chartr",
                    "rev",
                    "gsub",
                    "sub",
                    "substr",
                    "substring",
                    "tolower",
                    "toupper",
                    "strsplit");
    private static final Set<String> WORKS_OUT_TEXTS =
            Set.of("parse", "str2lang", "str2expression");

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

    private final Notes notes;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Use> calledByPromises = new LinkedHashMap<>();
    private final Set<String> dynamicFunctions = new HashSet<>();
    private final List<Use> programs = new ArrayList<>(); // among the data
    private boolean worksOutTexts;

    RdsCode(Notes notes) {
        this.notes = notes;
    }

    void met(Use use) {
        boolean isNew = seen.size() >= MOST_KEPT || seen.add(key(use));
        if (!isNew) {
            return;
        }
        switch (use.kind()) {
            case CALL -> call(use);
            case SYMBOL -> {
                if (TELLING_NAMES.contains(use.name())) {
                    promise(use, Severity.HIGH, "names " + use.name());
                }
            }
            case TEXT -> text(use);
        }
    }

    private static String key(Use use) {
        return use.place() + " " + use.kind() + " " + use.holder() + " " + use.name();
    }

    private void call(Use use) {
        boolean runs = RUNS_COMMANDS.contains(use.name()) || RUNS.contains(use.name());
        switch (use.place()) {
            case PROMISE -> {
                calledByPromises.putIfAbsent(use.name(), use);
                if (runs) {
                    promise(use, Severity.CRITICAL, "runs " + use.name());
                } else if (DYNAMIC.contains(use.name())) {
                    promise(use, Severity.MEDIUM, "calls " + use.name());
                }
                worksOutTexts |= WORKS_OUT_TEXTS.contains(use.name());
            }
            case FUNCTION -> {
                if (DYNAMIC.contains(use.name()) && dynamicFunctions.size() < MOST_KEPT) {
                    dynamicFunctions.add(use.holder());
                }
                worksOutTexts |= WORKS_OUT_TEXTS.contains(use.name());
                kept(use, runs, Severity.HIGH, "A function in the data runs ");
            }
            case DATA -> kept(use, runs, Severity.MEDIUM, "A kept call runs ");
            case EVALUATED -> kept(use, runs, Severity.LOW, "A call that was already made ran ");
        }
    }

    private void kept(Use use, boolean runs, Severity commands, String what) {
        if (runs) {
            boolean isCommand = RUNS_COMMANDS.contains(use.name());
            notes.finding(
                    FUNCTION, isCommand ? commands : Severity.LOW, use.offset(), what + use.name());
        }
    }

    private void promise(Use use, Severity severity, String what) {
        notes.finding(
                PROMISE,
                severity,
                use.offset(),
                "A value " + what + " when it is touched (CVE-2024-27322)");
    }

    private void text(Use use) {
        if (use.place() == Place.PROMISE && TELLING_NAMES.contains(use.name())) {
            promise(use, Severity.MEDIUM, "names " + use.name());
        }
        if (use.name().length() < 8 || use.place() == Place.EVALUATED) {
            return;
        }
        if (use.place() != Place.DATA) {
            program(use);
        } else if (programs.size() < MOST_KEPT) {
            programs.add(use);
        }
    }

    private void program(Use use) {
        CodeInText.call(use.name())
                .ifPresent(call ->
                        notes.finding(
                                TextRules.CODE_IN_METADATA,
                                Severity.HIGH,
                                use.offset(),
                                "Text in the file holds a program: " + call));
    }

    /// What is known only when all of the file was read.
    void end() {
        if (worksOutTexts) {
            programs.forEach(this::program);
        }
        boolean isMade = MAKES_TEXT.stream().anyMatch(calledByPromises::containsKey);
        calledByPromises.forEach((name, use) -> {
            boolean isApplied = isMade && APPLIES.contains(name);
            if (isApplied || dynamicFunctions.contains(name)) {
                promise(use, Severity.MEDIUM, "calls " + name);
            }
        });
    }
}
