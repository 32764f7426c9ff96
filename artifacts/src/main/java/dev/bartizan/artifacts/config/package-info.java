/// JSON beside weights: settings, tokenizers, manifests.
@NullMarked
package dev.bartizan.artifacts.config;

import org.jspecify.annotations.NullMarked;
