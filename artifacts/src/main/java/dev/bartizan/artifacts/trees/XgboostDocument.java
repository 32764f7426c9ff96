package dev.bartizan.artifacts.trees;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.boosted.BoostedLimits;
import dev.bartizan.formats.boosted.XgboostReader;
import dev.bartizan.formats.json.Json;
import java.util.Optional;

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
        counts(document, booster);
        boolean hasTrees = !booster.text("name").orElse("").equals("gblinear");
        try {
            if (hasTrees) {
                XgboostReader.trees(document, BoostedLimits.USUAL);
            }
        } catch (FormatException e) {
            notes.broken(BROKEN, e);
        }
    }

    /// Counts of trees and nodes, which readers compare with what is there.
    private void counts(Json document, Json booster) {
        if (document.get("version")
                .filter(version -> !(version instanceof Json.Items))
                .isPresent()) {
            notes.broken(BROKEN, Severity.LOW, 0, "The version is no list of numbers");
        }
        Json model = booster.get("model").orElse(new Json.Null());
        Optional<Json> trees = model.get("trees");
        if (trees.isEmpty() || !(trees.get() instanceof Json.Items items)) {
            return;
        }
        compare("trees", model.get("gbtree_model_param").flatMap(p -> p.get("num_trees")), trees);
        for (Json tree : items.items()) {
            compare(
                    "nodes of a tree",
                    tree.get("tree_param").flatMap(param -> param.get("num_nodes")),
                    tree.get("left_children"));
        }
    }

    private void compare(String what, Optional<Json> said, Optional<Json> there) {
        if (said.isPresent()
                && said.get() instanceof Json.Text count
                && there.isPresent()
                && there.get() instanceof Json.Items items
                && !count.value().strip().equals(Integer.toString(items.items().size()))) {
            notes.broken(
                    BROKEN,
                    Severity.LOW,
                    0,
                    "The model says of "
                            + Shown.text(count.value())
                            + " "
                            + what
                            + ", "
                            + items.items().size()
                            + " are there");
        }
    }

    /// Names of columns, which may read like calls: `system(ms)`.
    private static boolean isLabels(String key, Json value) {
        return key.equals("feature_names") && value instanceof Json.Items;
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
                    members.members().stream()
                            .filter(m -> !isLabels(m.key(), m.value()))
                            .forEach(m -> texts(m.value(), path + "." + m.key()));
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
