/// What tests of several modules need: the repository and the data beside it. Never shipped.
@NullMarked
package dev.bartizan.testkit;

import org.jspecify.annotations.NullMarked;
