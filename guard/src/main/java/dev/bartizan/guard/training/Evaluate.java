package dev.bartizan.guard.training;

import dev.bartizan.guard.classify.LinearModel;
import dev.bartizan.guard.classify.Reading;
import dev.bartizan.guard.classify.Trainer;
import dev.bartizan.guard.classify.Trainer.Example;
import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.guard.training.Prepared.Use;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Trains with each source left out in turn and prints the error on it.
public final class Evaluate {
    private static final int BARE_OF = 1;
    private static final String BARE = "bare";
    private static final int COMPOSED = 3000;
    private static final int DOCUMENTS = 1500;
    private static final int LONGEST_DOCUMENT = 14;

    /// Kinds of sentence that do not stand in documents of other people.
    private static final List<String> NOT_IN_DOCUMENTS =
            List.of("suffix", "persona", "security", "trigger", "roleplay", "tool", "instruct");

    private static final Set<String> CLOSE_TO_ATTACKS =
            Set.of("made-benign-security", "made-benign-trigger", "made-benign-roleplay");
    private static final double EMPHASIS = 3;
    private static final int SHINGLE = 8;
    private static final double TARGET = 0.0012;
    private static final String SECURITY = "made-benign-security";

    /// Of the questions of the security trade that set the threshold, so many may be flagged.
    private static final double SECURITY_TARGET = 0.01;

    private static final long SEED = 20261124;
    private static final double CALIBRATION_SHARE = 0.2;

    private Evaluate() {}

