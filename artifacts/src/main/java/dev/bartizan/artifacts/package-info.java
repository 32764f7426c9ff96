/// The scanner of model files.
@NullMarked
package dev.bartizan.artifacts;

import org.jspecify.annotations.NullMarked;
