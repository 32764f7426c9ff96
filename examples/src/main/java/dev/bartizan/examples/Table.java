package dev.bartizan.examples;

import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Rows with labels.
///
/// @param columns what the numbers mean
/// @param rows values by row, then column
/// @param labels class of each row
record Table(List<Column> columns, List<double[]> rows, List<Integer> labels) {
    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        labels = List.copyOf(labels);
    }

    Table slice(int from, int to) {
        return new Table(columns, rows.subList(from, to), labels.subList(from, to));
    }

    float[] floats() {
        float[] values = new float[rows.size() * columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows.get(i / columns.size())[i % columns.size()];
        }
        return values;
    }

    byte[] inputs() {
        return NpyWriter.bytes(NpyArray.of(List.of(rows.size(), columns.size()), floats()));
    }

    byte[] labelArray() {
        long[] values = labels.stream().mapToLong(Integer::longValue).toArray();
        return NpyWriter.bytes(NpyArray.of(List.of(values.length), values));
    }

    byte[] csv(String label) {
        StringBuilder text = new StringBuilder();
        columns.forEach(column -> text.append(column.name()).append(','));
        text.append(label).append('\n');
        for (int row = 0; row < rows.size(); row++) {
            for (double value : rows.get(row)) {
                text.append(plain(value)).append(',');
            }
            text.append(labels.get(row)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String plain(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    byte[] featureDescription(String what, String currency) {
        StringBuilder text = new StringBuilder("# " + what + "\n");
        if (!currency.isEmpty()) {
            text.append("currency: ").append(currency).append('\n');
        }
        text.append("features:\n");
        for (Column column : columns) {
            text.append("  - { name: ").append(column.name());
            text.append(", type: ").append(column.type());
            text.append(", min: ").append(plain(column.min()));
            text.append(", max: ").append(plain(column.max()));
            if (column.immutable()) {
                text.append(", immutable: true");
            } else {
                text.append(", cost: ").append(plain(column.cost()));
            }
            if (!column.group().isEmpty()) {
                text.append(", one-hot: ").append(column.group());
            }
            text.append(", description: \"").append(column.meaning()).append("\" }\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
