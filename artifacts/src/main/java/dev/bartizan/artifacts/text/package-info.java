/// Text beside weights: programs, settings, markup, and programs hidden in descriptions.
@NullMarked
package dev.bartizan.artifacts.text;

import org.jspecify.annotations.NullMarked;
