/// Objects that R saved.
@NullMarked
package dev.bartizan.artifacts.rdata;

import org.jspecify.annotations.NullMarked;
