@NullMarked
package dev.bartizan.core.facts;

import org.jspecify.annotations.NullMarked;
