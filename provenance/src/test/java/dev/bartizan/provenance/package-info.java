/// Tests of the integrity check.
@NullMarked
package dev.bartizan.provenance;

import org.jspecify.annotations.NullMarked;
