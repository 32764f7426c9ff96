/// Benchmarks: how long a thing takes and how much it allocates. Not shipped.
@NullMarked
package dev.bartizan.benchmarks;

import org.jspecify.annotations.NullMarked;
