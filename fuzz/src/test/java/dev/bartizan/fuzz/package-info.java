@NullMarked
package dev.bartizan.fuzz;

import org.jspecify.annotations.NullMarked;
