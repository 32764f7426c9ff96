package dev.bartizan.guard.training;

import dev.bartizan.guard.text.Letters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Counts letter triples and common words in the training rows and writes the two data files that
/// the normaliser uses to tell language from cipher.
public final class TrainLanguage {
    private static final int MIN_ROWS = 4;
    private static final int MAX_WORDS = 9000;
    private static final Pattern WORD = Pattern.compile("[a-z]{1,20}");

    private TrainLanguage() {}

    /// Writes both files.
    ///
    /// @param args folder of the corpus, folder for the data files
    public static void main(String[] args) throws IOException {
        List<Row> rows =
                Row.read(Path.of(args[0])).stream().filter(row -> !row.isReserved()).toList();
        Path out = Path.of(args[1]);
        Files.write(out.resolve("letters.bin"), letters(rows));
        Files.write(out.resolve("words.txt"), words(rows), StandardCharsets.UTF_8);
    }

    private static byte[] letters(List<Row> rows) {
        int n = Letters.SYMBOLS;
        double[] counts = new double[n * n * n];
        for (Row row : rows) {
            double weight = 200.0 / (200 + row.text().length());
            int first = 0;
            int second = 0;
            for (int i = 0; i < row.text().length(); i++) {
                int third = Letters.symbol(row.text().charAt(i));
                if (third == 0 && second == 0) {
                    continue;
                }
                counts[(first * n + second) * n + third] += weight;
                first = second;
                second = third;
            }
        }
        byte[] cost = new byte[counts.length];
        for (int pair = 0; pair < n * n; pair++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += counts[pair * n + i] + 0.05;
            }
            for (int i = 0; i < n; i++) {
                double steps = -Math.log((counts[pair * n + i] + 0.05) / sum) / Letters.STEP;
                cost[pair * n + i] = (byte) Math.min(255, Math.round(Math.min(steps, 160)));
            }
        }
        return cost;
    }

    private static List<String> words(List<Row> rows) {
        Map<String, Integer> seen = new HashMap<>();
        for (Row row : rows) {
            Set<String> inRow = new HashSet<>();
            Matcher word = WORD.matcher(row.text().toLowerCase(Locale.ROOT));
            while (word.find()) {
                inRow.add(word.group());
            }
            inRow.forEach(w -> seen.merge(w, 1, Integer::sum));
        }
        return seen.entrySet().stream()
                .filter(e -> e.getValue() >= MIN_ROWS)
                .filter(e -> e.getKey().length() > 2 || e.getValue() > 150)
                .filter(e ->
                        e.getKey().length() > 1 || e.getKey().equals("a") || e.getKey().equals("i"))
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_WORDS)
                .map(Map.Entry::getKey)
                .toList();
    }
}
