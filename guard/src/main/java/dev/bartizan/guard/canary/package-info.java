/// Marks that show when a prompt leaks or a model follows somebody else.
@NullMarked
package dev.bartizan.guard.canary;

import org.jspecify.annotations.NullMarked;
