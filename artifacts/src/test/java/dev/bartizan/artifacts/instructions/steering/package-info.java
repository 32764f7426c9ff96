/// Lessons, the teacher and tests of the judge of passages that steer agents.
@NullMarked
package dev.bartizan.artifacts.instructions.steering;

import org.jspecify.annotations.NullMarked;
