/// The summary that a shell prints.
@NullMarked
package dev.bartizan.reports.terminal;

import org.jspecify.annotations.NullMarked;
