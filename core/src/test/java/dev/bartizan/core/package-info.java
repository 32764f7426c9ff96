/// Tests of the words of the workbench.
@NullMarked
package dev.bartizan.core;

import org.jspecify.annotations.NullMarked;
