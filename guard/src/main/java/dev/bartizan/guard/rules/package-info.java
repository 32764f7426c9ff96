/// Versioned rule packs as data, matched in one pass and with linear-time expressions only.
@NullMarked
package dev.bartizan.guard.rules;

import org.jspecify.annotations.NullMarked;
