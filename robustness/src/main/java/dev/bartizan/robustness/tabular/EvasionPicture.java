package dev.bartizan.robustness.tabular;

import dev.bartizan.core.exhibit.ChangedFields;
import dev.bartizan.tensors.features.Feature;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// What a reader is shown of evasions of a table.
///
/// @param result of the attack
/// @param threshold that was set
/// @param classes words for classes, as far as there are any
public record EvasionPicture(TabularResult result, OptionalDouble threshold, List<String> classes) {
    private static final int SHOWN = 3;
    private static final int FEW = 2;

    /// Telling rows before and after, and the share that is evaded by cost.
    public ChangedFields fields() {
        return new ChangedFields(
                "Changed fields and what the model answers",
                threshold.isPresent() ? Optional.of(threshold.getAsDouble()) : usual(),
                telling().stream().limit(SHOWN).map(this::shown).toList(),
                result.curve().stream()
                        .map(point -> new ChangedFields.Point(point.cost(), point.success()))
                        .toList());
    }

    /// Half, where one score between 0 and 1 decides.
    private Optional<Double> usual() {
        boolean isChance =
                result.rows().stream()
                        .allMatch(row ->
                                row.before().guide().size() == 1
                                        && row.label() <= 1
                                        && row.before().score() >= 0
                                        && row.before().score() <= 1);
        return isChance ? Optional.of(0.5) : Optional.empty();
    }

    /// Evaded rows, first those that tell most: few fields, two before one, a model that was sure.
    List<RowResult> telling() {
        return result.with(RowResult.Outcome.EVADED).stream()
                .sorted(
                        Comparator.comparingInt((RowResult row) ->
                                        Math.abs(
                                                row.evasion().orElseThrow().changes().size() - FEW))
                                .thenComparingDouble(row -> -row.before().score())
                                .thenComparingInt(RowResult::row))
                .toList();
    }

    private ChangedFields.Case shown(RowResult row) {
        RowResult.FoundEvasion found = row.evasion().orElseThrow();
        return new ChangedFields.Case(
                "Sample " + row.row(),
                verdict(row.before()),
                verdict(found.after()),
                money(found.cost()),
                found.changes().stream().map(this::field).toList());
    }

    private ChangedFields.Verdict verdict(Answer answer) {
        return new ChangedFields.Verdict(word(answer.label()), answer.score());
    }

    private String word(int label) {
        return label >= 0 && label < classes.size() ? classes.get(label) : "class " + label;
    }

    private ChangedFields.Field field(FieldChange change) {
        Feature feature =
                result.described().features().get(result.described().column(change.name()));
        String by = change.by().isEmpty() ? "" : "changed by " + change.by();
        String note =
                feature.description().isEmpty() || by.isEmpty()
                        ? feature.description() + by
                        : feature.description() + "; " + by;
        return new ChangedFields.Field(
                change.name(), number(change.from()), number(change.to()), note);
    }

    /// What was changed, in words.
    String words(RowResult row) {
        RowResult.FoundEvasion found = row.evasion().orElseThrow();
        return found.changes().stream()
                        .map(change ->
                                change.name()
                                        + " goes from "
                                        + number(change.from())
                                        + " to "
                                        + number(change.to()))
                        .collect(Collectors.joining(" and "))
                + ", for "
                + money(found.cost());
    }

    String money(double value) {
        String unit = result.described().currency();
        return unit.isEmpty() ? "cost " + number(value) : number(value) + " " + unit;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
