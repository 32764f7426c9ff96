@NullMarked
package dev.bartizan.examples;

import org.jspecify.annotations.NullMarked;
