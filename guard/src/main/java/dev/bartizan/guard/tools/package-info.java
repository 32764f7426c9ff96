/// Tool-call policy: which values came from whom, and what an agent may do with them.
@NullMarked
package dev.bartizan.guard.tools;

import org.jspecify.annotations.NullMarked;
