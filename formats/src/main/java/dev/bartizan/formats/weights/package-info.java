/// Named tensors as views on bytes, and writers of the formats that hold nothing but tensors.
@NullMarked
package dev.bartizan.formats.weights;

import org.jspecify.annotations.NullMarked;
