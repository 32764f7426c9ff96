/// Raw material that reports show as pictures.
@NullMarked
package dev.bartizan.core.exhibit;

import org.jspecify.annotations.NullMarked;
