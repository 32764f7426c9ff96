@NullMarked
package dev.bartizan.artifacts.convert;

import org.jspecify.annotations.NullMarked;
