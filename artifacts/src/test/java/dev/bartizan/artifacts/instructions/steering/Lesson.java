package dev.bartizan.artifacts.instructions.steering;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A text to learn from.
///
/// @param text one passage
/// @param isAttack whether it steers an agent against its user
/// @param source the file it stands in
record Lesson(String text, boolean isAttack, String source) {
    private static final int PARTS = 5;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /// All lessons of a folder's `.jsonl` files, in the order of their names and lines.
    static List<Lesson> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
        }
        List<Lesson> lessons = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                JsonNode node = MAPPER.readTree(line);
                boolean isAttack = node.get("label").asString().equals("attack");
                lessons.add(
                        new Lesson(
                                node.get("text").asString(),
                                isAttack,
                                file.getFileName().toString()));
            }
        }
        return lessons;
    }

    /// Whether it belongs to the fifth that a model can be measured on: chosen by its text, so that
    /// it stays where it is when others come.
    boolean isOfTheFifth() {
        return Math.floorMod(text.hashCode(), PARTS) == 0;
    }
}
