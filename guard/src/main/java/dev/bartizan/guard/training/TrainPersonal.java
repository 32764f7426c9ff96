package dev.bartizan.guard.training;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.personal.PersonalFinder;
import dev.bartizan.guard.personal.Tagger;
import dev.bartizan.guard.personal.Tagger.Entity;
import dev.bartizan.guard.personal.Tagger.Sample;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Trains the tagger on `pii_dev.jsonl`, prints its error on templates that it did not see, and
/// writes the one that ships, trained on all templates.
public final class TrainPersonal {
    private static final int FOLDS = 4;
    private static final int PASSES = 10;
    private static final long SEED = 7;

    private TrainPersonal() {}

    private record Row(Sample sample, int template) {}

    private record Count(int right, int missed, int wrong) {
        double f() {
            return 2.0 * right / Math.max(1, 2 * right + missed + wrong);
        }
    }

    /// Trains, measures, writes.
    ///
    /// @param args folder of the corpus, file for the tagger
    public static void main(String[] args) throws IOException {
        List<Row> rows = read(Path.of(args[0]).resolve("pii_dev.jsonl"));
        Map<String, Count> counts = new TreeMap<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int left = fold;
            List<Sample> train =
                    rows.stream()
                            .filter(r -> r.template() % FOLDS != left)
                            .map(Row::sample)
                            .toList();
            PersonalFinder finder = new PersonalFinder(Tagger.train(swapped(train), PASSES, SEED));
            rows.stream()
                    .filter(r -> r.template() % FOLDS == left)
                    .forEach(r -> count(finder, r.sample(), counts));
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        counts.forEach((type, c) ->
                out.printf(
                        Locale.ROOT,
                        "%-20s F %.3f  right %d missed %d wrong %d%n",
                        type,
                        c.f(),
                        c.right(),
                        c.missed(),
                        c.wrong()));
        if (args.length > 1) {
            Files.write(
                    Path.of(args[1]),
                    Tagger.train(swapped(rows.stream().map(Row::sample).toList()), PASSES, SEED)
                            .toBytes());
        }
    }

    /// The samples and copies of them whose entities are exchanged for others of their type.
    private static List<Sample> swapped(List<Sample> samples) {
        Map<String, List<String>> values = new TreeMap<>();
        for (Sample sample : samples) {
            for (Entity e : sample.entities()) {
                values.computeIfAbsent(e.type(), _ -> new ArrayList<>())
                        .add(sample.text().substring(e.start(), e.end()));
            }
        }
        Random random = new Random(SEED);
        List<Sample> out = new ArrayList<>(samples);
        for (Sample sample : samples) {
            out.add(swap(sample, values, random));
        }
        return out;
    }

    private static Sample swap(Sample sample, Map<String, List<String>> values, Random random) {
        List<Entity> entities = new ArrayList<>(sample.entities());
        entities.sort((a, b) -> Integer.compare(a.start(), b.start()));
        StringBuilder text = new StringBuilder();
        List<Entity> moved = new ArrayList<>();
        int at = 0;
        for (Entity e : entities) {
            if (e.start() < at) {
                continue;
            }
            List<String> choices = values.getOrDefault(e.type(), List.of());
            String value = choices.get(random.nextInt(choices.size()));
            text.append(sample.text(), at, e.start());
            moved.add(new Entity(e.type(), text.length(), text.length() + value.length()));
            text.append(value);
            at = e.end();
        }
        text.append(sample.text().substring(at));
        boolean lower = random.nextInt(6) == 0;
        String whole = lower ? text.toString().toLowerCase(Locale.ROOT) : text.toString();
        return whole.length() == text.length() ? new Sample(whole, moved) : sample;
    }

    private static void count(PersonalFinder finder, Sample sample, Map<String, Count> counts) {
        List<Detection> found = finder.find(sample.text());
        List<Entity> gold = sample.entities();
        for (Entity entity : gold) {
            int start = sample.text().codePointCount(0, entity.start());
            int end = sample.text().codePointCount(0, entity.end());
            add(
                    counts,
                    entity.type(),
                    found.stream()
                                    .anyMatch(d ->
                                            d.type().equals(entity.type())
                                                    && matches(d, start, end))
                            ? new Count(1, 0, 0)
                            : new Count(0, 1, 0));
            add(
                    counts,
                    "any type",
                    found.stream().anyMatch(d -> matches(d, start, end))
                            ? new Count(1, 0, 0)
                            : new Count(0, 1, 0));
        }
        for (Detection d : found) {
            boolean typed = false;
            boolean any = false;
            for (Entity entity : gold) {
                boolean same =
                        matches(
                                d,
                                sample.text().codePointCount(0, entity.start()),
                                sample.text().codePointCount(0, entity.end()));
                any |= same;
                typed |= same && d.type().equals(entity.type());
            }
            add(counts, d.type(), typed ? new Count(0, 0, 0) : new Count(0, 0, 1));
            add(counts, "any type", any ? new Count(0, 0, 0) : new Count(0, 0, 1));
        }
    }

    /// At least half of both spans is shared.
    private static boolean matches(Detection d, int start, int end) {
        int shared = Math.min(d.end(), end) - Math.max(d.start(), start);
        return shared * 2 >= end - start && shared * 2 >= d.end() - d.start();
    }

    private static void add(Map<String, Count> counts, String type, Count one) {
        counts.merge(
                type,
                one,
                (a, b) ->
                        new Count(
                                a.right() + b.right(),
                                a.missed() + b.missed(),
                                a.wrong() + b.wrong()));
    }

    private static List<Row> read(Path file) throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = mapper.readTree(line);
            String text = node.path("text").asString("");
            List<Entity> entities = new ArrayList<>();
            for (JsonNode span : node.path("spans")) {
                int start = text.offsetByCodePoints(0, span.path("start").asInt());
                int end = text.offsetByCodePoints(0, span.path("end").asInt());
                entities.add(new Entity(span.path("type").asString(""), start, end));
            }
            rows.add(new Row(new Sample(text, entities), node.path("template").asInt()));
        }
        return rows;
    }
}
