package dev.bartizan.artifacts.trees;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.boosted.BoostedLimits;
import dev.bartizan.formats.boosted.XgboostReader;
import dev.bartizan.formats.json.Json;

/// Models of XGBoost as a document (dmlc/xgboost, `doc/model.schema`): trees that are trees, by the
/// reader that runs them, and texts that hold no program. Linear boosters have numbers alone.
public final class XgboostDocument {
    private static final Rule BROKEN =
            Rule.structure(
                    "xgboost-structure",
                    "Have the model saved again; readers do not check the trees of such files.",
                    "CWE-20",
                    "CWE-125");

    private final Notes notes;

    private XgboostDocument(Notes notes) {
        this.notes = notes;
    }

    /// Notes what is broken; nothing when the document is no model of XGBoost.
    public static void look(Json root, Notes notes) {
        boolean isModel =
                root.get("learner").filter(Json.Members.class::isInstance).isPresent()
                        && (root.get("version").isPresent()
                                || root.get("learner")
                                        .flatMap(learner -> learner.get("gradient_booster"))
                                        .isPresent());
        if (isModel) {
            notes.format("xgboost", false);
            new XgboostDocument(notes).model(root, root.get("learner").orElseThrow());
        }
    }

    private void model(Json document, Json learner) {
        Json booster = learner.get("gradient_booster").orElse(new Json.Null());
        if (!(booster instanceof Json.Members)) {
            notes.broken(BROKEN, Severity.MEDIUM, 0, "The model has no booster (learner)");
            return;
        }
        texts(learner, "learner");
        boolean hasTrees = !booster.text("name").orElse("").equals("gblinear");
        try {
            if (hasTrees) {
                XgboostReader.trees(document, BoostedLimits.USUAL);
            }
        } catch (FormatException e) {
            notes.broken(BROKEN, e);
        }
    }

    private void texts(Json json, String path) {
        switch (json) {
            case Json.Text text ->
                    CodeInText.call(text.value())
                            .ifPresent(call ->
                                    notes.findingAt(
                                            TextRules.CODE_IN_METADATA,
                                            Severity.MEDIUM,
                                            notes.item().path() + "#" + path,
                                            "A text in the model holds a program: " + call));
            case Json.Members members ->
                    members.members().forEach(m -> texts(m.value(), path + "." + m.key()));
            case Json.Items items -> {
                boolean isNumbers =
                        !items.items().isEmpty()
                                && items.items().getFirst() instanceof Json.Numeral;
                if (!isNumbers) {
                    items.items().forEach(item -> texts(item, path));
                }
            }
            case Json.Numeral _, Json.Truth _, Json.Null _ -> {}
        }
    }
}
