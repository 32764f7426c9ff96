package dev.bartizan.cli;

import dev.bartizan.reports.page.AttackPage;
import dev.bartizan.robustness.AttackRecord;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.ExamplePicture;
import dev.bartizan.robustness.Norm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Makes the page about an attack.
///
/// @param output what was found
/// @param box smallest and largest valid number
/// @param rowDims sizes of one example
/// @param command that makes it again
record AttackReport(AttackOutput output, List<Float> box, List<Long> rowDims, String command) {
    private static final int MOST_PICTURES = 8;

    AttackPage page(String model) throws IOException {
        EvasionResult result = output.result();
        return new AttackPage(
                model,
                "%d of %d answers stay right under attack"
                        .formatted(result.robustCorrect(), result.rows()),
                facts(result),
                curve(result.rows()),
                output.byClass().entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .toList(),
                pictures(result),
                result.doubts().stream()
                        .map(doubt -> List.of(doubt.id(), doubt.what(), doubt.mend()))
                        .toList(),
                output.corrupted()
                        .map(baseline -> new CorruptionOutput(baseline).rows())
                        .orElse(List.of()),
                command);
    }

    /// Points by budget: those measured one by one, otherwise those that the smallest changes tell.
    private List<AttackPage.CurvePoint> curve(int rows) {
        if (output.attacked().smallest().isPresent()) {
            return output.attacked().smallest().get().curve().stream()
                    .map(point -> point(point.eps(), point.robustCorrect(), rows))
                    .toList();
        }
        return output.attacked().curve().stream()
                .map(point ->
                        point(
                                point.factor() * output.settings().eps(),
                                point.robustCorrect(),
                                rows))
                .toList();
    }

    private static AttackPage.CurvePoint point(double eps, int right, int rows) {
        return new AttackPage.CurvePoint(
                String.format(Locale.ROOT, "%.3g", eps), right / (double) rows);
    }

    private static List<String> row(int label, int[] counts) {
        List<String> row = new ArrayList<>();
        row.add(Integer.toString(label));
        Arrays.stream(counts).mapToObj(Integer::toString).forEach(row::add);
        return row;
    }

    private List<List<String>> facts(EvasionResult result) {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("Right unchanged", result.cleanCorrect() + " of " + result.rows()));
        facts.add(
                List.of(
                        "Right under attack",
                        String.format(
                                Locale.ROOT,
                                "%d of %d (95 %% interval %.1f to %.1f %%)",
                                result.robustCorrect(),
                                result.rows(),
                                100 * output.interval().low(),
                                100 * output.interval().high())));
        facts.add(
                List.of(
                        "Budget",
                        output.settings().norm().word()
                                + (output.settings().hasEps()
                                        ? ", eps " + output.settings().eps()
                                        : ", any change in the box")));
        output.attacked()
                .smallest()
                .ifPresent(smallest ->
                        facts.add(
                                List.of(
                                        "Median smallest change of right answers",
                                        SmallestOutput.words(smallest.middle()))));
        output.medianSize()
                .ifPresent(size ->
                        facts.add(
                                List.of(
                                        "Median size of the changes that broke an answer",
                                        String.format(Locale.ROOT, "%.4g", size))));
        for (AttackRecord record : result.attacks()) {
            facts.add(
                    List.of(
                            record.name(),
                            "broke %d of %d with %d gradients and %d questions"
                                    .formatted(
                                            record.broken(),
                                            record.tried(),
                                            record.gradients(),
                                            record.queries())));
        }
        return facts;
    }

    /// Of each class at most one before a second of any.
    private List<AttackPage.Picture> pictures(EvasionResult result) throws IOException {
        Optional<ExamplePicture> drawer = ExamplePicture.of(rowDims);
        List<AttackPage.Picture> pictures = new ArrayList<>();
        if (drawer.isEmpty()) {
            return pictures;
        }
        float[] before = result.examples().values();
        float[] after = result.changed();
        int width = result.examples().width();
        Set<Integer> seen = new HashSet<>();
        for (int row = 0; row < result.rows() && pictures.size() < MOST_PICTURES; row++) {
            if (!result.isBroken(row) || !seen.add(result.examples().label(row))) {
                continue;
            }
            float[] original = Arrays.copyOfRange(before, row * width, (row + 1) * width);
            float[] changed = Arrays.copyOfRange(after, row * width, (row + 1) * width);
            pictures.add(
                    new AttackPage.Picture(
                            "example %d: %d, now %d (size %.3g)"
                                    .formatted(
                                            row,
                                            result.examples().label(row),
                                            result.answers()[row],
                                            size(result, row)),
                            List.of(
                                    drawer.get().png(original, box.get(0), box.get(1)),
                                    drawer.get().change(original, changed),
                                    drawer.get().png(changed, box.get(0), box.get(1)))));
        }
        return pictures;
    }

    private double size(EvasionResult result, int row) {
        double unit = output.settings().norm() == Norm.LINF ? output.settings().eps() : 1;
        return unit * result.size(row);
    }
}
