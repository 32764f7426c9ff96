@NullMarked
package dev.bartizan.artifacts.python;

import org.jspecify.annotations.NullMarked;
