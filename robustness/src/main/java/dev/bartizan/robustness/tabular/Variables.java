package dev.bartizan.robustness.tabular;

import dev.bartizan.robustness.tabular.Variable.Choice;
import dev.bartizan.tensors.features.Feature;
import dev.bartizan.tensors.trees.DecisionTree;
import dev.bartizan.tensors.trees.Precision;
import dev.bartizan.tensors.trees.TreeEnsemble;
import dev.bartizan.tensors.trees.TreeNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The changes that are open to the one who attacks a row.
///
/// For trees a column's values fall into cells inside which no tree can tell them apart; the
/// cheapest allowed value of each cell is a choice, so that nothing is lost. For other models the
/// choices are a grid, finer near the unchanged value.
final class Variables {
    private static final int HALVINGS = 10;
    private static final int GRID = 16;
    private static final int WHOLE_VALUES = 64;

    private final Constraints constraints;
    private final Optional<TreeEnsemble> ensemble;
    private final TreeMap<Integer, NavigableSet<Double>> starts = new TreeMap<>();
    private final double[] low;
    private final double[] high;

    /// @param rows all rows, whose range stands in for domains that are open
    Variables(Constraints constraints, Optional<TreeEnsemble> ensemble, List<double[]> rows) {
        this.constraints = constraints;
        this.ensemble = ensemble;
        ensemble.ifPresent(this::collectStarts);
        int columns = constraints.described().features().size();
        low = new double[columns];
        high = new double[columns];
        for (int i = 0; i < columns; i++) {
            int column = i;
            low[i] =
                    rows.stream()
                            .mapToDouble(r -> r[column])
                            .filter(Double::isFinite)
                            .min()
                            .orElse(0);
            high[i] =
                    rows.stream()
                            .mapToDouble(r -> r[column])
                            .filter(Double::isFinite)
                            .max()
                            .orElse(1);
        }
    }

    private void collectStarts(TreeEnsemble trees) {
        Precision precision = trees.precision();
        for (DecisionTree tree : trees.trees()) {
            for (TreeNode node : tree.nodes()) {
                if (node instanceof TreeNode.Split split) {
                    NavigableSet<Double> own =
                            starts.computeIfAbsent(split.column(), _ -> new TreeSet<>());
                    split.condition()
                            .starts(precision, start -> own.add(upwards(precision, start)));
                }
            }
        }
    }

    private static double upwards(Precision precision, double start) {
        double near = precision.round(start) + 0.0;
        return near < start ? precision.next(near) : near;
    }

    /// Variables of a row that have more than one choice.
    List<Variable> of(double[] row) {
        List<Variable> variables = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            Feature feature = constraints.described().features().get(i);
            if (feature.group().isEmpty() && !feature.isImmutable() && !Double.isNaN(row[i])) {
                add(variables, List.of(i), choices(i, feature, row[i]), List.of(row[i]));
            }
        }
        for (List<Integer> group : constraints.groups().values()) {
            if (Constraints.isOneHot(group, row)) {
                List<Double> unchanged = group.stream().map(column -> row[column]).toList();
                add(variables, group, choices(group, row), unchanged);
            }
        }
        return variables;
    }

    /// Cheapest first, and before those of the same cost the unchanged one.
    private static void add(
            List<Variable> to,
            List<Integer> columns,
            List<Choice> choices,
            List<Double> unchanged) {
        if (choices.size() > 1) {
            choices.sort(
                    Comparator.comparingDouble(Choice::cost)
                            .thenComparing(choice -> !choice.values().equals(unchanged)));
            to.add(new Variable(columns, choices));
        }
    }

    private List<Choice> choices(List<Integer> group, double[] row) {
        List<Choice> choices = new ArrayList<>();
        for (int chosen : group) {
            double[] changed = row.clone();
            group.forEach(column -> changed[column] = column == chosen ? 1 : 0);
            if (constraints.violations(row, changed).stream()
                    .noneMatch(v -> v.contains("cannot"))) {
                List<Double> values = group.stream().map(column -> changed[column]).toList();
                choices.add(new Choice(values, constraints.cost(row, changed)));
            }
        }
        return choices;
    }

    private List<Choice> choices(int column, Feature feature, double value) {
        Span span = span(feature, column, value);
        TreeSet<Double> values = new TreeSet<>(List.of(value));
        if (ensemble.isPresent()) {
            addCells(column, span, value, values);
        } else {
            addGrid(span, value, values);
        }
        List<Choice> choices = new ArrayList<>();
        for (double other : values) {
            double cost = feature.costPerUnit() * Math.abs(other - value);
            choices.add(new Choice(List.of(other), cost));
        }
        return choices;
    }

    /// Where a value may go.
    private record Span(double low, double high, double step) {}

    private Span span(Feature feature, int column, double value) {
        double min = constraints.round(feature.min());
        double max = constraints.round(feature.max());
        if (ensemble.isEmpty()) {
            min = Double.isFinite(min) ? min : Math.min(low[column], value);
            max = Double.isFinite(max) ? max : Math.max(high[column], value);
        }
        return switch (feature.change().direction()) {
            case BOTH -> new Span(min, max, feature.type().step());
            case UP -> new Span(value, max, feature.type().step());
            case DOWN -> new Span(min, value, feature.type().step());
            case NONE -> new Span(value, value, feature.type().step());
        };
    }

    private void addCells(int column, Span span, double value, Set<Double> values) {
        NavigableSet<Double> own = starts.getOrDefault(column, new TreeSet<>());
        Precision precision = ensemble.orElseThrow().precision();
        double from = Double.NEGATIVE_INFINITY;
        for (double next : own) {
            addCell(new Span(from, precision.previous(next), span.step()), span, value, values);
            from = next;
        }
        addCell(new Span(from, Double.POSITIVE_INFINITY, span.step()), span, value, values);
    }

    /// The allowed value of a cell that is nearest.
    private void addCell(Span cell, Span span, double value, Set<Double> values) {
        double from = Math.max(cell.low(), span.low());
        double to = Math.min(cell.high(), span.high());
        if (from > to || (value >= cell.low() && value <= cell.high())) {
            return;
        }
        double near = value < from ? from : to;
        if (cell.step() == 0) {
            if (Double.isFinite(near)) {
                values.add(near);
            }
            return;
        }
        double count =
                value < from ? Math.floor(near / cell.step()) : Math.ceil(near / cell.step());
        double way = value < from ? 1 : -1;
        for (int i = 0; i < 3; i++) {
            double candidate = constraints.round((count + way * i) * cell.step());
            if (candidate >= from && candidate <= to) {
                values.add(candidate);
                return;
            }
        }
    }

    private void addGrid(Span span, double value, Set<Double> values) {
        double range = span.high() - span.low();
        if (span.step() == 1 && range <= WHOLE_VALUES) {
            for (double whole = Math.ceil(span.low()); whole <= span.high(); whole++) {
                values.add(whole);
            }
            return;
        }
        for (int i = 0; i <= GRID; i++) {
            addSnapped(span, span.low() + range * i / GRID, values);
        }
        double reach = range / 2;
        for (int i = 0; i < HALVINGS; i++) {
            addSnapped(span, value - reach, values);
            addSnapped(span, value + reach, values);
            reach /= 2;
        }
    }

    private void addSnapped(Span span, double wanted, Set<Double> values) {
        double snapped =
                constraints.round(
                        span.step() == 0 ? wanted : Math.rint(wanted / span.step()) * span.step());
        if (snapped >= span.low() && snapped <= span.high()) {
            values.add(snapped);
        }
    }
}
