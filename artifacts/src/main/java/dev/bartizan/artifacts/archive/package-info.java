/// Archives and compressed files, and what lies in them.
@NullMarked
package dev.bartizan.artifacts.archive;

import org.jspecify.annotations.NullMarked;
