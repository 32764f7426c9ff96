package dev.bartizan.artifacts.trees;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.boosted.BoostedLimits;
import dev.bartizan.formats.boosted.LightgbmReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;

/// Models of LightGBM as text (`save_model`, versions 2 to 4): every tree whole, every child in
/// range; nothing in it runs.
public final class LightgbmAnalyser implements FormatAnalyser {
    private static final int MOST_BYTES = 32 << 20;
    private static final int HEAD_BYTES = 256;

    private static final LazyPattern SIZES = LazyPattern.of("(?m)^tree_sizes=([0-9 ]{1,1000000}+)");
    private static final Rule BROKEN =
            Rule.structure("lightgbm-structure", "Have the model saved again.", "CWE-125");

    /// Made for the list of formats.
    public LightgbmAnalyser() {}

    @Override
    public String format() {
        return "lightgbm";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return LightgbmReader.isModel(item.head(HEAD_BYTES));
    }

    /// Readers leap from tree to tree by their sizes.
    private static void sizes(String model, Notes notes) {
        Matcher sizes = SIZES.matcher(model);
        int first = model.indexOf("\nTree=") + 1;
        if (first == 0 || !sizes.find() || sizes.start() > first) {
            return;
        }
        long at = first;
        for (String size : sizes.group(1).strip().split(" ", -1)) {
            if (at >= model.length() || !model.startsWith("Tree=", (int) at)) {
                notes.broken(BROKEN, Severity.LOW, at, "No tree stands where tree_sizes says");
                return;
            }
            at += size.matches("[0-9]{1,15}") ? Long.parseLong(size) : model.length();
        }
        if (at > model.length()) {
            notes.broken(BROKEN, Severity.LOW, first, "The last tree ends behind the file");
        }
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        if (item.bytes().size() > MOST_BYTES) {
            throw FormatException.unsupported(
                    0, "A LightGBM model larger than " + MOST_BYTES + " bytes");
        }
        byte[] bytes = item.bytes().bytes(0, MOST_BYTES);
        notes.coverAll();
        CodeInText.call(new String(bytes, StandardCharsets.UTF_8))
                .ifPresent(call ->
                        notes.finding(
                                TextRules.CODE_IN_METADATA,
                                Severity.MEDIUM,
                                0,
                                "A text in the model holds a program: " + call));
        sizes(new String(bytes, StandardCharsets.ISO_8859_1), notes);
        LightgbmReader.read(bytes, BoostedLimits.USUAL);
    }
}
