/// Zip archives, read from the bytes in three ways that must agree.
@NullMarked
package dev.bartizan.formats.zip;

import org.jspecify.annotations.NullMarked;
