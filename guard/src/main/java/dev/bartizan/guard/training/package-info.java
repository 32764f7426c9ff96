/// The program that trains and measures the shipped model from the corpora.
@NullMarked
package dev.bartizan.guard.training;

import org.jspecify.annotations.NullMarked;
