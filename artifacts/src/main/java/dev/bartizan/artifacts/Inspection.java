package dev.bartizan.artifacts;

import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.plain.PlainContent;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Inspector;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.formats.FormatException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Runs every analyser that recognises an item. What none recognises is told apart into text and
/// unknown bytes.
record Inspection(List<FormatAnalyser> analysers) implements Inspector {
    @Override
    public void inspect(Item item, Notes notes) throws IOException {
        if (item.role() == Item.Role.NUMBERS
                && !PickleAnalyser.isPickleAmongNumbers(item.bytes())) {
            notes.coverAll();
            return;
        }
        List<FormatAnalyser> matching = new ArrayList<>();
        for (FormatAnalyser analyser : analysers) {
            if (analyser.recognises(item)) {
                matching.add(analyser);
                notes.format(analyser.format(), analyser.canHoldCode());
            }
        }
        for (FormatAnalyser analyser : matching) {
            run(analyser, item, notes);
        }
        if (matching.isEmpty()) {
            PlainContent.look(item, notes);
        }
        long left = item.bytes().size() - notes.coveredBytes();
        if (left > 0 && notes.uncovered().isEmpty()) {
            notes.notCovered(left + " bytes that no reader got to");
        }
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
