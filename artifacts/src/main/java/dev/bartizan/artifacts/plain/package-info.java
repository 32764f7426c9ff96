/// Content that is of no model format: text, executables, unknown bytes.
@NullMarked
package dev.bartizan.artifacts.plain;

import org.jspecify.annotations.NullMarked;
