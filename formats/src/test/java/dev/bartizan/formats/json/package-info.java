@NullMarked
package dev.bartizan.formats.json;

import org.jspecify.annotations.NullMarked;
