package dev.bartizan.robustness;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.tensors.features.Feature;
import dev.bartizan.tensors.features.FeatureDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// How far samples may be moved: what the system file declares, otherwise a share of what each
/// number shows in the samples. Columns of a described table move only when they take any number,
/// can be changed both ways and are bound to no other; without a description only columns that are
/// not whole in every sample.
///
/// @param scaling of the samples
/// @param norm of the budget
/// @param eps declared radius; empty for a share of ranges
/// @param features what columns mean
record SampleBudget(
        AttackData.Scaling scaling,
        Norm norm,
        OptionalDouble eps,
        Optional<FeatureDescription> features) {
    /// Share of a range that may be moved unless a budget is declared.
    static final double SHARE = 0.03;

    /// Reads what the element says under `samples`.
    ///
    /// @throws UserError when the feature description cannot be used
    /// @throws IOException when it cannot be read
    static SampleBudget of(AiSystem system, Element element, NpyArray inputs) throws IOException {
        Attributes samples = element.attributes().map("samples");
        float scale = samples.number("scale").map(Number::floatValue).orElse(1f);
        List<String> box = samples.texts("box");
        float low = box.size() == 2 ? Float.parseFloat(box.get(0)) : extreme(inputs, -1) / scale;
        float high = box.size() == 2 ? Float.parseFloat(box.get(1)) : extreme(inputs, 1) / scale;
        Attributes budget = samples.map("budget");
        Optional<Path> features = samples.text("features").map(system::resolve);
        return new SampleBudget(
                new AttackData.Scaling(scale, low, high, List.of(0f), List.of(1f)),
                budget.text("norm").flatMap(Norm::of).orElse(Norm.LINF),
                budget.number("eps")
                        .map(number -> OptionalDouble.of(number.doubleValue()))
                        .orElse(OptionalDouble.empty()),
                features.isEmpty()
                        ? Optional.empty()
                        : Optional.of(FeatureDescription.read(features.get())));
    }

    private static float extreme(NpyArray inputs, int sign) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < inputs.size(); i++) {
            most = Math.max(most, sign * inputs.number(i));
        }
        return (float) (sign * most);
    }

    /// The ball around each example.
    ///
    /// @throws UserError when a declared budget does not fit a table
    Ball ball(AttackData data) {
        boolean isTable = data.rowDims().size() == 1;
        if (!isTable || (eps.isPresent() && features.isEmpty())) {
            double radius = eps.orElse(SHARE * (scaling.high() - scaling.low()));
            return Ball.of(norm, data.width(), (float) radius, scaling.low(), scaling.high());
        }
        if (norm != Norm.LINF) {
            throw new UserError(
                    "A table is attacked in the maximum norm",
                    "samples: budget: norm: " + norm.word(),
                    "Use linf, or leave features out.");
        }
        return table(data);
    }

    private Ball table(AttackData data) {
        int width = data.width();
        float[] values = data.values();
        float[] radius = new float[width];
        float[] low = new float[width];
        float[] high = new float[width];
        for (int column = 0; column < width; column++) {
            low[column] = Float.POSITIVE_INFINITY;
            high[column] = Float.NEGATIVE_INFINITY;
            boolean isWhole = true;
            for (int row = 0; row < data.rows(); row++) {
                float value = values[row * width + column];
                low[column] = Math.min(low[column], value);
                high[column] = Math.max(high[column], value);
                isWhole &= value == Math.rint(value);
            }
            boolean isFree = features.isPresent() ? isFree(column) : !isWhole;
            double share = SHARE * (high[column] - low[column]);
            radius[column] = isFree ? (float) eps.orElse(share) : 0;
        }
        return Ball.linf(radius, low, high);
    }

    private boolean isFree(int column) {
        FeatureDescription all = features.orElseThrow();
        Set<Integer> bound = new HashSet<>();
        all.relations().forEach(relation -> bound.addAll(relation.weights().keySet()));
        if (column >= all.features().size() || bound.contains(column)) {
            return false;
        }
        Feature feature = all.features().get(column);
        return feature.type().step() < 1
                && feature.change().direction() == Feature.Direction.BOTH
                && feature.group().isEmpty();
    }

    /// What may move, in words.
    String words(Ball ball) {
        int free = 0;
        for (int i = 0; i < ball.width(); i++) {
            free += ball.radius(i) > 0 ? 1 : 0;
        }
        String size =
                eps.isPresent()
                        ? norm.word() + " " + String.format(Locale.ROOT, "%.4g", eps.getAsDouble())
                        : SHARE + " of the range that a number has in the samples";
        return free == ball.width()
                ? size
                : size + ", " + free + " of " + ball.width() + " columns";
    }
}
