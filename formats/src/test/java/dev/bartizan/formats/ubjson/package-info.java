@NullMarked
package dev.bartizan.formats.ubjson;

import org.jspecify.annotations.NullMarked;
