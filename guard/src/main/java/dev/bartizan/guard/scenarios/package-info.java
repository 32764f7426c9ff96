/// Agent tasks with an attack each, to measure what a tool-call policy stops and lets pass.
@NullMarked
package dev.bartizan.guard.scenarios;

import org.jspecify.annotations.NullMarked;
