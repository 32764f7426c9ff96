package dev.bartizan.guard.training;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.personal.PersonalFinder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures the finder of personal data on the texts of `pii_dev.jsonl`, on both halves by hash of
/// the id: the first is for development, the second for reports.
///
/// A finding is right when it shares at least half of both spans with one of the same type. `any
/// type` forgets the types; `characters` counts each character that is part of personal data.
public final class MeasurePersonal {
    private static final String JOINED = "pieces joined";
    private final List<Labelled> rows = new ArrayList<>();
    private final PrintStream out;

    private record Span(String type, int start, int end) {}

    private record Labelled(String id, String text, int template, List<Span> spans) {}

    private static final class Count {
        private int right;
        private int missed;
        private int wrong;

        double f() {
            return 2.0 * right / Math.max(1, 2 * right + missed + wrong);
        }
    }

    MeasurePersonal(Path corpus, PrintStream out) throws IOException {
        this.out = out;
        JsonMapper mapper = JsonMapper.builder().build();
        for (String line : Files.readAllLines(corpus.resolve("pii_dev.jsonl"))) {
            JsonNode node = mapper.readTree(line);
            List<Span> spans = new ArrayList<>();
            for (JsonNode span : node.path("spans")) {
                spans.add(
                        new Span(
                                span.path("type").asString(""),
                                span.path("start").asInt(),
                                span.path("end").asInt()));
            }
            rows.add(
                    new Labelled(
                            node.path("id").asString(""),
                            node.path("text").asString(""),
                            node.path("template").asInt(),
                            spans));
        }
    }

    /// Measures the finder that ships.
    ///
    /// @param args folder of the corpus, and optionally `misses` to list what went wrong
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        MeasurePersonal measure = new MeasurePersonal(Path.of(args[0]), out);
        PersonalFinder finder = PersonalFinder.shipped();
        measure.report("shipped", _ -> finder);
        if (args.length > 1) {
            measure.misses(_ -> finder);
        }
    }

    void report(String title, IntFunction<PersonalFinder> finder) {
        for (int half = 0; half < 2; half++) {
            Map<String, Count> counts = new TreeMap<>();
            for (Labelled row : rows) {
                if (Hash.bucket(row.id(), 2) == half) {
                    count(row, finder.apply(row.template()).find(row.text()), counts);
                }
            }
            out.println(title + (half == 0 ? ", half for development" : ", half for reports"));
            counts.forEach((type, c) ->
                    out.printf(
                            Locale.ROOT,
                            "  %-26s F %.3f  right %d missed %d wrong %d%n",
                            type,
                            c.f(),
                            c.right,
                            c.missed,
                            c.wrong));
        }
    }

    /// Lists what went wrong in the half for development.
    void misses(IntFunction<PersonalFinder> finder) {
        for (Labelled row : rows) {
            if (Hash.bucket(row.id(), 2) == 0) {
                List<Detection> found = finder.apply(row.template()).find(row.text());
                for (Span span : row.spans()) {
                    if (found.stream()
                            .noneMatch(d -> d.type().equals(span.type()) && matches(d, span))) {
                        say("missed", row, span.type(), span.start(), span.end());
                    }
                }
                for (Detection d : found) {
                    if (row.spans().stream()
                            .noneMatch(s -> d.type().equals(s.type()) && matches(d, s))) {
                        say("wrong", row, d.type(), d.start(), d.end());
                    }
                }
            }
        }
    }

    private void say(String what, Labelled row, String type, int start, int end) {
        String text = row.text();
        int from = text.offsetByCodePoints(0, start);
        int to = text.offsetByCodePoints(0, end);
        String before = text.substring(Math.max(0, from - 30), from);
        String after = text.substring(to, Math.min(text.length(), to + 20));
        out.printf(
                "%s %s {%s} in %s[..]%s%n",
                what,
                type,
                text.substring(from, to).replace('\n', '~'),
                before.replace('\n', '~'),
                after.replace('\n', '~'));
    }

    private static void count(Labelled row, List<Detection> found, Map<String, Count> counts) {
        BitSet gold = new BitSet();
        BitSet said = new BitSet();
        for (Span span : row.spans()) {
            gold.set(span.start(), span.end());
            boolean typed =
                    found.stream().anyMatch(d -> d.type().equals(span.type()) && matches(d, span));
            boolean any = found.stream().anyMatch(d -> matches(d, span));
            add(counts, span.type(), typed ? 1 : 0, typed ? 0 : 1, 0);
            add(counts, "any type", any ? 1 : 0, any ? 0 : 1, 0);
        }
        for (Detection d : found) {
            said.set(d.start(), d.end());
            boolean typed =
                    row.spans().stream().anyMatch(s -> d.type().equals(s.type()) && matches(d, s));
            boolean any = row.spans().stream().anyMatch(s -> matches(d, s));
            add(counts, d.type(), 0, 0, typed ? 0 : 1);
            add(counts, "any type", 0, 0, any ? 0 : 1);
        }
        List<Span> goldJoined = joined(row.text(), row.spans());
        List<Span> foundJoined =
                joined(
                        row.text(),
                        found.stream().map(d -> new Span(d.type(), d.start(), d.end())).toList());
        for (Span span : goldJoined) {
            boolean isFound = foundJoined.stream().anyMatch(s -> matches(s, span));
            add(counts, JOINED, isFound ? 1 : 0, isFound ? 0 : 1, 0);
        }
        for (Span span : foundJoined) {
            boolean isRight = goldJoined.stream().anyMatch(s -> matches(s, span));
            add(counts, JOINED, 0, 0, isRight ? 0 : 1);
        }
        BitSet both = (BitSet) gold.clone();
        both.and(said);
        add(
                counts,
                "characters",
                both.cardinality(),
                gold.cardinality() - both.cardinality(),
                said.cardinality() - both.cardinality());
    }

    /// The spans in order, with pieces of an address that only spaces, commas and line ends part as
    /// one: the corpus marks some addresses whole and some piece by piece.
    private static List<Span> joined(String text, List<Span> spans) {
        List<Span> out = new ArrayList<>();
        spans.stream()
                .sorted(java.util.Comparator.comparingInt(Span::start))
                .forEach(span -> {
                    Span last = out.isEmpty() ? null : out.getLast();
                    if (last != null && isPiece(last) && isPiece(span)) {
                        int from = text.offsetByCodePoints(0, last.end());
                        int to = text.offsetByCodePoints(0, Math.max(last.end(), span.start()));
                        if (text.substring(from, to).matches("[\\s,>?*]*")) {
                            out.removeLast();
                            out.add(new Span("ADDRESS", last.start(), span.end()));
                            return;
                        }
                    }
                    out.add(span);
                });
        return out;
    }

    private static boolean isPiece(Span span) {
        return span.type().equals("ADDRESS") || span.type().equals("LOCATION");
    }

    private static boolean matches(Span a, Span b) {
        int shared = Math.min(a.end(), b.end()) - Math.max(a.start(), b.start());
        return shared * 2 >= b.end() - b.start() && shared * 2 >= a.end() - a.start();
    }

    /// At least half of both spans is shared.
    private static boolean matches(Detection d, Span span) {
        int shared = Math.min(d.end(), span.end()) - Math.max(d.start(), span.start());
        return shared * 2 >= span.end() - span.start() && shared * 2 >= d.end() - d.start();
    }

    private static void add(
            Map<String, Count> counts, String type, int right, int missed, int wrong) {
        Count count = counts.computeIfAbsent(type, _ -> new Count());
        count.right += right;
        count.missed += missed;
        count.wrong += wrong;
    }
}
