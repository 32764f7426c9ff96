package dev.bartizan.core.ledger;

import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A checkpoint as a user gives it: its text, or a file that holds it.
final class Anchor {
    private Anchor() {}

    static Checkpoint read(String given) throws IOException {
        try {
            return Checkpoint.parse(given);
        } catch (UserError e) {
            if (given.contains("\n")) {
                throw e;
            }
            return ofFile(given, e);
        }
    }

    private static Checkpoint ofFile(String given, UserError notText) throws IOException {
        Path file;
        try {
            file = Path.of(given);
        } catch (InvalidPathException _) {
            throw notText;
        }
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    "The anchor is neither a checkpoint nor a file",
                    given,
                    notText.mend(),
                    notText);
        }
        return Checkpoint.parse(LedgerFolder.readSmall(file));
    }
}
