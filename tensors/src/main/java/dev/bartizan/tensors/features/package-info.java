/// Descriptions of a model's columns: what they mean, how far they range, who can change them.
@NullMarked
package dev.bartizan.tensors.features;

import org.jspecify.annotations.NullMarked;
