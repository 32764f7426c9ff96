/// The system file: its schema, its reader, its errors.
@NullMarked
package dev.bartizan.threats.systemfile;

import org.jspecify.annotations.NullMarked;
