/// The guard of an AI system: the exchange model, the stages over it, and the check of batches.
@NullMarked
package dev.bartizan.guard;

import org.jspecify.annotations.NullMarked;
