package dev.bartizan.artifacts.mxnet;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.util.List;
import java.util.Optional;

/// Graphs of MXNet (apache/mxnet, NNVM, `src/pass/saveload_json.cc`): nodes that take what nodes
/// before them give. Readers use the numbers of nodes unchecked.
public final class MxnetSymbol {
    private static final Rule BROKEN =
            Rule.structure("mxnet-structure", "Have the model saved again.", "CWE-129");

    private final Notes notes;
    private final List<Json> nodes;

    private MxnetSymbol(Notes notes, List<Json> nodes) {
        this.notes = notes;
        this.nodes = nodes;
    }

    /// Notes what is broken; nothing when the document is no graph of MXNet.
    public static void look(Json root, Notes notes) {
        boolean isNamed = notes.item().name().endsWith("-symbol.json");
        Optional<Json> nodes = root.get("nodes");
        boolean isGraph =
                nodes.isPresent()
                        && root.get("heads").isPresent()
                        && root.get("arg_nodes").isPresent();
        if (!isNamed && !isGraph) {
            return;
        }
        if (nodes.isEmpty()
                || !(nodes.get() instanceof Json.Items items)
                || items.items().isEmpty()) {
            notes.broken(BROKEN, Severity.LOW, 0, "The graph has no nodes");
            return;
        }
        new MxnetSymbol(notes, items.items()).check(root);
    }

    private void check(Json root) {
        for (int i = 0; i < nodes.size(); i++) {
            if (!arePlaces(nodes.get(i).get("inputs"), i)) {
                broken("Node " + i + " takes what no node before it gives");
                return;
            }
        }
        if (!arePlaces(root.get("heads"), nodes.size())) {
            broken("The graph gives what no node gives (heads)");
        }
        if (!arePlaces(root.get("arg_nodes"), nodes.size())) {
            broken("An argument is no node (arg_nodes)");
        }
    }

    private void broken(String message) {
        notes.broken(BROKEN, Severity.LOW, 0, message);
    }

    /// Whether all numbers of nodes, each alone or the first of a few, lie below a bound.
    private static boolean arePlaces(Optional<Json> list, int bound) {
        if (list.isEmpty() || !(list.get() instanceof Json.Items items)) {
            return true;
        }
        for (Json item : items.items()) {
            Json place =
                    item instanceof Json.Items parts && !parts.items().isEmpty()
                            ? parts.items().getFirst()
                            : item;
            boolean isOutside =
                    place instanceof Json.Numeral number
                            && number.whole().filter(at -> at >= 0 && at < bound).isEmpty();
            if (isOutside) {
                return false;
            }
        }
        return true;
    }
}
