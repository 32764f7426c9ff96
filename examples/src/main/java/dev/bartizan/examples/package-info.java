/// The files of the example systems, made from seeds: the same bytes on every machine.
@NullMarked
package dev.bartizan.examples;

import org.jspecify.annotations.NullMarked;
