/// Running checks side by side, and computing from their evidence how each threat stands.
@NullMarked
package dev.bartizan.core.run;

import org.jspecify.annotations.NullMarked;
