/// Markup that cannot be broken by what it shows.
@NullMarked
package dev.bartizan.reports.markup;

import org.jspecify.annotations.NullMarked;
