/// JSON whose bytes depend on nothing but its content.
@NullMarked
package dev.bartizan.reports.json;

import org.jspecify.annotations.NullMarked;
