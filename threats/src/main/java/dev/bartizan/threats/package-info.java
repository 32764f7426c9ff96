/// The system file, the rule engine and the rules.
@NullMarked
package dev.bartizan.threats;

import org.jspecify.annotations.NullMarked;
