/// A learned judge of passages that steer an agent against its user: words and what they speak of,
/// windows of sentences, a linear model.
@NullMarked
package dev.bartizan.artifacts.instructions.steering;

import org.jspecify.annotations.NullMarked;
