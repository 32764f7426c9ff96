/// What model files tell of a model, whatever their format: the names of the facts and their count.
@NullMarked
package dev.bartizan.core.facts;

import org.jspecify.annotations.NullMarked;
