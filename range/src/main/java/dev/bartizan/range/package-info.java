/// Simulated vulnerable targets with planted flaws.
@NullMarked
package dev.bartizan.range;

import org.jspecify.annotations.NullMarked;
