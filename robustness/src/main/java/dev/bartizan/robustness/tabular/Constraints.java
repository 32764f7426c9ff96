package dev.bartizan.robustness.tabular;

import dev.bartizan.tensors.features.Feature;
import dev.bartizan.tensors.features.FeatureDescription;
import dev.bartizan.tensors.features.LinearRelation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// What a changed row must keep, and what a change costs.
public final class Constraints {
    private final FeatureDescription described;
    private final DoubleUnaryOperator round;
    private final Map<String, List<Integer>> groups = new LinkedHashMap<>();

    /// @param described the columns
    /// @param round the nearest number that the model can be given
    public Constraints(FeatureDescription described, DoubleUnaryOperator round) {
        this.described = described;
        this.round = round;
        for (int i = 0; i < described.features().size(); i++) {
            String group = described.features().get(i).group();
            if (!group.isEmpty()) {
                groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(i);
            }
        }
    }

    /// The columns.
    public FeatureDescription described() {
        return described;
    }

    /// Columns of each group.
    Map<String, List<Integer>> groups() {
        return groups;
    }

    double round(double value) {
        return round.applyAsDouble(value) + 0.0;
    }

    /// Cost of a change: for each column its cost per unit times how far it moved.
    public double cost(double[] from, double[] to) {
        double cost = 0;
        for (int i = 0; i < from.length; i++) {
            if (isChanged(from[i], to[i])) {
                cost += described.features().get(i).costPerUnit() * Math.abs(to[i] - from[i]);
            }
        }
        return cost;
    }

    static boolean isChanged(double from, double to) {
        return from != to && !(Double.isNaN(from) && Double.isNaN(to));
    }

    /// What a changed row breaks, in words; nothing when all is kept. What was not touched is not
    /// held against it.
    public List<String> violations(double[] from, double[] to) {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            if (isChanged(from[i], to[i])) {
                checkColumn(described.features().get(i), from[i], to[i], broken);
            }
        }
        groups.forEach((name, columns) -> {
            if (touches(columns, from, to) && !isOneHot(columns, to)) {
                broken.add("of " + name + " not exactly one is 1");
            }
        });
        for (LinearRelation relation : described.relations()) {
            if (touches(relation.weights().keySet(), from, to) && !relation.holds(to)) {
                broken.add("a relation is off by " + relation.excess(to));
            }
        }
        return broken;
    }

    private void checkColumn(Feature feature, double from, double to, List<String> broken) {
        String name = feature.name();
        boolean isWrongWay =
                switch (feature.change().direction()) {
                    case BOTH -> false;
                    case UP -> to < from;
                    case DOWN -> to > from;
                    case NONE -> true;
                };
        if (isWrongWay) {
            broken.add(name + " cannot change that way");
        }
        if (!(to >= round(feature.min()) && to <= round(feature.max()))) {
            broken.add(name + " leaves its range");
        }
        if (!isOnStep(feature, to)) {
            broken.add(name + " is no " + feature.type().word());
        }
    }

    private boolean isOnStep(Feature feature, double value) {
        double step = feature.type().step();
        return step == 0 || round(Math.rint(value / step) * step) == value;
    }

    private static boolean touches(Iterable<Integer> columns, double[] from, double[] to) {
        for (int column : columns) {
            if (isChanged(from[column], to[column])) {
                return true;
            }
        }
        return false;
    }

    /// Whether exactly one of these columns is 1 and all others are 0.
    static boolean isOneHot(List<Integer> columns, double[] row) {
        int ones = 0;
        for (int column : columns) {
            if (row[column] != 0 && row[column] != 1) {
                return false;
            }
            ones += row[column] == 1 ? 1 : 0;
        }
        return ones == 1;
    }

    /// Whether a relation binds a column that can change.
    boolean hasRelations() {
        return described.relations().stream()
                .flatMap(relation -> relation.weights().keySet().stream())
                .anyMatch(column -> !described.features().get(column).isImmutable());
    }

    /// Moves cheap columns of broken relations so that these hold again.
    ///
    /// @param kept columns that must stay as they are
    /// @return whether all relations hold; the row is then changed in place
    boolean repair(double[] from, double[] row, List<Integer> kept) {
        for (int round = 0; round < 4; round++) {
            boolean isWhole = true;
            for (LinearRelation relation : described.relations()) {
                if (touches(relation.weights().keySet(), from, row) && !relation.holds(row)) {
                    isWhole = false;
                    repair(relation, row, kept);
                }
            }
            if (isWhole) {
                return true;
            }
        }
        return false;
    }

    private void repair(LinearRelation relation, double[] row, List<Integer> kept) {
        List<Integer> columns = new ArrayList<>(relation.weights().keySet());
        columns.removeIf(column ->
                kept.contains(column)
                        || described.features().get(column).isImmutable()
                        || !described.features().get(column).group().isEmpty());
        columns.sort((a, b) ->
                Double.compare(
                        described.features().get(a).costPerUnit(),
                        described.features().get(b).costPerUnit()));
        for (int column : columns) {
            if (relation.holds(row)) {
                return;
            }
            Feature feature = described.features().get(column);
            double weight = relation.weights().getOrDefault(column, 1.0);
            double wanted = row[column] - relation.excess(row) / weight;
            double inside = Math.clamp(wanted, feature.min(), feature.max());
            double step = feature.type().step();
            row[column] = round(step == 0 ? inside : Math.rint(inside / step) * step);
        }
    }
}
