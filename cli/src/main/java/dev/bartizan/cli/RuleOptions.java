package dev.bartizan.cli;

import dev.bartizan.threats.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Rules that a command goes by.
final class RuleOptions {
    private RuleOptions() {}

    /// The rules that come with the tool, with those of a folder when one is named; of two with one
    /// id the folder's wins.
    static RuleBook book(@Nullable Path folder) throws IOException {
        RuleBook book = RuleBook.bundled();
        return folder == null ? book : book.with(RuleBook.read(folder));
    }
}
