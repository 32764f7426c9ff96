package dev.bartizan.artifacts.table;

import dev.bartizan.artifacts.pickle.Embedded;
import dev.bartizan.artifacts.plain.BinaryStrings;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import java.io.IOException;

/// What can be found in a table that cannot be read.
final class RawSearch {
    private RawSearch() {}

    static void look(Item item, Notes notes) throws IOException {
        Embedded.report(item.bytes(), 0, notes);
        BinaryStrings.look(item, notes);
        ArrowTypes.look(item, notes);
    }
}
