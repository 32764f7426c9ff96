/// What the launcher needs inside the jar: the training run of the AOT cache.
@NullMarked
package dev.bartizan.cli.launcher;

import org.jspecify.annotations.NullMarked;
