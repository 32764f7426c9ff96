/// One-file HTML pages: the report of one system, and the portfolio of several.
@NullMarked
package dev.bartizan.reports.page;

import org.jspecify.annotations.NullMarked;
