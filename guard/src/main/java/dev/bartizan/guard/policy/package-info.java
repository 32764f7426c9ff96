/// The policy file: what happens to texts and tool calls, for whom, and until when.
@NullMarked
package dev.bartizan.guard.policy;

import org.jspecify.annotations.NullMarked;
