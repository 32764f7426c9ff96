package dev.bartizan.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlackBoxTest {
    private static final int ROWS = 40;

    private final LinearNet net = new LinearNet(ROWS, 23);

    /// The linear classifier as an endpoint would give it.
    private class Asked implements DecisionSource {
        int rows;
        int most;

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<Long> rowDims() {
            return List.of((long) LinearNet.WIDTH);
        }

        float[] differences(float[] values) {
            int count = values.length / LinearNet.WIDTH;
            rows += count;
            most = Math.max(most, count);
            float[] sums = new float[count];
            for (int i = 0; i < values.length; i++) {
                sums[i / LinearNet.WIDTH] += values[i] * net.weights[i % LinearNet.WIDTH];
            }
            return sums;
        }

        @Override
        public int[] answers(float[] values) {
            float[] sums = differences(values);
            return IntStream.range(0, sums.length).map(i -> sums[i] >= 0 ? 0 : 1).toArray();
        }
    }

    private final class Scored extends Asked implements ScoreSource {
        @Override
        public float[] scores(float[] values) {
            float[] sums = differences(values);
            float[] scores = new float[2 * sums.length];
            for (int i = 0; i < sums.length; i++) {
                scores[2 * i] = sums[i];
                scores[2 * i + 1] = -sums[i];
            }
            return scores;
        }

        @Override
        public int[] answers(float[] values) {
            return super.answers(values);
        }
    }

    private Work work(Norm norm, float eps) {
        return net.task(norm, eps).work();
    }

    private double median(Norm norm) {
        double[] all =
                IntStream.range(0, ROWS)
                        .mapToDouble(row -> net.least(norm, row))
                        .sorted()
                        .toArray();
        return all[ROWS / 2];
    }

    @ParameterizedTest
    @CsvSource({
        "nes, LINF",
        "nes, L2",
        "square, LINF",
        "sparse-rs, L0",
        "hopskipjump, LINF",
        "hopskipjump, L2"
    })
    void nearlyAllThatCanBeBrokenIsAndNothingElse(String name, Norm norm)
            throws IOException, InterruptedException {
        double eps = (norm == Norm.L0 ? 1 : 1.3) * median(norm);
        Attack attack = AttackCatalogue.attack(name, OptionalInt.of(3000));
        DecisionSource source = attack instanceof DecisionAttack ? new Asked() : new Scored();
        EvasionResult result =
                new Evasion(List.of(attack))
                        .run(
                                source,
                                work(norm, (float) eps),
                                Optional.empty(),
                                EvasionListener.NONE);
        int surely = 0;
        for (int row = 0; row < ROWS; row++) {
            double least = net.least(norm, row);
            surely += least <= (norm == Norm.L0 ? 1 : 0.9) * eps ? 1 : 0;
            if (result.isBroken(row)) {
                assertThat(least).as("row " + row).isLessThanOrEqualTo(eps * 1.0001);
            }
        }
        assertThat(surely).isGreaterThan(ROWS / 4);
        assertThat(ROWS - result.robustCorrect()).isGreaterThanOrEqualTo(surely * 8 / 10);
        assertThat(result.doubts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nes, LINF", "square, LINF", "sparse-rs, L0", "hopskipjump, L2"})
    void noAttackAsksMoreThanItMay(String name, Norm norm)
            throws IOException, InterruptedException {
        Scored source = new Scored();
        int queries = 237;
        BlackBoxAttack attack =
                (BlackBoxAttack) AttackCatalogue.attack(name, OptionalInt.of(queries));
        Ball tiny = Ball.of(norm, LinearNet.WIDTH, norm == Norm.L0 ? 1 : 1e-4f, -1, 1);
        attack.run(source, new Examples(net.values, net.labels), tiny, 5);
        assertThat(source.rows).isBetween(queries * ROWS / 8, queries * ROWS);
    }

    @ParameterizedTest
    @CsvSource({"LINF, 1.6", "L2, 1.25"})
    void decisionsAloneLeadNearTheSmallestChange(Norm norm, double factor)
            throws IOException, InterruptedException {
        MinimalResult result =
                MinimalEvasion.ofAnswers(4000)
                        .run(
                                new Asked(),
                                work(norm, 0.01f),
                                Optional.empty(),
                                EvasionListener.NONE);
        for (int row = 0; row < ROWS; row++) {
            assertThat(result.size(row)).isGreaterThanOrEqualTo(net.least(norm, row) * 0.9999);
        }
        assertThat(result.middle().median().orElseThrow()).isLessThan(factor * median(norm));
    }

    @Test
    void moreQuestionsLeadNearer() throws IOException, InterruptedException {
        double few = distance(200);
        double many = distance(3000);
        assertThat(many).isLessThan(few * 0.9);
    }

    private double distance(int queries) throws IOException, InterruptedException {
        return MinimalEvasion.ofAnswers(queries)
                .run(new Asked(), work(Norm.L2, 0.01f), Optional.empty(), EvasionListener.NONE)
                .middle()
                .median()
                .orElseThrow();
    }

    @Test
    void anEndpointThatTellsOnlyClassesIsNotAskedForScores() {
        Evasion evasion = Evasion.named(List.of("square"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        evasion.run(
                                new Asked(),
                                work(Norm.LINF, 0.1f),
                                Optional.empty(),
                                EvasionListener.NONE))
                .withMessageContaining("square");
    }
}
