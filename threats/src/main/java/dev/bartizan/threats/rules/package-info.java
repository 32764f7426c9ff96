/// Threat rules as data, and how their conditions are decided.
@NullMarked
package dev.bartizan.threats.rules;

import org.jspecify.annotations.NullMarked;
