package dev.bartizan.artifacts.trees;

import dev.bartizan.artifacts.plain.BinaryStrings;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.flatbuffer.FlatTable;
import java.io.IOException;

/// CatBoost models (catboost, `libs/model/flatbuffers/model.fbs`): the letters CBM1, a length, and
/// a FlatBuffer of trees and descriptions; nothing in it runs.
public final class CatBoostAnalyser implements FormatAnalyser {
    private static final int HEAD_BYTES = 8;
    private static final int TREES = 1;
    private static final int DESCRIPTIONS = 2;
    private static final int MOST_DESCRIPTIONS = 100_000;
    private static final Rule BROKEN =
            Rule.structure("catboost-structure", "Have the model saved again.", "CWE-20");

    /// Made for the list of formats.
    public CatBoostAnalyser() {}

    @Override
    public String format() {
        return "catboost";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return item.bytes().has(0, "CBM1");
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        BinaryStrings.look(item, notes);
        long size = new ByteReader(item.bytes(), 4).u32();
        long present = item.bytes().size() - HEAD_BYTES;
        if (size > present) {
            throw FormatException.truncated(
                    4, "The model promises " + size + " bytes, " + present + " present");
        }
        try {
            FlatTable core = FlatTable.root(item.bytes().slice(HEAD_BYTES, size));
            if (core.table(TREES).isEmpty()) {
                notes.broken(BROKEN, Severity.MEDIUM, HEAD_BYTES, "The model has no trees");
            }
            FlatTable.Vector descriptions = core.vector(DESCRIPTIONS, 4);
            for (long i = 0; i < Math.min(descriptions.count(), MOST_DESCRIPTIONS); i++) {
                MetadataText.look(
                        "description \"" + Shown.text(descriptions.table(i).text(0)) + "\"",
                        Severity.MEDIUM,
                        descriptions.table(i).text(1),
                        notes);
            }
        } catch (FormatException e) {
            notes.notCovered("the trees of the CatBoost model, which cannot be read: " + e.what());
            return;
        }
        notes.cover(0, HEAD_BYTES + size);
        if (present > size) {
            notes.notCovered("the parts behind the trees of a CatBoost model");
        }
    }
}
