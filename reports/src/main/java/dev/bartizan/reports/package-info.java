/// What every rendering shares: the kept form of an assessment, comparison with an earlier one, the
/// gate, the words for outcomes, and text made safe to show.
@NullMarked
package dev.bartizan.reports;

import org.jspecify.annotations.NullMarked;
