/// Files hidden among the numbers of tensors and in the gaps between them.
@NullMarked
package dev.bartizan.artifacts.hidden;

import org.jspecify.annotations.NullMarked;
