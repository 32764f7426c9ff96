/// Clients of endpoints with limits and recording, and the checks that talk to them.
@NullMarked
package dev.bartizan.targets;

import org.jspecify.annotations.NullMarked;
