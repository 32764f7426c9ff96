package dev.bartizan.examples;

import java.util.ArrayList;
import java.util.List;

/// Invented motor claims, some of them fraudulent. Nobody's data: every row comes from a seed.
final class ClaimsHistory {
    private static final double WRONG_LABELS = 0.01;
    private static final double CENT = 100;

    private static final List<Column> COLUMNS =
            List.of(
                    Column.changeable("amount", "number", 50, 50_000, 0.05, "claimed, in euros"),
                    Column.fixed("vehicle_age", "integer", 0, 25, "years"),
                    Column.fixed("policy_days", "integer", 0, 3650, "age of the policy in days"),
                    Column.fixed("claimant_age", "integer", 18, 90, "years"),
                    Column.fixed("prior_claims", "integer", 0, 10, "claims in five years"),
                    Column.changeable(
                            "report_delay", "integer", 0, 60, 5, "days from accident to report"),
                    Column.changeable("photos", "integer", 0, 12, 2, "photos sent along"),
                    Column.changeable("police_report", "flag", 0, 1, 80, "police took a report"),
                    Column.fixed("injured", "flag", 0, 1, "somebody was injured"),
                    Column.choice("by_web", "channel", 1, "claimed on the web site"),
                    Column.choice("by_phone", "channel", 1, "claimed by telephone"),
                    Column.choice("by_broker", "channel", 40, "claimed through a broker"));

    private ClaimsHistory() {}

    static Table rows(int count, long seed) {
        SeededRandom random = new SeededRandom(seed);
        List<double[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] row = row(random);
            boolean isFraud = suspicion(row) + 0.2 * random.gaussian() > 0;
            rows.add(row);
            labels.add(isFraud ^ random.happens(WRONG_LABELS) ? 1 : 0);
        }
        return new Table(COLUMNS, rows, labels);
    }

    private static double[] row(SeededRandom random) {
        int channel = random.below(3);
        double amount = StrictMath.exp(7.6 + 0.9 * random.gaussian());
        double[] row = {
            Math.rint(amount * CENT) / CENT,
            25 * random.uniform() * random.uniform(),
            3650 * random.uniform(),
            44 + 15 * random.gaussian(),
            -2.0 * StrictMath.log(1 - random.uniform()),
            -6.0 * StrictMath.log(1 - random.uniform()),
            12 * random.uniform(),
            random.happens(0.4) ? 1 : 0,
            random.happens(0.12) ? 1 : 0,
            channel == 0 ? 1 : 0,
            channel == 1 ? 1 : 0,
            channel == 2 ? 1 : 0
        };
        for (int i = 0; i < row.length; i++) {
            row[i] = COLUMNS.get(i).fit(row[i]);
        }
        return row;
    }

    /// Above zero where the invented investigators would find fraud.
    private static double suspicion(double[] row) {
        double young = row[2] < 180 ? 1.6 : 0;
        double dear = 1.1 * (StrictMath.log(row[0]) - 8.2) * (row[1] > 8 ? 1.8 : 1);
        double late = 0.12 * (row[5] - 5);
        double bare = row[6] < 3 ? 1.2 : -0.15 * (row[6] - 3);
        double vouched = -1.3 * row[7] - 0.9 * row[8] - 0.6 * row[11];
        return dear + young + late + bare + vouched + 0.35 * (row[4] - 1.5) + 0.3 * row[9] + 0.3;
    }
}
