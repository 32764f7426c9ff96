@NullMarked
package dev.bartizan.formats.npy;

import org.jspecify.annotations.NullMarked;
