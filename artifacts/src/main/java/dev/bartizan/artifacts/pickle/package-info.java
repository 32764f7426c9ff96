/// Python pickles: the machine run on symbols, and what its calls can reach.
@NullMarked
package dev.bartizan.artifacts.pickle;

import org.jspecify.annotations.NullMarked;
