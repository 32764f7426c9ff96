@NullMarked
package dev.bartizan.cli;

import org.jspecify.annotations.NullMarked;
