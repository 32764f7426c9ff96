/// Tokens in place of what must not leave: put in before a text goes out, taken out of what comes
/// back.
@NullMarked
package dev.bartizan.guard.vault;

import org.jspecify.annotations.NullMarked;
