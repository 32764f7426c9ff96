/// JSON with limits, read as leniently as Python's reader and reporting what only some readers
/// accept.
@NullMarked
package dev.bartizan.formats.json;

import org.jspecify.annotations.NullMarked;
