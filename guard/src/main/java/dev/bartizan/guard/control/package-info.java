/// Measures the guardrail controls that a system file declares.
@NullMarked
package dev.bartizan.guard.control;

import org.jspecify.annotations.NullMarked;
