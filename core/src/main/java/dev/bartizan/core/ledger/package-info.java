/// The evidence ledger: an append-only file of canonical lines, its Merkle tree, and its
/// checkpoint.
@NullMarked
package dev.bartizan.core.ledger;

import org.jspecify.annotations.NullMarked;
