/// What is known of findings beyond the file they are in.
@NullMarked
package dev.bartizan.artifacts.advisory;

import org.jspecify.annotations.NullMarked;
