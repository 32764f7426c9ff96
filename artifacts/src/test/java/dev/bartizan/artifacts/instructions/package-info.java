/// Tests of what texts try on whoever obeys them.
@NullMarked
package dev.bartizan.artifacts.instructions;

import org.jspecify.annotations.NullMarked;
