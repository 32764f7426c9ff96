/// The check of safety protocols: trials against an oracle that a machine can read.
@NullMarked
package dev.bartizan.targets.protocol;

import org.jspecify.annotations.NullMarked;
