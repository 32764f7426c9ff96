@NullMarked
package dev.bartizan.provenance.oms;

import org.jspecify.annotations.NullMarked;
