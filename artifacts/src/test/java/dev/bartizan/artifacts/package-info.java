@NullMarked
package dev.bartizan.artifacts;

import org.jspecify.annotations.NullMarked;
