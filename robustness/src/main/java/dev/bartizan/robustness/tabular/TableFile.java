package dev.bartizan.robustness.tabular;

import dev.bartizan.core.UserError;
import dev.bartizan.tensors.features.Feature;
import dev.bartizan.tensors.features.FeatureDescription;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A table in CSV (RFC 4180, no line breaks inside fields): a line of names, then numbers. Columns
/// of the description are taken by name; a column `label`, or the one named, holds the classes; an
/// empty field is a missing value.
///
/// @param rows in the order of the description
/// @param labels classes, when there is such a column
public record TableFile(List<double[]> rows, Optional<List<Integer>> labels) {
    private static final long MAX_BYTES = 1L << 28;
    private static final String LABEL = "label";

    public TableFile {
        rows = List.copyOf(rows);
    }

    /// Reads a file.
    ///
    /// @param described the columns that are wanted
    /// @param label name of the column with classes; empty for `label` when there is one
    /// @param count most rows
    /// @throws UserError when a column is missing or a field is no number; names line and column
    /// @throws IOException when it cannot be read
    public static TableFile read(Path file, FeatureDescription described, String label, int count)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserError("There is no such file", file.toString(), "Check the path.");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new UserError(
                    "The table is larger than " + MAX_BYTES + " bytes",
                    file.toString(),
                    "Give fewer rows.");
        }
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return new Reader(file, in).read(described, label, count);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new UserError("The table is not UTF-8", file.toString(), "Save it as UTF-8.", e);
        }
    }

    private record Reader(Path file, BufferedReader in) {
        TableFile read(FeatureDescription described, String label, int count) throws IOException {
            String first = in.readLine();
            if (first == null) {
                throw new UserError(
                        "The table is empty", file.toString(), "Begin it with a line of names.");
            }
            String head = first.startsWith("\uFEFF") ? first.substring(1) : first;
            List<String> names = fields(head, 1);
            int[] at = new int[described.features().size()];
            for (int i = 0; i < at.length; i++) {
                at[i] = place(names, described.features().get(i));
            }
            int labelAt = names.indexOf(label.isEmpty() ? LABEL : label);
            if (labelAt < 0 && !label.isEmpty()) {
                throw new UserError(
                        "The table has no column \"" + label + "\"",
                        file + ":1",
                        "Its columns are " + String.join(", ", names) + ".");
            }
            List<double[]> rows = new ArrayList<>();
            List<Integer> labels = new ArrayList<>();
            String line = in.readLine();
            for (int number = 2; line != null && rows.size() < count; number++) {
                if (!line.isBlank()) {
                    List<String> fields = fields(line, number);
                    if (fields.size() != names.size()) {
                        throw new UserError(
                                fields.size() + " fields, the first line names " + names.size(),
                                file + ":" + number,
                                "Mend that line.");
                    }
                    double[] row = new double[at.length];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = number(fields, names, at[i], number);
                    }
                    rows.add(row);
                    if (labelAt >= 0) {
                        labels.add((int) number(fields, names, labelAt, number));
                    }
                }
                line = in.readLine();
            }
            return new TableFile(rows, labelAt < 0 ? Optional.empty() : Optional.of(labels));
        }

        private int place(List<String> names, Feature feature) {
            int place = names.indexOf(feature.name());
            if (place < 0) {
                throw new UserError(
                        "The table has no column \"" + feature.name() + "\"",
                        file + ":1",
                        "Name every column of the description in the first line.");
            }
            return place;
        }

        private double number(List<String> fields, List<String> names, int place, int line) {
            String field = fields.get(place).strip();
            if (field.isEmpty()) {
                return Double.NaN;
            }
            try {
                return Double.parseDouble(field);
            } catch (NumberFormatException _) {
                throw new UserError(
                        "\"" + field + "\" in column " + names.get(place) + " is no number",
                        file + ":" + line,
                        "Write a number, or nothing for a missing value.");
            }
        }

        private List<String> fields(String line, int number) {
            List<String> fields = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean isQuoted = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                boolean isDouble =
                        isQuoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (isDouble) {
                    field.append('"');
                    i++;
                } else if (c == '"') {
                    isQuoted = !isQuoted;
                } else if (c == ',' && !isQuoted) {
                    fields.add(field.toString());
                    field.setLength(0);
                } else {
                    field.append(c);
                }
            }
            if (isQuoted) {
                throw new UserError(
                        "A quote is not closed", file + ":" + number, "Close it on that line.");
            }
            fields.add(field.toString());
            return fields;
        }
    }
}
