package dev.bartizan.robustness.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bartizan.tensors.features.FeatureDescription;
import dev.bartizan.tensors.trees.TreeEnsemble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TabularAttackTest {
    private static final int ENSEMBLES = 400;

    /// Evasions that are looked at; `scripts/measure-tabular` asks for 10,000.
    private static final int EXAMPLES =
            Integer.parseInt(System.getenv().getOrDefault("BARTIZAN_EXAMPLES", "1500"));

    private static final double BUDGET = 400;

    private static TabularSettings settings(double maxCost) {
        return new TabularSettings(maxCost, OptionalInt.empty(), 1, false, Duration.ofMinutes(5));
    }

    @Test
    void leastCostsAreThoseOfTryingEverything() throws IOException, InterruptedException {
        int evaded = 0;
        int held = 0;
        for (int seed = 0; seed < ENSEMBLES; seed++) {
            RandomTables random = new RandomTables(seed);
            FeatureDescription described = random.described();
            TreeEnsemble ensemble = random.ensemble();
            List<double[]> rows = List.of(random.row(), random.row());
            double maxCost = seed % 3 == 0 ? 25 : Double.POSITIVE_INFINITY;
            TreePredictor predictor = new TreePredictor(ensemble, OptionalDouble.empty());
            TabularResult result =
                    new TabularAttack(predictor, described, settings(maxCost))
                            .run(rows, Optional.empty(), (_, _) -> {});
            assertThat(result.isTrustworthy()).isTrue();
            for (RowResult row : result.rows()) {
                String at = "seed " + seed;
                double least = leastCost(predictor, described, rows.get(row.row()), row.label());
                assertThat(row.isExact()).as(at).isTrue();
                if (Double.isFinite(least) && least <= maxCost) {
                    assertThat(row.evasion()).as(at).isPresent();
                    double cost = row.evasion().orElseThrow().cost();
                    assertThat(cost).as(at).isCloseTo(least, within(1e-9));
                    evaded++;
                } else {
                    assertThat(row.evasion()).as(at).isEmpty();
                    held++;
                }
            }
        }
        assertThat(evaded).isGreaterThan(ENSEMBLES / 2);
        assertThat(held).isGreaterThan(ENSEMBLES / 20);
    }

    /// Tries every row of the domain.
    private static double leastCost(
            TreePredictor predictor, FeatureDescription described, double[] row, int label) {
        Constraints constraints = new Constraints(described, predictor::round);
        double least = Double.POSITIVE_INFINITY;
        for (int code = 0; code < 7 * 6 * 2 * 8; code++) {
            double[] other = {
                code % 7, code / 7 % 6, code / 42 % 2, code / 84 % 2, code / 168 % 2, code / 336 % 2
            };
            double cost = constraints.cost(row, other);
            if (cost < least
                    && constraints.violations(row, other).isEmpty()
                    && predictor.answer(other).label() != label) {
                least = cost;
            }
        }
        return least;
    }

    private static final String RELATED =
            """
            currency: EUR
            features:
              - { name: repair, type: money, min: 0, max: 5000, cost: 0.1 }
              - { name: rental, type: money, min: 0, max: 2000, cost: 0.2 }
              - { name: total, type: money, min: 0, max: 7000 }
              - { name: days, type: integer, min: 0, max: 60, cost: 3, change: up }
              - { name: age, type: integer, min: 18, max: 99, immutable: true }
              - { name: web, type: flag, cost: 1, one-hot: channel }
              - { name: phone, type: flag, cost: 2, one-hot: channel }
            relations:
              - { sum: { repair: 1, rental: 1, total: -1 }, equals: 0 }
            """;

    private static FeatureDescription related() {
        return FeatureDescription.parse(RELATED.getBytes(StandardCharsets.UTF_8), "related.yaml");
    }

    private static List<double[]> relatedRows(Random random, int count) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double repair = (float) (random.nextInt(300_000) / 100.0);
            double rental = (float) (random.nextInt(150_000) / 100.0);
            double total = (float) (Math.rint((repair + rental) * 100) / 100);
            double web = random.nextInt(2);
            int days = random.nextInt(30);
            int age = random.nextInt(18, 80);
            rows.add(new double[] {repair, rental, total, days, age, web, 1 - web});
        }
        return rows;
    }

    @Test
    void noConstraintIsEverBroken() throws IOException, InterruptedException {
        FeatureDescription described = related();
        Random random = new Random(17);
        int examples = 0;
        int moved = 0;
        while (examples < EXAMPLES) {
            Predictor predictor = new SmoothRule(random);
            Constraints constraints = new Constraints(described, predictor::round);
            List<double[]> rows = relatedRows(random, 500);
            TabularResult result =
                    new TabularAttack(predictor, described, settings(BUDGET))
                            .run(rows, Optional.empty(), (_, _) -> {});
            assertThat(result.violations()).isZero();
            for (RowResult row : result.with(RowResult.Outcome.EVADED)) {
                RowResult.FoundEvasion found = row.evasion().orElseThrow();
                double[] changed = found.values().stream().mapToDouble(v -> v).toArray();
                assertThat(constraints.violations(rows.get(row.row()), changed)).isEmpty();
                assertThat(found.cost()).isLessThanOrEqualTo(BUDGET);
                examples++;
                moved += changed[0] != rows.get(row.row())[0] ? 1 : 0;
            }
        }
        assertThat(moved).isGreaterThan(EXAMPLES / 100);
    }

    /// A sum of forty columns, each with its own slope; only many together turn it.
    private record WideRule(int columns) implements Predictor, Slopes {
        @Override
        public double round(double value) {
            return (float) value;
        }

        @Override
        public List<Answer> ask(List<double[]> rows) {
            return rows.stream().map(this::one).toList();
        }

        private Answer one(double[] row) {
            double sum = -0.9 * columns;
            for (double value : row) {
                sum += value;
            }
            return new Answer(sum > 0 ? 1 : 0, sum, List.of(sum));
        }

        @Override
        public Optional<TreePredictor> trees() {
            return Optional.empty();
        }

        @Override
        public Optional<Slopes> slopes() {
            return Optional.of(this);
        }

        @Override
        public double[] at(double[] row, int label) {
            double[] slopes = new double[columns];
            java.util.Arrays.fill(slopes, label == 1 ? -1 : 1);
            return slopes;
        }

        @Override
        public long queries() {
            return 0;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    @Test
    void manyFieldsMovedTogetherAreFoundAlongTheGradient()
            throws IOException, InterruptedException {
        int columns = 40;
        StringBuilder text = new StringBuilder("features:\n");
        for (int i = 0; i < columns; i++) {
            text.append("  - { name: c").append(i).append(", min: 0, max: 1, cost: 1 }\n");
        }
        FeatureDescription described =
                FeatureDescription.parse(
                        text.toString().getBytes(StandardCharsets.UTF_8), "wide.yaml");
        TabularResult result =
                new TabularAttack(new WideRule(columns), described, settings(columns))
                        .run(List.of(new double[columns]), Optional.empty(), (_, _) -> {});
        RowResult row = result.rows().getFirst();
        assertThat(row.outcome()).isEqualTo(RowResult.Outcome.EVADED);
        assertThat(row.evasion().orElseThrow().cost()).isCloseTo(0.9 * columns, within(0.5));
        assertThat(result.searches())
                .anySatisfy(search -> {
                    assertThat(search.name()).isEqualTo("gradient");
                    assertThat(search.broken()).isEqualTo(1);
                });
    }

    @Test
    void brokenConstraintsAreNamed() {
        Constraints constraints = new Constraints(related(), v -> v);
        double[] row = {100, 50, 150, 5, 40, 1, 0};
        assertThat(constraints.violations(row, row)).isEmpty();
        assertThat(constraints.violations(row, new double[] {110, 50, 150, 5, 40, 1, 0}))
                .singleElement()
                .asString()
                .contains("relation");
        assertThat(constraints.violations(row, new double[] {110, 50, 160, 5, 40, 1, 0})).isEmpty();
        assertThat(constraints.violations(row, new double[] {100, 50, 150, 4, 40, 1, 0}))
                .hasSize(1);
        assertThat(constraints.violations(row, new double[] {100, 50, 150, 5.5, 40, 1, 0}))
                .hasSize(1);
        assertThat(constraints.violations(row, new double[] {100, 50, 150, 5, 41, 1, 0}))
                .hasSize(1);
        assertThat(constraints.violations(row, new double[] {100, 50, 150, 5, 40, 1, 1}))
                .hasSize(1);
        assertThat(constraints.violations(row, new double[] {100, 50, 150, 61, 40, 1, 0}))
                .hasSize(1);
        assertThat(constraints.violations(row, new double[] {100.001, 49.999, 150, 5, 40, 1, 0}))
                .hasSize(2);
        assertThat(constraints.cost(row, new double[] {110, 50, 160, 7, 40, 0, 1}))
                .isCloseTo(1 + 6 + 1 + 2, within(1e-9));
    }
}
