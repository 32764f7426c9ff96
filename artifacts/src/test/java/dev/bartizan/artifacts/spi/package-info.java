/// Tests of what analysers build on.
@NullMarked
package dev.bartizan.artifacts.spi;

import org.jspecify.annotations.NullMarked;
