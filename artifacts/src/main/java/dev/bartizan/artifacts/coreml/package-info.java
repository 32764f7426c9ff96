/// Core ML models.
@NullMarked
package dev.bartizan.artifacts.coreml;

import org.jspecify.annotations.NullMarked;
