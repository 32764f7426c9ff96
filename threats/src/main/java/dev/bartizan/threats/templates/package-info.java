/// System files to start from.
@NullMarked
package dev.bartizan.threats.templates;

import org.jspecify.annotations.NullMarked;
