package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.text.EncodedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Texts of a table, looked at for what they say to a model. Thousands are looked at as one text,
/// and one by one only when something is found in it; what counts is found in one value alone.
final class CellTexts {
    private static final int BATCH = 1 << 18;

    /// Texts up to half a passage lie in one passage wherever they start; longer ones start where a
    /// passage does.
    private static final int HALF_PASSAGE = 300;

    /// A value longer than this is looked at in parts.
    static final int LONGEST = 2 << 20;

    private static final String BETWEEN = "\n\n";

    private final Notes notes;
    private final List<Cell> cells = new ArrayList<>();
    private final StringBuilder batch = new StringBuilder();

    private record Cell(Place place, String text) {}

    CellTexts(Notes notes) {
        this.notes = notes;
    }

    void take(Place place, String text) throws IOException {
        for (int from = 0; from < text.length(); from += LONGEST) {
            part(place, text.substring(from, Math.min(text.length(), from + LONGEST)));
        }
    }

    private void part(Place place, String text) throws IOException {
        if (text.length() > HALF_PASSAGE) {
            int past = batch.length() % HALF_PASSAGE;
            batch.repeat('\n', past == 0 ? 0 : HALF_PASSAGE - past);
        }
        batch.append(text).append(BETWEEN);
        cells.add(new Cell(place, text));
        if (batch.length() >= BATCH) {
            finish();
        }
    }

    /// Looks at what is left.
    void finish() throws IOException {
        if (cells.isEmpty()) {
            return;
        }
        Notes all = notes.aside("texts");
        look(batch.toString(), all);
        if (!all.findings().isEmpty() || !all.members().isEmpty()) {
            for (Cell cell : cells) {
                Notes one = notes.aside(cell.place().toString());
                look(cell.text(), one);
                notes.takeAside(one);
            }
        }
        cells.clear();
        batch.setLength(0);
    }

    private static void look(String text, Notes notes) throws IOException {
        Instructions.look(text, Instructions.Use.READ, "", notes);
        EncodedFiles.look(text, notes);
        notes.watch(text);
    }
}
