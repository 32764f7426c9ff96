package dev.bartizan.artifacts.trees;

import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.boosted.XgboostReader;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.ubjson.UbjReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Models of XGBoost in Universal Binary JSON, which is what `save_model` writes by default: the
/// same document as {@link XgboostDocument}.
public final class XgboostUbjAnalyser implements FormatAnalyser {
    private static final int MOST_BYTES = 32 << 20;
    private static final int HEAD_BYTES = 64;
    private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 32, 1_000_000, 100);

    /// Made for the list of formats.
    public XgboostUbjAnalyser() {}

    @Override
    public String format() {
        return "xgboost-ubj";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        byte[] head = item.head(HEAD_BYTES);
        return XgboostReader.isUbjson(head)
                && new String(head, StandardCharsets.ISO_8859_1).contains("learner");
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        if (item.bytes().size() > MOST_BYTES) {
            throw FormatException.unsupported(
                    0, "An XGBoost model larger than " + MOST_BYTES + " bytes");
        }
        Json document = UbjReader.read(item.bytes().bytes(0, MOST_BYTES), LIMITS);
        notes.coverAll();
        if (!XgboostReader.isModel(document)) {
            throw FormatException.broken(0, "The document has no learner with a booster");
        }
        XgboostDocument.look(document, notes);
    }
}
