/// Tests of the evidence ledger.
@NullMarked
package dev.bartizan.core.ledger;

import org.jspecify.annotations.NullMarked;
