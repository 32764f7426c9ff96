package dev.bartizan.artifacts.gguf;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import java.io.IOException;

/// The formats before GGUF (`ggml`, `ggmf`, `ggjt`): recognised, not analysed.
public final class GgmlAnalyser implements FormatAnalyser {
    private static final int SHORTEST_BYTES = 32;
    private static final Rule BROKEN =
            Rule.structure("ggml-structure", "Convert the model to GGUF.", "CWE-1284");

    /// Made for the list of formats.
    public GgmlAnalyser() {}

    @Override
    public String format() {
        return "ggml";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        for (String magic :
                new String[] {"GGML", "GGMF", "GGJT", "GGLA", "lmgg", "fmgg", "tjgg", "algg"}) {
            if (item.bytes().has(0, magic)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException {
        if (item.bytes().size() < SHORTEST_BYTES) {
            notes.broken(
                    BROKEN, Severity.LOW, item.bytes().size(), "The file ends inside its header");
        }
        notes.notCovered("ggml files from before GGUF");
    }
}
