/// Claims and catalogues as data.
@NullMarked
package dev.bartizan.knowledge;

import org.jspecify.annotations.NullMarked;
