/// Tree ensembles in one exact form, whatever file they came from: what is compared with what in
/// which precision, where missing values go, what leaves add, in which order.
@NullMarked
package dev.bartizan.tensors.trees;

import org.jspecify.annotations.NullMarked;
