/// YAML read with limits, every value knowing its place in the file.
@NullMarked
package dev.bartizan.threats.yaml;

import org.jspecify.annotations.NullMarked;
