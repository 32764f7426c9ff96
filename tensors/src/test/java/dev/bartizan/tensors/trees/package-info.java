@NullMarked
package dev.bartizan.tensors.trees;

import org.jspecify.annotations.NullMarked;
