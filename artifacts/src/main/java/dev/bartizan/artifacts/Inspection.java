package dev.bartizan.artifacts;

import dev.bartizan.artifacts.config.TomlFiles;
import dev.bartizan.artifacts.config.YamlServers;
import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.instructions.AgentSettings;
import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.pickle.Embedded;
import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.plain.Documents;
import dev.bartizan.artifacts.plain.LfsPointer;
import dev.bartizan.artifacts.plain.PlainContent;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Inspector;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Range;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.TextWatcher;
import dev.bartizan.artifacts.text.BuildFiles;
import dev.bartizan.artifacts.text.EncodedFiles;
import dev.bartizan.artifacts.text.StartupCode;
import dev.bartizan.artifacts.text.TextContent;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Runs every analyser that recognises an item. What none recognises is told apart into text and
/// unknown bytes.
record Inspection(List<FormatAnalyser> analysers, List<TextWatcher> watchers) implements Inspector {
    /// `curl|sh`.
    private static final int SHORTEST_COMMAND = 7;

    private static final int ASCII = 0x7f;
    private static final Set<String> PROSE = Set.of("script", "settings", "xml");

    /// Formats whose first bytes, or whose checks, other bytes do not have by chance.
    private static final Set<String> TOLD_BY_MUCH =
            Set.of(
                    "zip",
                    "tar",
                    "gzip",
                    "bzip2",
                    "xz",
                    "zstd",
                    "lz4",
                    "snappy",
                    "7z",
                    "safetensors",
                    "numpy",
                    "hdf5",
                    "gguf",
                    "tflite",
                    "parquet",
                    "arrow",
                    "ocdbt");

    private static final int MOST_GAPS_NAMED = 3;
    private static final long TAIL_BYTES = 1 << 16;

    @Override
    public void inspect(Item item, Notes notes) throws IOException {
        if (item.role() == Item.Role.NUMBERS
                && !PickleAnalyser.isPickleAmongNumbers(item.bytes())) {
            notes.coverAll();
            HiddenFiles.look(item.bytes(), 0, notes);
            return;
        }
        if (LfsPointer.isOne(item)) {
            LfsPointer.look(notes);
            return;
        }
        List<FormatAnalyser> matching = new ArrayList<>();
        for (FormatAnalyser analyser : analysers) {
            if (isOf(analyser, item, notes)) {
                matching.add(analyser);
                notes.format(analyser.format(), analyser.canHoldCode());
            }
        }
        if (item.role() == Item.Role.VALUE && matching.isEmpty()) {
            notes.coverAll();
            HiddenFiles.look(item.bytes(), 0, notes);
            return;
        }
        for (FormatAnalyser analyser : matching) {
            notes.checkTime();
            run(analyser, item, notes);
        }
        if (matching.isEmpty()) {
            PlainContent.look(item, notes);
        }
        if (!matching.isEmpty() && notes.isBroken()) {
            PlainContent.program(item, notes);
        }
        Documents.look(item, notes);
        if (!matching.isEmpty() && matching.stream().allMatch(Inspection::isText)) {
            PlainContent.named(item, notes);
            PlainContent.script(item, notes);
        }
        behind(item, matching, notes);
        List<Range> gaps = notes.uncovered().isEmpty() ? notes.gaps() : List.of();
        if (!gaps.isEmpty()) {
            notes.notCovered(unread(gaps));
        }
        readTexts(item, matching, notes);
    }

    /// Values of tables are data of any kind, some of which begins like a file by chance: of a
    /// format that is told by little they are only when all of them is.
    private boolean isOf(FormatAnalyser analyser, Item item, Notes notes) throws IOException {
        if (item.role() != Item.Role.VALUE) {
            return analyser.recognises(item);
        }
        if (analyser.format().equals("pickle")) {
            return PickleAnalyser.isPickleAmongNumbers(item.bytes());
        }
        if (isText(analyser) || !analyser.recognises(item)) {
            return false;
        }
        if (TOLD_BY_MUCH.contains(analyser.format())) {
            return true;
        }
        Notes trial = new Notes(item, this, notes.budget());
        run(analyser, item, trial);
        return trial.gaps().isEmpty() && !trial.isBroken();
    }

    @Override
    public void watch(String text, Notes notes) {
        for (TextWatcher watcher : watchers) {
            notes.checkTime();
            watcher.look(text, notes);
        }
    }

    private static String unread(List<Range> gaps) {
        long bytes = gaps.stream().mapToLong(Range::length).sum();
        String places =
                gaps.stream()
                        .limit(MOST_GAPS_NAMED)
                        .map(Range::toString)
                        .collect(Collectors.joining(", "));
        return bytes
                + " bytes that no reader got to, at "
                + places
                + (gaps.size() > MOST_GAPS_NAMED ? " and elsewhere" : "");
    }

    /// A pickle at the end of another format: readers of that format stop before it, others start
    /// there. What is bad already needs no second finding.
    private static void behind(Item item, List<FormatAnalyser> matching, Notes notes)
            throws IOException {
        boolean isOfAFormat = matching.stream().anyMatch(each -> !isText(each));
        boolean isKnownBad =
                notes.findings().stream()
                        .anyMatch(finding -> finding.severity().isAtLeast(Severity.HIGH));
        boolean isPickle = notes.formats().contains("pickle");
        if (isOfAFormat && !isKnownBad && !isPickle) {
            long tail = Math.max(0, item.bytes().size() - TAIL_BYTES);
            for (Range gap : notes.besidesPickles(tail)) {
                Embedded.report(item.bytes(), gap.from(), gap.to(), notes);
            }
        }
    }

    private static boolean isText(FormatAnalyser analyser) {
        return PROSE.contains(analyser.format()) || analyser.format().equals("json");
    }

    /// Texts are looked at for what they say as well, whatever else they are.
    private void readTexts(Item item, List<FormatAnalyser> matching, Notes notes)
            throws IOException {
        boolean isProse = matching.stream().allMatch(analyser -> PROSE.contains(analyser.format()));
        boolean isText =
                isProse || matching.stream().anyMatch(analyser -> analyser.format().equals("json"));
        if (!isText && watchers.isEmpty()) {
            return;
        }
        Optional<String> text = TextContent.of(item);
        if (text.isPresent()) {
            notes.checkTime();
            if (isText) {
                EncodedFiles.look(text.get(), notes);
                StartupCode.look(text.get(), notes);
            }
            if (isProse && isSaying(text.get())) {
                Instructions.lookAtText(text.get(), notes);
                BuildFiles.look(text.get(), notes);
                AgentSettings.lookAtText(text.get(), notes);
                TomlFiles.look(text.get(), notes);
                YamlServers.look(text.get(), notes);
            }
            watch(text.get(), notes);
        }
    }

    /// Whether a text has room for a command or an order; versions and numbers have none.
    private static boolean isSaying(String text) {
        return text.length() >= SHORTEST_COMMAND
                && text.codePoints().anyMatch(c -> c > ASCII || Character.isLetter(c));
    }

    private static void run(FormatAnalyser analyser, Item item, Notes notes) throws IOException {
        try {
            analyser.analyse(item, notes);
        } catch (FormatException e) {
            Rule rule =
                    Rule.structure(
                            analyser.format() + "-structure",
                            "Download the file again or have it saved again; do not load a broken"
                                    + " file.",
                            "CWE-20");
            notes.broken(rule, e);
        }
    }
}