    /// Runs the evaluation.
    ///
    /// @param args folder of the corpus, and optionally `made` for the made texts alone
    public static void main(String[] args) {
        List<Prepared> all = prepare(Path.of(args[0]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        made(out, all);
        if (args.length > 1 && args[1].equals("made")) {
            return;
        }
        Set<String> sources = new TreeSet<>();
        all.stream()
                .filter(p -> !p.source().startsWith("made-"))
                .forEach(p -> sources.add(p.source()));
        List<Double> recalls = new ArrayList<>();
        for (String source : sources) {
            line(out, all, source, recalls);
        }
        out.printf(
                Locale.ROOT,
                "macro recall over %d attack sources: %.1f %%%n",
                recalls.size(),
                100 * recalls.stream().mapToDouble(d -> d).average().orElse(0));
    }

    private static void line(
            PrintStream out, List<Prepared> all, String source, List<Double> recalls) {
        Set<Long> shingles = new HashSet<>();
        all.stream()
                .filter(p -> p.source().equals(source) && p.isAttack())
                .forEach(p -> shingles.addAll(shingles(p.text())));
        LinearModel model =
                train(
                        all,
                        p ->
                                !p.source().equals(source)
                                        && !(source.equals("t0-p3")
                                                && p.source().endsWith("composed"))
                                        && !family(p.source()).equals(family(source))
                                        && !(p.isAttack() && overlaps(p.text(), shingles)),
                        !true);
        for (boolean attack : new boolean[] {true, false}) {
            List<Prepared> rows =
                    all.stream()
                            .filter(p -> p.source().equals(source) && p.isAttack() == attack)
                            .filter(p -> !isBare(p))
                            .toList();
            if (rows.isEmpty()) {
                continue;
            }
            double flagged = rate(model, rows);
            if (attack) {
                recalls.add(flagged);
            }
            out.printf(
                    Locale.ROOT,
                    "%-28s %-7s %6d  flagged %5.1f %%%n",
                    source,
                    attack ? "attack" : "benign",
                    rows.size(),
                    100 * flagged);
        }
    }

    private static String family(String source) {
        return source.contains("spikee") ? "spikee" : source;
    }

    private static void made(PrintStream out, List<Prepared> all) {
        LinearModel model = train(all, p -> true, true);
        Map<String, List<Prepared>> groups = new TreeMap<>();
        for (Prepared p : all) {
            if (p.use() == Use.REPORT && p.source().startsWith("made-")) {
                groups.computeIfAbsent(p.source(), _ -> new ArrayList<>()).add(p);
                groups.computeIfAbsent(
                                (p.isAttack() ? "made-attack-" : "made-benign-")
                                        + (p.language().equals("en")
                                                ? "english"
                                                : "other-languages"),
                                _ -> new ArrayList<>())
                        .add(p);
            }
        }
        groups.forEach((name, rows) ->
                out.printf(
                        Locale.ROOT,
                        "%-36s %6d  flagged %5.1f %% (templates not trained on)%n",
                        name,
                        rows.size(),
                        100 * rate(model, rows)));
    }

    static double rate(LinearModel model, List<Prepared> rows) {
        return rows.stream().filter(p -> p.score(model) >= model.threshold()).count()
                / (double) rows.size();
    }

    /// Reads corpus and grammar into features.
    static List<Prepared> prepare(Path corpus) {
        Reading.Reader reader = new Reading.Reader(Lexicon.shipped(), RulePack.shipped());
        List<Prepared> all =
                new ArrayList<>(
                        Row.read(corpus).parallelStream()
                                .filter(row -> !row.isReserved())
                                .map(row ->
                                        Prepared.of(
                                                reader,
                                                row.source(),
                                                "-",
                                                row.isAttack(),
                                                Hash.bucket(row.id() + "c", 100)
                                                                < 100 * CALIBRATION_SHARE
                                                        ? Use.CALIBRATE
                                                        : Use.TRAIN,
                                                row.text()))
                                .toList());
        all.addAll(Prepared.of(reader, new Grammar(), SEED));
        bare(all, reader);
        documents(all, reader);
        composed(all, reader);
        return all;
    }

    /// Copies of some texts to learn from, without signs and capitals: what many disguises leave of
    /// a text must read like the text.
    private static void bare(List<Prepared> all, Reading.Reader reader) {
        List<Prepared> copies =
                all.parallelStream()
                        .filter(p -> !p.isHeldOut())
                        .filter(p -> Hash.bucket(p.text() + "b", BARE_OF) == 0)
                        .map(p ->
                                Prepared.of(
                                        reader,
                                        p.source(),
                                        BARE,
                                        p.isAttack(),
                                        Use.TRAIN,
                                        p.text()
                                                .toLowerCase(Locale.ROOT)
                                                .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ")))
                        .toList();
        all.addAll(copies);
    }

    private static boolean isBare(Prepared p) {
        return p.language().equals(BARE);
    }

    /// Long benign documents of sentences of the grammar, and the same with an attack inside: the
    /// length and the kind of a text must not give its class away.
    private static void documents(List<Prepared> all, Reading.Reader reader) {
        Random random = new Random(SEED + 1);
        List<Prepared> made = new ArrayList<>();
        for (boolean isHeldOut : new boolean[] {false, true}) {
            List<Prepared> benign = sentences(all, false, isHeldOut);
            List<Prepared> attacks = sentences(all, true, isHeldOut);
            for (int i = 0; i < DOCUMENTS; i++) {
                StringBuilder text = new StringBuilder();
                int count = 2 + random.nextInt(LONGEST_DOCUMENT);
                boolean isAttack = i % 3 == 0;
                int place = isAttack ? random.nextInt(count) : -1;
                for (int n = 0; n < count; n++) {
                    List<Prepared> from = n == place ? attacks : benign;
                    text.append(from.get(random.nextInt(from.size())).text())
                            .append(random.nextInt(3) == 0 ? "\n\n" : " ");
                }
                String source = isAttack ? "made-attack-document" : "made-benign-document";
                Use use = isHeldOut ? Use.REPORT : Use.TRAIN;
                made.add(Prepared.of(reader, source, "en", isAttack, use, text.toString()));
            }
        }
        all.addAll(made);
    }

    private static List<Prepared> sentences(
            List<Prepared> all, boolean isAttack, boolean isHeldOut) {
        return all.stream()
                .filter(p -> p.source().startsWith("made-") && p.language().equals("en"))
                .filter(p -> p.isAttack() == isAttack && p.isHeldOut() == isHeldOut)
                .filter(p -> NOT_IN_DOCUMENTS.stream().noneMatch(p.source()::endsWith))
                .toList();
    }

    /// Attack sentences of the grammar inside documents of the corpora.
    private static void composed(List<Prepared> all, Reading.Reader reader) {
        List<Prepared> documents =
                all.stream()
                        .filter(p ->
                                p.source().equals("t0-p3")
                                        && !isBare(p)
                                        && p.text().length() > 200
                                        && p.text().length() < 3000)
                        .limit(COMPOSED * 3L)
                        .toList();
        List<Prepared> attacks =
                all.stream()
                        .filter(p ->
                                p.source().startsWith("made-attack")
                                        && !p.source().endsWith("suffix")
                                        && !p.source().endsWith("persona"))
                        .toList();
        List<Prepared> twins =
                all.stream().filter(p -> p.source().startsWith("made-benign")).toList();
        Random random = new Random(SEED);
        List<Prepared> made = new ArrayList<>();
        for (int i = 0; i < COMPOSED; i++) {
            String document = documents.get(random.nextInt(documents.size())).text();
            List<Prepared> from = i % 2 == 0 ? attacks : twins;
            Prepared inner = from.get(random.nextInt(from.size()));
            int at = cut(document, random);
            String gap = random.nextBoolean() ? " " : "\n";
            String text =
                    document.substring(0, at) + gap + inner.text() + gap + document.substring(at);
            made.add(
                    Prepared.of(
                            reader,
                            inner.isAttack() ? "made-attack-composed" : "made-benign-composed",
                            inner.language(),
                            inner.isAttack(),
                            inner.isHeldOut() ? Use.REPORT : Use.TRAIN,
                            text));
        }
        all.addAll(made);
    }

    private static int cut(String document, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> document.length();
            default -> {
                int dot = document.indexOf(". ", random.nextInt(document.length()));
                yield dot < 0 ? document.length() : dot + 2;
            }
        };
    }

    /// Trains on what is not held out and sets the threshold on what is kept for it: the benign
    /// part without the texts put together from many, every source and language counting the same.
    /// Of the security trade, whose questions speak like attacks, no more than its own share may be
    /// flagged; the higher threshold counts.
    static LinearModel train(List<Prepared> all, Predicate<Prepared> allowed, boolean strict) {
        List<Prepared> train =
                all.stream()
                        .filter(allowed)
                        .filter(p ->
                                !p.isHeldOut()
                                        || (!strict
                                                && p.source().startsWith("made-")
                                                && p.isAttack()))
                        .toList();
        Map<String, Integer> counts = new HashMap<>();
        train.forEach(p -> counts.merge(group(p), 1, Integer::sum));
        Map<Boolean, Double> mass = new HashMap<>();
        counts.forEach((g, n) -> mass.merge(g.startsWith("+"), Math.sqrt(n), Double::sum));
        List<Example> examples =
                train.stream()
                        .map(p ->
                                p.example(
                                        emphasis(p)
                                                * train.size()
                                                / 2.0
                                                / mass.getOrDefault(p.isAttack(), 1.0)
                                                / Math.sqrt(counts.getOrDefault(group(p), 1))))
                        .toList();
        LinearModel raw = Trainer.train(examples, SEED);
        return calibrated(
                raw,
                all.stream()
                        .filter(allowed)
                        .filter(p -> p.use() == Use.CALIBRATE && !p.isAttack() && !isMixed(p))
                        .toList());
    }

    /// How much more a made text counts that speaks the words of attacks without being one.
    private static double emphasis(Prepared p) {
        boolean isClose = CLOSE_TO_ATTACKS.contains(p.source());
        return isClose ? EMPHASIS : 1;
    }

    /// Whether a text was put together from many: such texts teach, but no operator's traffic is
    /// made of them, so they do not calibrate.
    private static boolean isMixed(Prepared p) {
        return p.source().endsWith("-document") || p.source().endsWith("-composed");
    }

    private static String group(Prepared p) {
        return (p.isAttack() ? "+" : "-") + p.source() + "/" + p.language();
    }

    private static LinearModel calibrated(LinearModel raw, List<Prepared> benign) {
        Map<String, Integer> counts = new HashMap<>();
        benign.forEach(p -> counts.merge(group(p), 1, Integer::sum));
        double total = counts.values().stream().mapToDouble(n -> Math.min(1, n / 60.0)).sum();
        float perDoubling = 0.25f;
        LinearModel corrected = raw.with(0, perDoubling);
        List<Scored> all = new ArrayList<>();
        List<Scored> trade = new ArrayList<>();
        for (Prepared p : benign) {
            int count = counts.getOrDefault(group(p), 1);
            double weight = Math.min(1, count / 60.0) / count / total;
            all.add(new Scored(p.score(corrected), weight));
            if (p.source().equals(SECURITY)) {
                trade.add(new Scored(p.score(corrected), 1));
            }
        }
        double threshold = Math.max(quantile(all, TARGET), quantile(trade, SECURITY_TARGET));
        return raw.with((float) threshold + 1e-4f, perDoubling);
    }

    private record Scored(double score, double weight) {}

    /// The score that the given share of the weight exceeds; 0 of nothing.
    private static double quantile(List<Scored> scored, double share) {
        scored.sort((a, b) -> Double.compare(b.score(), a.score()));
        double total = scored.stream().mapToDouble(Scored::weight).sum();
        double mass = 0;
        for (Scored s : scored) {
            mass += s.weight();
            if (mass > share * total) {
                return s.score();
            }
        }
        return 0;
    }

    private static Set<Long> shingles(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1);
        Set<Long> out = new HashSet<>();
        for (int i = 0; i + SHINGLE <= words.length; i++) {
            out.add(Hash.of(String.join(" ", List.of(words).subList(i, i + SHINGLE))));
        }
        return out;
    }

    private static boolean overlaps(String text, Set<Long> others) {
        Set<Long> own = shingles(text);
        long same = own.stream().filter(others::contains).count();
        return same > 0 && same * 5 >= own.size();
    }
}
