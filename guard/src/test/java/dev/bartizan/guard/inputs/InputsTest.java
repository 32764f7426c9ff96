package dev.bartizan.guard.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.guard.inputs.QueryWatch.Limits;
import dev.bartizan.guard.inputs.QueryWatch.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class InputsTest {
    private static final int WIDTH = 64;
    private final SplittableRandom random = new SplittableRandom(7);
    private final double[] weights = row(1);

    private double[] row(double size) {
        double[] row = new double[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            row[i] = random.nextGaussian() * size;
        }
        return row;
    }

    private List<double[]> rows(int n) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] row = row(1);
            double pull = random.nextBoolean() ? 0.6 : -0.6;
            for (int k = 0; k < WIDTH; k++) {
                row[k] += pull * weights[k];
            }
            rows.add(row);
        }
        return rows;
    }

    private double[] model(double[] input) {
        double sum = 0;
        for (int i = 0; i < WIDTH; i++) {
            sum += input[i] * weights[i];
        }
        double p = 1 / (1 + Math.exp(-sum));
        return new double[] {p, 1 - p};
    }

    /// The input moved along the weights to just beyond the border.
    private double[] evaded(double[] input) {
        double sum = 0;
        double norm = 0;
        for (int i = 0; i < WIDTH; i++) {
            sum += input[i] * weights[i];
            norm += weights[i] * weights[i];
        }
        double[] moved = input.clone();
        for (int i = 0; i < WIDTH; i++) {
            moved[i] -= (sum + Math.signum(sum) * 0.3) / norm * weights[i];
        }
        return moved;
    }

    @Test
    void foreignInputsAreToldFromHonestOnesAtTheSetRate() {
        FeatureProfile profile = FeatureProfile.of(rows(900), 0.05);
        long alarms = rows(1_000).stream().filter(r -> profile.problem(r).isPresent()).count();
        assertThat(alarms).isLessThan(90);
        assertThat(profile.problem(new double[3]).orElseThrow().reason()).contains("64 features");
        double[] broken = row(1);
        broken[5] = Double.NaN;
        assertThat(profile.problem(broken).orElseThrow().reason()).contains("feature 5");
        assertThat(profile.problem(row(3))).isPresent();
    }

    @Test
    void inputsSearchedNextToTheBorderAreUnstable() {
        Stability stability = new Stability(this::model, 0.5, 0.3, 3);
        stability.calibrate(rows(400), 0.05);
        long alarms = rows(400).stream().filter(stability::isUnstable).count();
        long caught = rows(400).stream().map(this::evaded).filter(stability::isUnstable).count();
        assertThat(alarms).isLessThan(40);
        assertThat(caught).isGreaterThan(360);
    }

    @Test
    void honestClientsAreUsual() {
        QueryWatch watch = new QueryWatch(0.25, Limits.USUAL, 99);
        long strange =
                rows(2_000).stream()
                        .map(r -> watch.see("honest", r, model(r)))
                        .filter(p -> p != Pattern.USUAL)
                        .count();
        assertThat(strange).isZero();
    }

    @Test
    void searchAroundAnInputIsSeen() {
        QueryWatch watch = new QueryWatch(0.25, Limits.USUAL, 99);
        double[] start = rows(1).getFirst();
        int first = -1;
        for (int query = 0; query < 400 && first < 0; query++) {
            double[] tried = start.clone();
            for (int change = 0; change < 4; change++) {
                tried[random.nextInt(WIDTH)] += random.nextGaussian();
            }
            if (watch.see("attacker", tried, model(tried)) == Pattern.SEARCH) {
                first = query;
            }
        }
        assertThat(first).isBetween(90, 150);
    }

    @Test
    void extractionAlongTheBorderIsSeen() {
        QueryWatch watch = new QueryWatch(0.25, Limits.USUAL, 99);
        List<Pattern> seen = new ArrayList<>();
        for (int query = 0; query < 300; query++) {
            double[] tried = evaded(row(1));
            seen.add(watch.see("copier", tried, model(tried)));
        }
        assertThat(seen).contains(Pattern.EXTRACTION);
    }

    @Test
    void manyClientsStayBounded() {
        QueryWatch watch = new QueryWatch(0.25, Limits.USUAL, 99);
        double[] input = row(1);
        double[] answer = model(input);
        for (int client = 0; client < QueryWatch.MAX_CLIENTS + 1_000; client++) {
            watch.see("c" + client, input, answer);
        }
        assertThat(watch.clients()).isEqualTo(QueryWatch.MAX_CLIENTS);
    }
}
