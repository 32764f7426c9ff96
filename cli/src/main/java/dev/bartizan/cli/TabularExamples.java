package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpzWriter;
import dev.bartizan.robustness.tabular.Answer;
import dev.bartizan.robustness.tabular.RowResult;
import dev.bartizan.tensors.features.Feature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Rows before and after an attack, kept for others to look at.
///
/// `.npz`: `x`, `x_adv` (both `[rows, columns]`; the same where a row was not evaded), `y`, `pred`
/// (what the model answers for `x_adv`) and `cost` (0 where nothing changed). `.csv`: two lines for
/// each evaded row, before and after.
record TabularExamples(TabularRun.Ran ran) {
    /// The folder of a file that will be written.
    ///
    /// @throws UserError when there is none, or the name says neither kind
    static void require(Path file) {
        AttackOutput.requireFolder(file);
        if (!isNpz(file) && !isCsv(file)) {
            throw new UserError(
                    "Rows are kept as .npz or .csv",
                    "--save " + file,
                    "Let the name end in one of the two.");
        }
    }

    private static boolean isNpz(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    }

    private static boolean isCsv(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /// Keeps the rows; nothing stays when they cannot be written whole.
    void save(Path file) throws IOException {
        Path folder = AttackOutput.requireFolder(file);
        Path part = Files.createTempFile(folder, ".bartizan-", ".part");
        try {
            try (OutputStream to = Files.newOutputStream(part)) {
                if (isNpz(file)) {
                    NpzWriter.write(arrays(), to);
                } else {
                    to.write(text().getBytes(StandardCharsets.UTF_8));
                }
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private List<RowResult> results() {
        return ran.result().rows();
    }

    private double[] changed(RowResult row) {
        return row.evasion()
                .map(found -> found.values().stream().mapToDouble(v -> v).toArray())
                .orElseGet(() -> ran.rows().get(row.row()));
    }

    private Map<String, NpyArray> arrays() {
        int rows = results().size();
        int columns = ran.result().described().features().size();
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        List<Integer> shape = List.of(rows, columns);
        arrays.put(
                "x",
                NpyArray.of(
                        shape, ran.rows().stream().flatMapToDouble(DoubleStream::of).toArray()));
        arrays.put(
                "x_adv",
                NpyArray.of(
                        shape,
                        results().stream()
                                .flatMapToDouble(row -> DoubleStream.of(changed(row)))
                                .toArray()));
        arrays.put(
                "y",
                NpyArray.of(
                        List.of(rows), results().stream().mapToLong(RowResult::label).toArray()));
        arrays.put(
                "pred",
                NpyArray.of(
                        List.of(rows),
                        results().stream().mapToLong(row -> after(row).label()).toArray()));
        arrays.put(
                "cost",
                NpyArray.of(
                        List.of(rows),
                        results().stream()
                                .mapToDouble(row ->
                                        row.evasion().map(RowResult.FoundEvasion::cost).orElse(0.0))
                                .toArray()));
        return arrays;
    }

    private static Answer after(RowResult row) {
        return row.evasion().map(RowResult.FoundEvasion::after).orElse(row.before());
    }

    private String text() {
        List<String> names = new ArrayList<>(List.of("row", "version", "label"));
        names.addAll(List.of("answer", "score", "cost"));
        ran.result().described().features().stream().map(Feature::name).forEach(names::add);
        StringBuilder text = new StringBuilder();
        line(text, names.stream().map(TabularExamples::field).toList());
        for (RowResult row : ran.result().with(RowResult.Outcome.EVADED)) {
            double cost = row.evasion().orElseThrow().cost();
            line(text, fields(row, "before", row.before(), 0, ran.rows().get(row.row())));
            line(text, fields(row, "after", after(row), cost, changed(row)));
        }
        return text.toString();
    }

    private static List<String> fields(
            RowResult row, String version, Answer answer, double cost, double[] values) {
        List<String> fields = new ArrayList<>(List.of(Integer.toString(row.row()), version));
        fields.add(Integer.toString(row.label()));
        fields.add(Integer.toString(answer.label()));
        fields.add(number(answer.score()));
        fields.add(number(cost));
        DoubleStream.of(values).mapToObj(TabularExamples::number).forEach(fields::add);
        return fields;
    }

    private static void line(StringBuilder text, List<String> fields) {
        text.append(fields.stream().collect(Collectors.joining(","))).append('\n');
    }

    /// RFC 4180; a missing value is an empty field.
    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return Double.isNaN(value)
                ? ""
                : isWhole ? Long.toString((long) value) : Double.toString(value);
    }

    private static String field(String name) {
        boolean isPlain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
        return isPlain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
