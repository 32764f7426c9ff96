package dev.bartizan.artifacts.trees;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;

/// Models of XGBoost as a document (dmlc/xgboost, `doc/model.schema`): every tree a set of lists of
/// one length, every child a later node, every node reached once.
public final class XgboostJson {
    private static final Rule BROKEN =
            Rule.structure(
                    "xgboost-structure",
                    "Have the model saved again; readers do not check the trees of such files.",
                    "CWE-20",
                    "CWE-125");

    private final Notes notes;

    private XgboostJson(Notes notes) {
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
            new XgboostJson(notes).model(root.get("learner").orElseThrow());
        }
    }

    private void model(Json learner) {
        Json booster = learner.get("gradient_booster").orElse(new Json.Null());
        if (!(booster instanceof Json.Members)) {
            broken("learner", "The model has no booster");
            return;
        }
        texts(learner, "learner");
        List<Json> trees =
                booster.get("model").map(model -> model.items("trees")).orElse(List.of());
        for (int i = 0; i < trees.size(); i++) {
            tree(trees.get(i), "trees[" + i + "]");
        }
    }

    private void tree(Json tree, String place) {
        List<Json> left = tree.items("left_children");
        List<Json> right = tree.items("right_children");
        int nodes = left.size();
        for (String list : new String[] {"right_children", "split_indices", "split_conditions"}) {
            if (tree.items(list).size() != nodes) {
                broken(
                        place + "." + list,
                        "A tree of "
                                + nodes
                                + " nodes has "
                                + tree.items(list).size()
                                + " "
                                + list);
                return;
            }
        }
        boolean[] reached = new boolean[nodes];
        for (int node = 0; node < nodes; node++) {
            for (Json child : List.of(left.get(node), right.get(node))) {
                long to = child instanceof Json.Numeral numeral ? numeral.whole().orElse(-2L) : -2;
                if (to == -1) {
                    continue;
                }
                boolean isThere = to > 0 && to < nodes;
                if (!isThere || reached[(int) to]) {
                    broken(
                            place + ".left_children",
                            isThere
                                    ? "Node "
                                            + to
                                            + " has two parents, so that walking need not end"
                                    : "Node " + node + " of " + nodes + " has the child " + to);
                    return;
                }
                reached[(int) to] = true;
            }
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

    private void broken(String place, String message) {
        notes.broken(BROKEN, Severity.MEDIUM, 0, message + " (" + place + ")");
    }
}
