@NullMarked
package dev.bartizan.core.run;

import org.jspecify.annotations.NullMarked;
