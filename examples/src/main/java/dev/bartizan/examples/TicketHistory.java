package dev.bartizan.examples;

import java.util.ArrayList;
import java.util.List;

/// Invented service tickets, some of them urgent: the data of the clean example.
final class TicketHistory {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.fixed("waiting_hours", "number", 0, 240, "since the ticket came"),
                    Column.fixed("replies", "integer", 0, 20, "messages so far"),
                    Column.fixed("machines", "integer", 1, 50, "machines affected"),
                    Column.fixed("is_outage", "flag", 0, 1, "something stands still"));

    private TicketHistory() {}

    static Table rows(int count, long seed) {
        SeededRandom random = new SeededRandom(seed);
        List<double[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] row = {
                240 * random.uniform(),
                20 * random.uniform() * random.uniform(),
                1 + 49 * random.uniform() * random.uniform(),
                random.happens(0.3) ? 1 : 0
            };
            for (int column = 0; column < row.length; column++) {
                row[column] = COLUMNS.get(column).fit(row[column]);
            }
            double urgency = row[0] / 80 + row[1] / 8 + row[2] / 15 + 2 * row[3] - 3.6;
            rows.add(row);
            labels.add(urgency > 0 ? 1 : 0);
        }
        return new Table(COLUMNS, rows, labels);
    }
}
