package dev.bartizan.guard.training;

import dev.bartizan.guard.Guard;
import dev.bartizan.guard.Kind;
import dev.bartizan.guard.Part;
import dev.bartizan.guard.Verdict;
import dev.bartizan.guard.training.disguise.Disguises;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Measures what disguises hide: for each way, how many attacks and how many benign texts the guard
/// flags, beside how many it flags as they are. Half of the rows by hash of the id is for
/// development, the other for reports.
public final class MeasureDisguises {
    private static final int SAMPLE = 120;
    private static final int LONGEST = 1_500;
    private final PrintStream out;
    private final Guard guard = Guard.shipped();

    private MeasureDisguises(PrintStream out) {
        this.out = out;
    }

    /// Prints the measurements.
    ///
    /// @param args folder of the corpus, `reports` or `development`, and optionally names of ways
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int half = args.length > 1 && args[1].equals("reports") ? 1 : 0;
        List<Row> rows =
                Row.read(Path.of(args[0])).stream()
                        .filter(row -> row.text().length() < LONGEST)
                        .filter(row -> row.text().chars().allMatch(c -> c < 0x7F && c != '\r'))
                        .filter(row -> Hash.bucket("half " + row.id(), 2) == half)
                        .toList();
        List<String> names = List.of(args).subList(Math.min(2, args.length), args.length);
        new MeasureDisguises(out).run(rows, names);
    }

    private void run(List<Row> rows, List<String> names) {
        List<Row> attacks = sample(rows, Row::isAttack);
        List<Row> benign = sample(rows, row -> row.label().equals("benign"));
        Share plainAttacks = share(attacks, t -> t);
        Share plainBenign = share(benign, t -> t);
        out.printf(
                Locale.ROOT,
                "%-36s attacks %5.1f %% of %d, benign %5.1f %% of %d%n",
                "as they are",
                plainAttacks.percent(),
                attacks.size(),
                plainBenign.percent(),
                benign.size());
        int within = 0;
        int count = 0;
        for (Map.Entry<String, UnaryOperator<String>> way : Disguises.all().entrySet()) {
            if (!names.isEmpty() && !names.contains(way.getKey())) {
                continue;
            }
            Share hidden = share(attacks, way.getValue());
            Share harmless = share(benign, way.getValue());
            double lost = plainAttacks.percent() - hidden.percent();
            double more = harmless.percent() - plainBenign.percent();
            boolean fits = lost <= 5 && more <= 5;
            within += fits ? 1 : 0;
            count++;
            out.printf(
                    Locale.ROOT,
                    "%-36s attacks %5.1f %% (%+5.1f), benign %5.1f %% (%+5.1f)%s%n",
                    way.getKey(),
                    hidden.percent(),
                    -lost,
                    harmless.percent(),
                    more,
                    fits ? "" : "  OUTSIDE");
        }
        out.printf("%d of %d ways within five points%n", within, count);
    }

    /// Rows spread over all sources: the first by hash, the same every time. Reserved rows come
    /// first, then rows that training saw, which show what a disguise hides all the better.
    private static List<Row> sample(List<Row> rows, Predicate<Row> wanted) {
        return rows.stream()
                .filter(wanted)
                .sorted(
                        java.util.Comparator.comparing((Row row) -> !row.isReserved())
                                .thenComparingInt(row -> Hash.bucket("order " + row.id(), 1 << 20)))
                .limit(SAMPLE)
                .toList();
    }

    private record Share(int flagged, int of) {
        double percent() {
            return 100.0 * flagged / Math.max(1, of);
        }
    }

    private Share share(List<Row> rows, UnaryOperator<String> way) {
        int flagged = 0;
        for (Row row : rows) {
            Part part = Part.of(Kind.UNKNOWN, way.apply(row.text()));
            flagged += guard.judge(part).verdict() != Verdict.ALLOW ? 1 : 0;
        }
        return new Share(flagged, rows.size());
    }
}
