package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.plain.KnownContent;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.text.TextContent;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Values of a table: texts go to whoever looks at texts, files and anything else to the analysers.
final class Cells {
    /// Nothing smaller is a file or says anything.
    private static final int SMALLEST_BYTES = 6;

    private final Notes notes;
    private final CellTexts texts;

    Cells(Notes notes) {
        this.notes = notes;
        this.texts = new CellTexts(notes);
    }

    /// Takes a value.
    ///
    /// @param isText whether the column is said to hold texts
    void take(Place place, ByteSource bytes, boolean isText) throws IOException {
        if (bytes.size() < SMALLEST_BYTES) {
            return;
        }
        notes.checkTime();
        Item item =
                new Item(
                        notes.item().path(),
                        bytes,
                        Optional.empty(),
                        notes.item().depth(),
                        Item.Role.VALUE);
        Optional<String> text = TextContent.of(item);
        boolean isPickle =
                text.isPresent()
                        && text.get().indexOf('\n') >= 0
                        && PickleAnalyser.isPickleAmongNumbers(bytes);
        if (text.isPresent() && !isPickle) {
            texts.take(place, text.get());
            return;
        }
        if (isText) {
            int length = (int) Math.min(bytes.size(), CellTexts.LONGEST);
            texts.take(place, new String(bytes.bytes(0, length), StandardCharsets.UTF_8));
        }
        if (KnownContent.isMedia(bytes)) {
            Notes picture = notes.aside(place.toString());
            HiddenFiles.look(bytes, 0, picture);
            notes.takeAside(picture);
            return;
        }
        notes.value(place.toString(), bytes);
    }

    /// Looks at what is left.
    void finish() throws IOException {
        texts.finish();
    }
}
