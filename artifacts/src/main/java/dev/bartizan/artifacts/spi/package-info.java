/// What a format analyser is, and what it is given.
@NullMarked
package dev.bartizan.artifacts.spi;

import org.jspecify.annotations.NullMarked;
