package dev.bartizan.guard.training;

import dev.bartizan.guard.Guard;
import dev.bartizan.guard.Kind;
import dev.bartizan.guard.Part;
import dev.bartizan.guard.Verdict;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.guard.secrets.SecretFinder;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Measures the guard that ships on the reserved rows that training never saw: per source, in
/// disguise, and its speed on ordinary and hostile texts.
public final class MeasureGuard {
    private static final int SAMPLE = 150;
    private static final int ROUNDS = 2_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MeasureGuard() {}

    /// Prints the measurements.
    ///
    /// @param args folder of the corpus
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Guard guard = Guard.shipped();
        List<Row> rows = Row.read(Path.of(args[0])).stream().filter(Row::isReserved).toList();
        sources(out, guard, rows);
        disguises(out, guard, rows);
        speed(out, guard, rows);
    }

    private static boolean flags(Guard guard, String text) {
        return guard.judge(Part.of(Kind.UNKNOWN, text)).verdict() != Verdict.ALLOW;
    }

    private static void sources(PrintStream out, Guard guard, List<Row> rows) {
        Map<String, int[]> counts = new TreeMap<>();
        for (Row row : rows) {
            int[] count = counts.computeIfAbsent(row.source() + " " + row.label(), _ -> new int[2]);
            count[0]++;
            count[1] += flags(guard, row.text()) ? 1 : 0;
        }
        counts.forEach((name, c) ->
                out.printf(
                        Locale.ROOT,
                        "%-42s %5d  flagged %5.1f %%%n",
                        name,
                        c[0],
                        100.0 * c[1] / c[0]));
    }

    private static void disguises(PrintStream out, Guard guard, List<Row> rows) {
        List<Row> attacks =
                rows.stream()
                        .filter(r ->
                                r.isAttack()
                                        && r.text().length() < 2500
                                        && r.text().chars().allMatch(c -> c < 0x7F))
                        .limit(SAMPLE)
                        .toList();
        List<Row> benign =
                rows.stream()
                        .filter(r ->
                                r.label().equals("benign")
                                        && r.text().length() < 2500
                                        && r.text().chars().allMatch(c -> c < 0x7F))
                        .limit(SAMPLE)
                        .toList();
        ways().forEach((name, way) ->
                out.printf(
                        Locale.ROOT,
                        "%-12s attacks flagged %5.1f %%, benign flagged %5.1f %%%n",
                        name,
                        100.0
                                * attacks.stream()
                                        .filter(r -> flags(guard, way.apply(r.text())))
                                        .count()
                                / attacks.size(),
                        100.0
                                * benign.stream()
                                        .filter(r -> flags(guard, way.apply(r.text())))
                                        .count()
                                / benign.size()));
    }

    private static Map<String, UnaryOperator<String>> ways() {
        Map<String, UnaryOperator<String>> ways = new LinkedHashMap<>();
        ways.put("plain", t -> t);
        ways.put(
                "base64",
                t -> Base64.getEncoder().encodeToString(t.getBytes(StandardCharsets.UTF_8)));
        ways.put(
                "hex", t -> java.util.HexFormat.of().formatHex(t.getBytes(StandardCharsets.UTF_8)));
        ways.put(
                "url",
                t -> java.net.URLEncoder.encode(t, StandardCharsets.UTF_8).replace("+", "%20"));
        ways.put("reversed", t -> new StringBuilder(t).reverse().toString());
        ways.put(
                "rot13",
                t -> map(t, c -> Character.isLetter(c) ? (c | 0x20) < 'n' ? c + 13 : c - 13 : c));
        ways.put("full width", t -> map(t, c -> c > ' ' ? c + 0xFEE0 : c));
        ways.put("zero width", t -> t.replaceAll("(?<=\\w)(?=\\w)", "\u200b"));
        ways.put(
                "cyrillic",
                t -> t.replace('a', 'а').replace('e', 'е').replace('o', 'о').replace('c', 'с'));
        ways.put(
                "leet",
                t -> t.replace('e', '3').replace('a', '4').replace('o', '0').replace('i', '1'));
        ways.put("spaced", t -> t.replaceAll("(?<=.)(?=.)", " "));
        ways.put("tags", t -> map(t, c -> c >= ' ' ? 0xE0000 + c : c));
        return ways;
    }

    private static String map(String text, java.util.function.IntUnaryOperator one) {
        StringBuilder out = new StringBuilder();
        text.codePoints().map(one).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static void speed(PrintStream out, Guard guard, List<Row> rows) {
        StringBuilder prose = new StringBuilder();
        rows.stream()
                .filter(r -> r.source().equals("t0-p3"))
                .forEach(r -> prose.append(r.text()).append('\n'));
        time(out, guard, "2 kB of prose", prose.substring(0, 2048), ROUNDS);
        time(out, guard, "64 kB of prose", prose.substring(0, 65_536), 40);
        time(
                out,
                guard,
                "512 kB of prose",
                prose.substring(0, Math.min(prose.length(), 524_288)),
                5);
        for (Map.Entry<String, String> hostile : hostile().entrySet()) {
            time(out, guard, "64 kB of " + hostile.getKey(), hostile.getValue(), 10);
        }
    }

    private static Map<String, String> hostile() {
        Map<String, String> texts = new TreeMap<>();
        Random random = new Random(1);
        for (String piece :
                List.of(
                        "a ",
                        "12 34 ",
                        "ignore ",
                        "aGVsbG8gd29ybGQgdGhpcyBpcyB0ZXh0\n",
                        "&#105;",
                        "%69",
                        "\u200b\u200ba",
                        "а",
                        "- ",
                        "\"x\": ",
                        "key=",
                        "[system] ",
                        "1.1.1.1 ",
                        "Ab",
                        "qzx jkv ",
                        "1 2 3 ",
                        "a@",
                        "key: abc ",
                        "-----begin ",
                        "+1 (")) {
            texts.put("`" + piece.strip() + "`", piece.repeat(65_536 / piece.length()));
        }
        StringBuilder noise = new StringBuilder();
        random.ints(65_536, 33, 126).forEach(c -> noise.append((char) c));
        texts.put("noise", noise.toString());
        StringBuilder letters = new StringBuilder();
        random.ints(65_536, 'a', 'z').forEach(c -> letters.append((char) c));
        texts.put("letters", letters.toString());
        openingRules(texts);
        return texts;
    }

    /// Texts that have the rules for secrets and for attacks tried everywhere: their key words with
    /// something like a secret behind each, and once in a while.
    private static void openingRules(Map<String, String> texts) {
        List<String> words = new ArrayList<>();
        SecretFinder.shippedRules().forEach(rule -> words.addAll(rule.keywords()));
        RulePack.shipped().rules().forEach(rule -> words.addAll(rule.literals()));
        StringBuilder assigned = new StringBuilder();
        StringBuilder rare = new StringBuilder();
        for (String word : words) {
            assigned.append(word).append(" = a1b2c3d4e5f6g7 ");
            rare.append(word).append(' ');
        }
        rare.append("a1=b2: ".repeat(200));
        texts.put("key words of rules", repeated(assigned.toString()));
        texts.put("rare key words", repeated(rare.toString()));
    }

    private static String repeated(String unit) {
        return unit.repeat(65_536 / unit.length() + 1).substring(0, 65_536);
    }

    private static void time(PrintStream out, Guard guard, String name, String text, int rounds) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < rounds * 2; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            guard.judge(Part.of(Kind.UNKNOWN, text));
            if (i >= rounds) {
                millis.add((THREADS.getCurrentThreadCpuTime() - start) / 1e6);
            }
        }
        double[] sorted = millis.stream().mapToDouble(d -> d).toArray();
        Arrays.sort(sorted);
        out.printf(
                Locale.ROOT,
                "%-40s processor time: median %8.2f ms, 90th %8.2f, 99th %8.2f, longest %8.2f%n",
                name,
                sorted[sorted.length / 2],
                sorted[sorted.length * 90 / 100],
                sorted[sorted.length * 99 / 100],
                sorted[sorted.length - 1]);
    }
}
