/// Tar archives.
@NullMarked
package dev.bartizan.formats.tar;

import org.jspecify.annotations.NullMarked;
