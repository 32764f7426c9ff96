/// Bounded readers and writers of hostile containers and model files.
@NullMarked
package dev.bartizan.formats;

import org.jspecify.annotations.NullMarked;
