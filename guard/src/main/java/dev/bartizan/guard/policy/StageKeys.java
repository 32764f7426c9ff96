package dev.bartizan.guard.policy;

import dev.bartizan.core.Digest;
import dev.bartizan.guard.classify.Thresholds;
import dev.bartizan.guard.policy.PolicyStages.OwnModel;
import dev.bartizan.guard.policy.PolicyStages.Pinned;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Reads the keys `classifier`, `calibration` and `packs` of a policy file.
final class StageKeys {
    private static final int MOST_PACKS = 20;
    private static final Digest NO_DIGEST = new Digest("0".repeat(64));
    private final Problems problems;

    StageKeys(Problems problems) {
        this.problems = problems;
    }

    PolicyStages read(PolicyMap root) {
        List<Pinned> packs = new ArrayList<>();
        List<Node> nodes = root.list("packs");
        if (nodes.size() > MOST_PACKS) {
            problems.add(nodes.get(MOST_PACKS), "More than " + MOST_PACKS + " packs.");
        }
        nodes.stream()
                .limit(MOST_PACKS)
                .forEach(node -> packs.add(pinned(new PolicyMap(node, "packs", problems))));
        return new PolicyStages(
                root.map("classifier").map(this::classifier),
                root.map("calibration").map(this::pinned),
                packs);
    }

    private Pinned pinned(PolicyMap map) {
        Pinned pinned = new Pinned(map.required("file"), digest(map));
        map.close();
        return pinned;
    }

    private static Digest digest(PolicyMap map) {
        return map.required("digest").isEmpty()
                ? NO_DIGEST
                : map.read("digest", PolicyReader::digest).orElse(NO_DIGEST);
    }

    private OwnModel classifier(PolicyMap map) {
        List<String> benign = new ArrayList<>();
        for (Node node : map.list("benign")) {
            if (node instanceof ScalarNode label) {
                benign.add(label.getValue());
            } else {
                problems.add(node, "\"benign\" lists labels.");
            }
        }
        OwnModel model =
                new OwnModel(
                        map.required("folder"),
                        digest(map),
                        map.read("threshold", StageKeys::threshold),
                        benign);
        map.close();
        return model;
    }

    private static Double threshold(String text) {
        double threshold = Double.parseDouble(text);
        Thresholds.require(threshold);
        return threshold;
    }
}
