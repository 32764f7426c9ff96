/// Python source as far as it can be told without running it: its words, its imports, its calls
/// with what is handed over.
@NullMarked
package dev.bartizan.artifacts.python;

import org.jspecify.annotations.NullMarked;
