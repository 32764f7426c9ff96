/// Sets of labelled images as machine learning keeps them: IDX and CIFAR binary.
@NullMarked
package dev.bartizan.formats.images;

import org.jspecify.annotations.NullMarked;
