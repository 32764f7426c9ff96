/// Changes of images that happen without an attacker, as a baseline.
@NullMarked
package dev.bartizan.robustness.corruption;

import org.jspecify.annotations.NullMarked;
