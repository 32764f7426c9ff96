@NullMarked
package dev.bartizan.formats;

import org.jspecify.annotations.NullMarked;
