/// Endpoints as what is attacked.
@NullMarked
package dev.bartizan.robustness.remote;

import org.jspecify.annotations.NullMarked;
