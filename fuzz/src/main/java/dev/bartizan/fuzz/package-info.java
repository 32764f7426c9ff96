/// One fuzz entry for each parser of hostile bytes, and what must hold for every input.
@NullMarked
package dev.bartizan.fuzz;

import org.jspecify.annotations.NullMarked;
