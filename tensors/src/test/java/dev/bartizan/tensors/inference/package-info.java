@NullMarked
package dev.bartizan.tensors.inference;

import org.jspecify.annotations.NullMarked;
