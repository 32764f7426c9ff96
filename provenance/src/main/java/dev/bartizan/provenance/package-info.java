/// Whether files are the ones that were pinned.
@NullMarked
package dev.bartizan.provenance;

import org.jspecify.annotations.NullMarked;
