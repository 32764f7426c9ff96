/// Tests of how pickles are told and run.
@NullMarked
package dev.bartizan.artifacts.pickle;

import org.jspecify.annotations.NullMarked;
