/// Findings as SARIF 2.1.0.
@NullMarked
package dev.bartizan.reports.sarif;

import org.jspecify.annotations.NullMarked;
