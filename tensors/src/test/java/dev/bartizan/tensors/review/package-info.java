@NullMarked
package dev.bartizan.tensors.review;

import org.jspecify.annotations.NullMarked;
