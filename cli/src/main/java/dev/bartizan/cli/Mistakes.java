package dev.bartizan.cli;

import dev.bartizan.core.UserError;

/// Mistakes that several commands tell alike.
final class Mistakes {
    private Mistakes() {}

    /// A word that an option does not know.
    static UserError unknown(String what, String word, String known) {
        return new UserError(
                "There is no " + what + " \"" + word + "\"", "--" + what, "Known: " + known + ".");
    }
}
