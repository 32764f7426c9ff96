@NullMarked
package dev.bartizan.tensors.gradient;

import org.jspecify.annotations.NullMarked;
