package dev.bartizan.artifacts.spi;

import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.List;

/// Knows one format: recognises it by content, and says what loading it would do. Adding a format
/// is one such class and one line in the list of formats.
public interface FormatAnalyser {
    /// Name of the format, lower case with dashes.
    String format();

    /// Names of the format and of what it holds, as far as its headers tell.
    default List<String> formats(Item item) throws IOException {
        return List.of(format());
    }

    /// Whether files of this format can run code when they are loaded.
    boolean canHoldCode();

    /// Whether the content is of this format, looking at a bounded part of it. Several analysers
    /// may recognise the same bytes; then each of them looks.
    boolean recognises(Item item) throws IOException;

    /// Looks at all of it and notes what it saw and which bytes that covers.
    ///
    /// @throws FormatException when the structure is broken so that nothing more can be read
    void analyse(Item item, Notes notes) throws IOException, FormatException;
}
