@NullMarked
package dev.bartizan.formats.boosted;

import org.jspecify.annotations.NullMarked;
