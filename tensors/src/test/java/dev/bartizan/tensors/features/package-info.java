@NullMarked
package dev.bartizan.tensors.features;

import org.jspecify.annotations.NullMarked;
