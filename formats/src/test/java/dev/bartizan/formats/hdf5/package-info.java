@NullMarked
package dev.bartizan.formats.hdf5;

import org.jspecify.annotations.NullMarked;
