@NullMarked
package dev.bartizan.formats.zip;

import org.jspecify.annotations.NullMarked;
