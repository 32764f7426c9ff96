@NullMarked
package dev.bartizan.tensors;

import org.jspecify.annotations.NullMarked;
